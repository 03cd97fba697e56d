package io.passgate.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operation of the OpenAPI document, with its examples.
 *
 * @param method such as {@code POST}
 * @param path such as {@code /v1/consents/{id}}
 */
public record ApiOperation(OpenApiDocument document, String method, String path, JsonNode node) {
    private static final String JSON = "application/json";

    /**
     * One of its answers in one media type.
     *
     * @param schema empty where the answer has no body
     * @param examples by name
     */
    public record Answer(int status, String mediaType, JsonNode schema, Map<String, JsonNode> examples) {}

    /**
     * One parameter.
     *
     * @param examples by the name of the request's example; under the empty name the one that is for all
     */
    public record Parameter(
            String name, String in, boolean isRequired, JsonNode schema, Map<String, JsonNode> examples) {
        /** Its value in the request's example of that name; empty where it has none. */
        public Optional<String> value(String example) {
            return Optional.ofNullable(examples.getOrDefault(example, examples.get("")))
                    .map(JsonNode::asText);
        }
    }

    /** Such as {@code POST /v1/consents}. */
    public String route() {
        return method + " " + path;
    }

    public String id() {
        return node.path("operationId").asText();
    }

    /** The client of the demonstration that the examples are of; empty where none is needed. */
    public Optional<String> client() {
        return Optional.ofNullable(node.path("x-demo-client").textValue());
    }

    /** Where it is served, those of its path before those of the document. */
    public List<URI> servers() {
        JsonNode ofPath = document.root().path("paths").path(path).path("servers");
        List<URI> servers = new ArrayList<>();
        (ofPath.isMissingNode() ? document.root().path("servers") : ofPath)
                .forEach(server -> servers.add(URI.create(server.path("url").textValue())));
        return servers;
    }

    public boolean hasBody() {
        return node.has("requestBody");
    }

    /** The schema of its body. */
    public JsonNode bodySchema() {
        return body().path("schema");
    }

    /** The bodies of its examples by name, in the order of the document. */
    public Map<String, JsonNode> bodies() {
        return examples(body());
    }

    private JsonNode body() {
        return document.resolved(node.path("requestBody")).path("content").path(JSON);
    }

    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode one : node.path("parameters")) {
            JsonNode parameter = document.resolved(one);
            parameters.add(new Parameter(
                    parameter.path("name").textValue(),
                    parameter.path("in").textValue(),
                    parameter.path("required").asBoolean(),
                    parameter.path("schema"),
                    examples(parameter)));
        }
        return parameters;
    }

    public List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        node.path("responses").properties().forEach(response -> {
            int status = Integer.parseInt(response.getKey());
            JsonNode content = document.resolved(response.getValue()).path("content");
            if (content.isEmpty()) {
                answers.add(new Answer(status, "", content, Map.of()));
            }
            content.properties()
                    .forEach(type -> answers.add(new Answer(
                            status, type.getKey(), type.getValue().path("schema"), examples(type.getValue()))));
        });
        return answers;
    }

    private Map<String, JsonNode> examples(JsonNode described) {
        Map<String, JsonNode> examples = new LinkedHashMap<>();
        if (described.has("example")) {
            examples.put("", described.path("example"));
        }
        described
                .path("examples")
                .properties()
                .forEach(one -> examples.put(
                        one.getKey(), document.resolved(one.getValue()).path("value")));
        return examples;
    }
}
