package io.passgate.http.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Our document as one port's page needs it. A page may ask its own port only, since the other one is another origin: so
 * it has the operations that are answered here, and names no server but the one that the page came from.
 */
final class DocsDocument {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private DocsDocument() {}

    /** The document as JSON, with those of its operations that are routes, such as {@code GET /openapi.yaml}. */
    static byte[] of(byte[] yaml, Set<String> routes) {
        try {
            JsonNode read = new YAMLMapper().readTree(yaml);
            if (!(read instanceof ObjectNode document) || !(document.get("paths") instanceof ObjectNode paths)) {
                throw new IllegalStateException("the document has no paths");
            }
            Set<String> tags = new TreeSet<>();
            paths.properties().removeIf(path -> !keep(path, routes, tags));
            leaveEmpty(document.path("components").path("parameters"));
            var _ = document.putArray("servers").addObject().put("url", "/");
            document.withArray("tags")
                    .removeIf(tag -> !tags.contains(tag.path("name").asText()));
            return new JsonMapper().writeValueAsBytes(document);
        } catch (JsonProcessingException wrong) {
            throw new IllegalStateException("the document is no YAML", wrong);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Swagger UI fills in what has an example: what need not be said is said only where somebody writes it. */
    private static void leaveEmpty(JsonNode parameters) {
        for (JsonNode parameter : parameters) {
            if (parameter instanceof ObjectNode optional
                    && !optional.path("required").asBoolean()) {
                var _ = optional.remove(List.of("example", "examples"));
            }
        }
    }

    /** Whether a path has an operation that is a route; takes away those that are none, and notes the others' tags. */
    private static boolean keep(Map.Entry<String, JsonNode> path, Set<String> routes, Set<String> tags) {
        if (!(path.getValue() instanceof ObjectNode members)) {
            return false;
        }
        var _ = members.remove("servers");
        boolean isThere = false;
        for (String method : METHODS) {
            if (routes.contains(method.toUpperCase(Locale.ROOT) + " " + path.getKey())) {
                leaveEmpty(members.path(method).path("parameters"));
                isThere |= members.has(method);
                members.path(method).path("tags").forEach(tag -> tags.add(tag.asText()));
            } else {
                var _ = members.remove(method);
            }
        }
        return isThere;
    }
}
