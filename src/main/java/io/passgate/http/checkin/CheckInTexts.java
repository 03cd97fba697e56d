package io.passgate.http.checkin;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.passgate.checkin.CheckInResult;
import io.passgate.model.Reason;
import io.passgate.model.Vaccinated;
import io.passgate.model.Verdict;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a door says to people, in one language; every reason and every standing has its sentence. */
public final class CheckInTexts {
    private static final String BUNDLE = "io.passgate.http.checkin.texts";

    /** RFC 9110, section 12.4.2. */
    private static final Pattern WEIGHT = Pattern.compile("[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)");

    /** The sentences in Korean; also for whoever asks for no language that is here. */
    public static final CheckInTexts KOREAN = new CheckInTexts(Locale.KOREAN);
    /** The sentences in English. */
    public static final CheckInTexts ENGLISH = new CheckInTexts(Locale.ENGLISH);

    private final String language;
    private final Map<Reason, byte[]> reasons = new EnumMap<>(Reason.class);
    private final Map<Standing, byte[]> standings = new EnumMap<>(Standing.class);

    /** What is said of somebody who is let in. */
    private enum Standing {
        /** Complete, and the days after it have passed. */
        COMPLETE,
        WAITING,
        INCOMPLETE,
        /** Nothing is shown that could be complete. */
        WELCOME
    }

    private CheckInTexts(Locale locale) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        language = locale.getLanguage();
        for (Reason reason : Reason.values()) {
            reasons.put(reason, json(text(bundle, reason)));
        }
        for (Standing standing : Standing.values()) {
            standings.put(standing, json(bundle.getString(standing.name().toLowerCase(Locale.ROOT))));
        }
    }

    /** A reason's own sentence, or that of its stage; whatever is our fault has one sentence. */
    private static String text(ResourceBundle bundle, Reason reason) {
        if (reason.culprit() == Reason.Culprit.GATEWAY && !bundle.containsKey(reason.code())) {
            return bundle.getString("indeterminate");
        }
        String stage = "stage." + reason.stage().name().toLowerCase(Locale.ROOT);
        if (!bundle.containsKey(reason.code()) && !bundle.containsKey(stage)) {
            throw new MissingResourceException("a reason without its sentence", BUNDLE, reason.code());
        }
        return bundle.getString(bundle.containsKey(reason.code()) ? reason.code() : stage);
    }

    private static byte[] json(String text) {
        return ('"' + new String(JsonStringEncoder.getInstance().quoteAsUTF8(text), StandardCharsets.UTF_8) + '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    /** In the language that is asked for and is here (RFC 9110 section 12.5.4); in Korean where none is. */
    static CheckInTexts asked(RoutingContext context) {
        String ranges = context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        return ranges == null ? KOREAN : ofRanges(ranges);
    }

    /**
     * {@return the sentences in the language of the heaviest range, of those alike the first; in Korean where none is
     * here} What is no language range, or weighs what is no weight, asks for nothing.
     *
     * @param ranges an {@code Accept-Language} (RFC 9110 section 12.5.4)
     */
    public static CheckInTexts ofRanges(String ranges) {
        CheckInTexts best = KOREAN;
        double heaviest = 0;
        for (String range : ranges.split(",", -1)) {
            int parameter = range.indexOf(';');
            double weight = parameter < 0 ? 1 : weight(range.substring(parameter + 1));
            Optional<CheckInTexts> texts = ofTag(primary(parameter < 0 ? range : range.substring(0, parameter)));
            if (texts.isPresent() && weight > heaviest) {
                best = texts.get();
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

    private static Optional<CheckInTexts> ofTag(String tag) {
        return switch (tag.toLowerCase(Locale.ROOT)) {
            case "ko" -> Optional.of(KOREAN);
            case "en" -> Optional.of(ENGLISH);
            default -> Optional.empty();
        };
    }

    String language() {
        return language;
    }

    /**
     * {@return the sentence as JSON in UTF-8, with its quotes; shared, and never written into}
     *
     * @param result of one payload
     */
    public byte[] of(CheckInResult result) {
        byte[] text = switch (result.verificationResult().verdict()) {
            case Verdict.Accepted _ -> standings.get(standing(result));
            case Verdict.Refused(var reason) -> reasons.get(reason);
            case Verdict.Indeterminate(var reason) -> reasons.get(reason);
        };
        if (text == null) {
            throw new AssertionError("every value has its text");
        }
        return text;
    }

    private static Standing standing(CheckInResult result) {
        if (result.verificationResult().vaccinated().isEmpty()) {
            return Standing.WELCOME;
        }
        Vaccinated vaccinated = result.verificationResult().vaccinated().get();
        if (!vaccinated.complete()) {
            return Standing.INCOMPLETE;
        }
        return vaccinated.waitOver() ? Standing.COMPLETE : Standing.WAITING;
    }
}
