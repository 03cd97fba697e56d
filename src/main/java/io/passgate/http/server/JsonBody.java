package io.passgate.http.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.passgate.http.json.NonRetainingJson;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** A JSON body of the shape <code>{"NAME": [{…}, …]}</code>, as the authorities' routes take it. */
public final class JsonBody {
    /** A thousand entries of a dozen members, and as many again. */
    private static final long MAX_TOKENS = 50_000;

    private static final ObjectMapper JSON = new ObjectMapper(NonRetainingJson.factory()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(NonRetainingJson.constraints()
                            .maxNestingDepth(8)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What names the whole body in a {@link Wrong}. */
    public static final String BODY = "The body";

    /** Years of four digits, as RFC 3339 has them: a store need not know others. */
    private static final int LAST_YEAR = 9_999;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private static final String DAY = "a day as 2021-07-12";
    private static final String INSTANT = "an instant as 2021-07-12T03:00:00Z";

    private JsonBody() {}

    /** What is wrong with a request; no part of its body is in the text. */
    public static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        /**
         * Something is wrong with a request.
         *
         * @param detail a sentence for the client, which names the place and repeats nothing of the body
         */
        public Wrong(String detail) {
            super(detail, null, false, false);
        }
    }

    /**
     * {@return the entries of the body's one member, in order, of whatever kind each is}
     *
     * @param context of a request whose body is there
     * @param member the one member's name; it is an array
     * @param max how many entries there may be; there is at least one
     * @throws Wrong if the body has another shape
     */
    public static List<JsonNode> entries(RoutingContext context, String member, int max) throws Wrong {
        JsonNode document = read(BodyReader.body(context));
        JsonNode list = document.path(member);
        if (!document.isObject() || document.size() != 1 || !list.isArray()) {
            throw new Wrong("The body is not an object with one array \"" + member + "\".");
        }
        if (list.isEmpty() || list.size() > max) {
            throw new Wrong("\"" + member + "\" has not 1 to " + max + " entries.");
        }
        return list.valueStream().toList();
    }

    /**
     * {@return the one object that a body is}
     *
     * @param context of a request whose body is there
     * @param members all that it may have; none of them has to be there
     * @throws Wrong if the body has another shape
     */
    public static JsonNode object(RoutingContext context, Set<String> members) throws Wrong {
        JsonNode document = read(BodyReader.body(context));
        onlyHas(document, BODY, members);
        return document;
    }

    private static JsonNode read(byte[] body) throws Wrong {
        try (JsonParser json = JSON.createParser(NonRetainingJson.characters(body))) {
            JsonNode document = JSON.readTree(json);
            if (document == null) {
                return MissingNode.getInstance();
            }
            if (!isOfCharacters(document)) {
                throw new Wrong("The body has a text with U+0000 or half of a surrogate pair.");
            }
            return document;
        } catch (IOException broken) {
            throw new Wrong("The body is not well-formed JSON.");
        }
    }

    /** Whether every text and name, at any depth, can be kept and written again. */
    private static boolean isOfCharacters(JsonNode node) {
        if (node.isTextual()) {
            return isOfCharacters(node.textValue());
        }
        return node.propertyStream().allMatch(member -> isOfCharacters(member.getKey()))
                && node.valueStream().allMatch(JsonBody::isOfCharacters);
    }

    /**
     * {@return whether a text has neither U+0000, which PostgreSQL refuses, nor half of a surrogate pair, which no
     * encoding has}
     *
     * @param text may be empty
     */
    public static boolean isOfCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0 || Character.isLowSurrogate(unit)) {
                return false;
            }
            if (Character.isHighSurrogate(unit)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Checks that an entry is an object without any other member.
     *
     * @param entry what is checked
     * @param where what names the entry in the error, such as {@code records[3]}
     * @param members all that it may have; none of them has to be there
     * @throws Wrong if the entry is no object, or has another member than these
     */
    public static void onlyHas(JsonNode entry, String where, Set<String> members) throws Wrong {
        Collection<String> names =
                entry.propertyStream().map(property -> property.getKey()).toList();
        if (!entry.isObject() || !members.containsAll(names)) {
            throw new Wrong(
                    where + " is not an object of " + members.stream().sorted().toList() + ".");
        }
    }

    /**
     * {@return a text member, if it is there; it may be the empty text}
     *
     * @param entry the object that may have it
     * @param where what names the object in the error
     * @param member the member's name
     * @throws Wrong if it is there and no text
     */
    public static Optional<String> text(JsonNode entry, String where, String member) throws Wrong {
        JsonNode value = entry.path(member);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new Wrong(where + ": \"" + member + "\" is not a text.");
        }
        return Optional.of(value.textValue());
    }

