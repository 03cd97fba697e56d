package io.passgate.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.passgate.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The OpenAPI document as data. */
public record OpenApiDocument(JsonNode root) {

    public static OpenApiDocument read() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi/openapi.yaml")) {
            if (in == null) {
                throw new AssertionError("no document");
            }
            return new OpenApiDocument(new YAMLMapper().readTree(in));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Such as {@code GET /openapi.yaml}. */
    public Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return routes;
    }

    /** Such as {@code /openapi.yaml 200}. */
    Set<String> answers() {
        Set<String> answers = new TreeSet<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .forEach(operation -> operation
                                .path("responses")
                                .fieldNames()
                                .forEachRemaining(status -> answers.add(path.getKey() + " " + status))));
        return answers;
    }

    /** The role that each route asks for, such as of {@code POST /v1/verifications}; empty where it needs no token. */
    public Map<String, Set<Role>> roles() {
        Map<String, Set<Role>> roles = new TreeMap<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode named =
                            operation.getValue().path("security").path(0).path("bearer");
                    Set<Role> mine = texts(named).stream()
                            .map(code -> Role.ofCode(code).orElseThrow())
                            .collect(Collectors.toSet());
                    roles.put(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), mine);
                }));
        return roles;
    }

    public JsonNode schema(String name) {
        return root.path("components").path("schemas").path(name);
    }

    public static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::textValue).toList();
    }
}
