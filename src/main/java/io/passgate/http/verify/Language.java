package io.passgate.http.verify;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A language that sentences for people are there in. */
public enum Language {
    /** Also for whoever asks for no language that is here. */
    KOREAN(Locale.KOREAN),
    /** For whoever asks for it. */
    ENGLISH(Locale.ENGLISH);

    private static final String BUNDLE = "io.passgate.http.verify.texts";
    private static final CharSequence CONTENT_LANGUAGE = HttpHeaders.createOptimized("content-language");
    private static final CharSequence ACCEPT_LANGUAGE = HttpHeaders.createOptimized("accept-language");

    /** RFC 9110, section 12.4.2. */
    private static final Pattern WEIGHT = Pattern.compile("[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)");

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /**
     * {@return the language that is asked for and is here (RFC 9110 section 12.5.4); Korean where none is}
     *
     * @param context of a request
     */
    public static Language asked(RoutingContext context) {
        String ranges = context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        return ranges == null ? KOREAN : ofRanges(ranges);
    }

    /**
     * {@return the language of the heaviest range, of those alike the first; Korean where none is here} What is no
     * language range, or weighs what is no weight, asks for nothing.
     *
     * @param ranges an {@code Accept-Language} (RFC 9110 section 12.5.4)
     */
    public static Language ofRanges(String ranges) {
        Language best = KOREAN;
        double heaviest = 0;
        for (String range : ranges.split(",", -1)) {
            int parameter = range.indexOf(';');
            double weight = parameter < 0 ? 1 : weight(range.substring(parameter + 1));
            Optional<Language> language = ofTag(primary(parameter < 0 ? range : range.substring(0, parameter)));
            if (language.isPresent() && weight > heaviest) {
                best = language.get();
                heaviest = weight;
            }
        }
        return best;
    }

    /** The language of a range, without its region and other subtags. */
    private static String primary(String range) {
        String tag = range.strip();
        int subtags = tag.indexOf('-');
        return subtags < 0 ? tag : tag.substring(0, subtags);
    }

    private static double weight(String parameter) {
        Matcher weight = WEIGHT.matcher(parameter.strip());
        return weight.matches() ? Double.parseDouble(weight.group(1)) : 0;
    }

    private static Optional<Language> ofTag(String tag) {
        return switch (tag.toLowerCase(Locale.ROOT)) {
            case "ko" -> Optional.of(KOREAN);
            case "en" -> Optional.of(ENGLISH);
            default -> Optional.empty();
        };
    }

    /** {@return the language's code of two letters, such as {@code ko}} */
    String code() {
        return locale.getLanguage();
    }

    /**
     * Says which language an answer is in, and that another request may get it in another.
     *
     * @param response which has not been ended
     */
    public void sayIn(HttpServerResponse response) {
        var _ = response.headers().set(CONTENT_LANGUAGE, code()).add(HttpHeaders.VARY, ACCEPT_LANGUAGE);
    }

    /** The JDK keeps it. */
    private ResourceBundle sentences() {
        return ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** Whether there is a sentence under a key. */
    boolean has(String key) {
        return sentences().containsKey(key);
    }

    /**
     * {@return a sentence as JSON in UTF-8, with its quotes; encoded anew each time}
     *
     * @param key of the sentence
     * @throws java.util.MissingResourceException if there is none under it
     */
    public byte[] sentence(String key) {
        String text = sentences().getString(key);
        return ('"' + new String(JsonStringEncoder.getInstance().quoteAsUTF8(text), StandardCharsets.UTF_8) + '"')
                .getBytes(StandardCharsets.UTF_8);
    }
}
