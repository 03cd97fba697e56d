package io.passgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.passgate.dpop.ProofMaker;
import io.passgate.testing.api.ApiOperation;
import io.passgate.testing.api.ApiSchemas;
import io.passgate.testing.api.OpenApiDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of the OpenAPI document, sent to a demonstration as it stands and in the order of the document. */
final class OpenApiExamplesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();
    private static final ApiSchemas SCHEMAS = new ApiSchemas(DOCUMENT);
    private static final String PROOF = "DPoP";
    private static final String CONSENT = "consent";
    private static final String FIRST_LINE = "beginning";

    /** Members that are drawn, or made of what is, by the answer's example. */
    private static final Map<String, Set<String>> DRAWN = Map.of(
            "first", Set.of(CONSENT),
            "phone", Set.of("device"),
            "shown", Set.of("id", "payload", "issuedAt", "expiresAt"),
            "entryOnly", Set.of("id", "payload", "issuedAt", "expiresAt"),
            "doses", Set.of("id", "payload", "expiresAt"));

    private final ProofMaker phone = ProofMaker.fresh();

    @TempDir
    private Path scratch = Path.of("");

    @Test
    void everyExample_isAnsweredByTheDemonstration_asTheDocumentSays() throws IOException, InterruptedException {
        try (RunningDemo demo = RunningDemo.start(scratch.resolve("demo"), scratch.resolve("err"));
                HttpClient http = HttpClient.newHttpClient()) {
            assertThat(demo.page()).contains("http://127.0.0.1");
            int sent = 0;
            for (ApiOperation operation : DOCUMENT.operations()) {
                for (URI server : operation.servers()) {
                    Map<String, JsonNode> bodies =
                            operation.hasBody() ? operation.bodies() : Map.of("", MissingNode.getInstance());
                    for (var body : bodies.entrySet()) {
                        HttpRequest request = request(demo, server, operation, body.getKey(), body.getValue());
                        assertAnswer(operation, body.getKey(), http.send(request, BodyHandlers.ofString()));
                        sent++;
                    }
                }
            }
            assertThat(sent).isGreaterThan(DOCUMENT.operations().size());
            assertProblems(demo, http);
        }
    }

    private HttpRequest request(RunningDemo demo, URI server, ApiOperation operation, String example, JsonNode body)
            throws IOException {
        String path = operation.path();
        HttpRequest.Builder request = HttpRequest.newBuilder();
        for (ApiOperation.Parameter parameter : operation.parameters()) {
            Optional<String> shown = parameter.value(example);
            if (shown.isEmpty() && !parameter.isRequired()) {
                continue;
            }
            String value = shown.orElseThrow();
            if (parameter.in().equals("path")) {
                path = path.replace("{" + parameter.name() + "}", value);
            } else if (parameter.name().equals(PROOF)) {
                proof(example, value, body).ifPresent(proof -> request.header(PROOF, proof));
            } else if (!parameter.name().equals("If-None-Match")) {
                request.header(parameter.name(), value);
            }
        }
        if (operation.client().isPresent()) {
            request.header(
                    "Authorization", "Bearer " + demo.token(operation.client().get()));
        }
        if (operation.hasBody()) {
            request.header("Content-Type", "application/json");
        }
        return request.uri(at(demo, server).resolve(path))
                .method(
                        operation.method(),
                        operation.hasBody() ? BodyPublishers.ofString(body.toString()) : BodyPublishers.noBody())
                .build();
    }

    /** The ports of the document are those of a demonstration that is asked for no others, unlike this one. */
    private static URI at(RunningDemo demo, URI server) {
        return switch (server.getPort()) {
            case 8080 -> demo.verifying();
            case 8081 -> demo.issuing();
            default -> throw new AssertionError("no port of the demonstration: " + server);
        };
    }

    /** A fresh one where the document's would be late, unless that is what is shown. */
    private Optional<String> proof(String example, String documented, JsonNode body) {
        if (example.equals("proofLate")) {
            return Optional.of(documented);
        }
        return Optional.ofNullable(body.path(CONSENT).textValue())
                .map(consent -> phone.proof(DemoStory.htu(DemoExamples.PROVIDER), consent));
    }

    private static void assertAnswer(ApiOperation operation, String example, HttpResponse<String> response)
            throws IOException {
        String what = operation.route() + " " + example;
        ApiOperation.Answer documented = operation.answers().stream()
                .filter(answer -> example.isEmpty()
                        ? answer.status() < 300
                        : answer.examples().containsKey(example))
                .findFirst()
                .orElseThrow();
        assertThat(response.statusCode()).as("%s: %s", what, response.body()).isEqualTo(documented.status());
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .as(what)
                .isEqualTo(documented.mediaType());
        if (documented.examples().isEmpty()) {
            assertThat(response.body()).as(what).isEmpty();
            return;
        }
        String name =
                example.isEmpty() ? documented.examples().keySet().iterator().next() : example;
        JsonNode expected = Objects.requireNonNull(documented.examples().get(name));
        if (name.equals(FIRST_LINE)) {
            assertThat(response.body()).startsWith(expected.textValue());
            return;
        }
        JsonNode actual = JSON.readTree(response.body());
        assertThat(SCHEMAS.faults(documented.schema(), actual)).as(what).isEmpty();
        if (operation.id().equals("listSigners")) {
            assertThat(actual.path("signers")).contains(expected.path("signers").path(0));
        } else {
            assertThat(undrawn(actual, name)).as(what).isEqualTo(undrawn(expected, name));
        }
    }

    /** The same without what is drawn. */
    private static JsonNode undrawn(JsonNode answer, String example) {
        JsonNode copy = answer.deepCopy();
        Set<String> drawn = DRAWN.getOrDefault(example, Set.of("requestId"));
        for (String member : drawn) {
            copy.findParents(member).forEach(parent -> ((ObjectNode) parent).put(member, "drawn"));
        }
        return copy;
    }

    /** What every route of a kind answers to, by the documented problem. */
    private static void assertProblems(RunningDemo demo, HttpClient http) throws IOException, InterruptedException {
        for (ApiOperation operation : DOCUMENT.operations()) {
            if (operation.client().isEmpty()) {
                continue;
            }
            URI uri = at(demo, operation.servers().getFirst())
                    .resolve(operation.path().replace("{id}", "1".repeat(22)));
            String token = demo.token(operation.client().get());
            if (operation.hasBody()) {
                HttpRequest.Builder unreadable = asked(uri, token, "application/json", "{");
                assertProblem(operation, "malformedRequest", http, unreadable.setHeader("Idempotency-Key", "1"));
                assertProblem(operation, "unsupportedMediaType", http, asked(uri, token, "text/plain", "{}"));
            } else {
                String unknown = operation.id().equals("withdrawConsent") ? "consentUnknown" : "notFound";
                HttpRequest.Builder request =
                        HttpRequest.newBuilder(uri).DELETE().header("Authorization", "Bearer " + token);
                assertProblem(operation, unknown, http, request);
            }
        }
        for (String id : List.of("verify", "makePass")) {
            ApiOperation operation = DOCUMENT.operations().stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            URI uri = at(demo, operation.servers().getFirst()).resolve(operation.path());
            assertProblem(operation, "unauthenticated", http, asked(uri, "unknown", "application/json", "{}"));
            String tracer = demo.token(DemoTokens.TRACER);
            assertProblem(operation, "forbidden", http, asked(uri, tracer, "application/json", "{}"));
        }
    }

    private static HttpRequest.Builder asked(URI uri, String token, String type, String body) {
        return HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    private static void assertProblem(
            ApiOperation operation, String example, HttpClient http, HttpRequest.Builder asked)
            throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(asked.build(), BodyHandlers.ofString());
        JsonNode expected = operation.answers().stream()
                .filter(answer -> answer.examples().containsKey(example))
                .map(answer -> answer.examples().get(example))
                .findFirst()
                .orElseThrow(() -> new AssertionError(operation.route() + " has no example " + example));
        JsonNode actual = JSON.readTree(response.body());
        assertThat(response.statusCode())
                .as(operation.route())
                .isEqualTo(expected.path("status").intValue());
        assertThat(actual.path("type")).as(operation.route()).isEqualTo(expected.path("type"));
        assertThat(actual.path("title")).as(operation.route()).isEqualTo(expected.path("title"));
    }
}
