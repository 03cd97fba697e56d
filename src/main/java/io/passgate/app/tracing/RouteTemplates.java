package io.passgate.app.tracing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The paths of the interface with their parameters in braces, as {@code openapi.yaml} has them. Immutable. */
final class RouteTemplates {
    /** What any other path is called: it may hold anything and is not repeated. */
    static final String OTHER = "other";

    private final List<String> templates;

    RouteTemplates(List<String> templates) {
        this.templates = List.copyOf(templates);
    }

    static RouteTemplates ofTheInterface() {
        try (InputStream document = Objects.requireNonNull(
                RouteTemplates.class.getResourceAsStream("/openapi/openapi.yaml"), "openapi.yaml")) {
            JsonNode paths = new YAMLMapper().readTree(document).path("paths");
            return new RouteTemplates(
                    paths.propertyStream().map(path -> path.getKey()).toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The template of a request's path, or {@link #OTHER}. */
    String of(String path) {
        return templates.stream()
                .filter(template -> matches(template.split("/", -1), path.split("/", -1)))
                .findFirst()
                .orElse(OTHER);
    }

    private static boolean matches(String[] template, String[] path) {
        return template.length == path.length
                && IntStream.range(0, template.length)
                        .allMatch(i -> template[i].startsWith("{") || template[i].equals(path[i]));
    }
}
