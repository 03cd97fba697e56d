package io.passgate.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A JSON body of the shape <code>{"NAME": [{…}, …]}</code>, as the authorities' routes take it. */
final class JsonBody {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNameLength(64)
                            .maxNestingDepth(8)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonBody() {}

    /** What is wrong with a request; no part of its body is in the text. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String detail) {
            super(detail, null, false, false);
        }
    }

    /**
     * The objects of the one member.
     *
     * @param max how many there may be
     * @throws Wrong if the body has another shape
     */
    static List<JsonNode> entries(RoutingContext context, String member, int max) throws Wrong {
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

    private static JsonNode read(byte[] body) throws Wrong {
        try {
            return JSON.readTree(body);
        } catch (IOException broken) {
            throw new Wrong("The body is not well-formed JSON.");
        }
    }

    /** @throws Wrong if the entry is no object, or has another member than these */
    static void onlyHas(JsonNode entry, String where, Set<String> members) throws Wrong {
        Collection<String> names =
                entry.propertyStream().map(property -> property.getKey()).toList();
        if (!entry.isObject() || !members.containsAll(names)) {
            throw new Wrong(
                    where + " is not an object of " + members.stream().sorted().toList() + ".");
        }
    }

    /** A text member, if it is there. */
    static Optional<String> text(JsonNode entry, String where, String member) throws Wrong {
        JsonNode value = entry.path(member);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new Wrong(where + ": \"" + member + "\" is not a text.");
        }
        return Optional.of(value.textValue());
    }

    /** A text member that has to be there. */
    static String required(JsonNode entry, String where, String member) throws Wrong {
        return text(entry, where, member).orElseThrow(() -> new Wrong(where + " has no \"" + member + "\"."));
    }
}