    /**
     * {@return a text member that has to be there; it may be the empty text}
     *
     * @param entry the object that may have it
     * @param where what names the object in the error
     * @param member the member's name
     * @throws Wrong if it is not there, or no text
     */
    public static String required(JsonNode entry, String where, String member) throws Wrong {
        return text(entry, where, member).orElseThrow(() -> new Wrong(where + " has no \"" + member + "\"."));
    }

    /**
     * {@return a whole number, if it is there}
     *
     * @param entry the object that may have it
     * @param where what names the object in the error
     * @param member the member's name
     * @throws Wrong if it is there and no whole number of 32 bits
     */
    public static OptionalInt whole(JsonNode entry, String where, String member) throws Wrong {
        JsonNode value = entry.path(member);
        if (value.isMissingNode()) {
            return OptionalInt.empty();
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new Wrong(where + ": \"" + member + "\" is not a whole number.");
        }
        return OptionalInt.of(value.intValue());
    }

    /**
     * {@return a whole number that has to be there}
     *
     * @param entry the object that may have it
     * @param where what names the object in the error
     * @param member the member's name
     * @throws Wrong if it is not there, or no whole number of 32 bits
     */
    public static int requiredWhole(JsonNode entry, String where, String member) throws Wrong {
        return whole(entry, where, member).orElseThrow(() -> new Wrong(where + " has no \"" + member + "\"."));
    }

    /**
     * {@return a day of the calendar (ISO 8601), if it is there}
     *
     * @param entry the object that may have it
     * @param where what names the object in the error
     * @param member the member's name
     * @throws Wrong if it is there and no day of the years 1 to 9999
     */
    public static Optional<LocalDate> day(JsonNode entry, String where, String member) throws Wrong {
        Optional<LocalDate> day = parsed(entry, where, member, LocalDate::parse, DAY);
        if (day.isPresent() && (day.get().getYear() < 1 || day.get().getYear() > LAST_YEAR)) {
            throw new Wrong(where + ": \"" + member + "\" is not " + DAY + ".");
        }
        return day;
    }

    /**
     * {@return an instant (ISO 8601, RFC 3339), if it is there}
     *
     * @param entry the object that may have it
     * @param where what names the object in the error
     * @param member the member's name
     * @throws Wrong if it is there and no instant of the years 1 to 9999
     */
    public static Optional<Instant> instant(JsonNode entry, String where, String member) throws Wrong {
        Optional<Instant> instant = parsed(entry, where, member, Instant::parse, INSTANT);
        if (instant.isPresent()
                && (instant.get().isBefore(FIRST) || instant.get().isAfter(LAST))) {
            throw new Wrong(where + ": \"" + member + "\" is not " + INSTANT + ".");
        }
        return instant;
    }

    private static <T> Optional<T> parsed(
            JsonNode entry, String where, String member, Function<String, T> parser, String shape) throws Wrong {
        Optional<String> text = text(entry, where, member);
        try {
            return text.map(parser);
        } catch (DateTimeException unreadable) {
            throw new Wrong(where + ": \"" + member + "\" is not " + shape + ".");
        }
    }

    /**
     * {@return what has to be there}
     *
     * @param <T> what it is
     * @param value the member's, if it is there
     * @param where what names the object in the error
     * @param member the member's name
     * @throws Wrong if it is not there
     */
    public static <T> T required(Optional<T> value, String where, String member) throws Wrong {
        return value.orElseThrow(() -> new Wrong(where + " has no \"" + member + "\"."));
    }
}
