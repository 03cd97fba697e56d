package io.passgate.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.passgate.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The OpenAPI document as data. */
public record OpenApiDocument(JsonNode root) {
    /** What stands in a path beside its operations is not one. */
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private static final String REFERENCE = "$ref";

    public static OpenApiDocument read() {
        try {
            return new OpenApiDocument(new YAMLMapper().readTree(text()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The document as it is served. */
    public static byte[] text() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi/openapi.yaml")) {
            if (in == null) {
                throw new AssertionError("no document");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Such as {@code GET /openapi.yaml}. */
    public Set<String> routes() {
        return operations().stream().map(ApiOperation::route).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Such as {@code /openapi.yaml 200}. */
    Set<String> answers() {
        Set<String> answers = new TreeSet<>();
        operations()
                .forEach(operation -> operation
                        .node()
                        .path("responses")
                        .fieldNames()
                        .forEachRemaining(status -> answers.add(operation.path() + " " + status)));
        return answers;
    }

    /** The role that each route asks for, such as of {@code POST /v1/verifications}; empty where it needs no token. */
    public Map<String, Set<Role>> roles() {
        Map<String, Set<Role>> roles = new TreeMap<>();
        operations().forEach(operation -> {
            JsonNode named = operation.node().path("security").path(0).path("bearer");
            roles.put(
                    operation.route(),
                    texts(named).stream()
                            .map(code -> Role.ofCode(code).orElseThrow())
                            .collect(Collectors.toSet()));
        });
        return roles;
    }

    /** Every operation, in the order of the document. */
    public List<ApiOperation> operations() {
        List<ApiOperation> operations = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .forEach(member -> operations.add(new ApiOperation(
                                this, member.getKey().toUpperCase(Locale.ROOT), path.getKey(), member.getValue()))));
        return operations;
    }

    /** What a node stands for: itself, or what its {@code $ref} names in this document. */
    public JsonNode resolved(JsonNode node) {
        JsonNode target = node;
        while (target.has(REFERENCE)) {
            String reference = target.path(REFERENCE).textValue();
            target = root.at(reference.substring(1));
            if (!reference.startsWith("#/") || target.isMissingNode()) {
                throw new AssertionError("nothing is at " + reference);
            }
        }
        return target;
    }

    public JsonNode schema(String name) {
        return root.path("components").path("schemas").path(name);
    }

    public static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::textValue).toList();
    }
}
