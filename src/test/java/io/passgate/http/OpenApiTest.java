package io.passgate.http;

import static io.passgate.testing.api.OpenApiDocument.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.http.response.ProblemType;
import io.passgate.model.Algorithm;
import io.passgate.model.EventKind;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.testing.UsualFormats;
import io.passgate.testing.api.OpenApiDocument;
import io.passgate.testing.api.RunningApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says what the code does. */
final class OpenApiTest {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();

    @Test
    void theDocument_isServed_andHasTheRoutesThatAreThere() throws IOException {
        try (RunningApi running = RunningApi.open();
                InputStream resource = OpenApiTest.class.getResourceAsStream("/openapi/openapi.yaml")) {
            HttpResponse<String> response = running.send(running.request("/openapi.yaml"));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/yaml");
            assertThat(response.body())
                    .isEqualTo(new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8));
            assertThat(DOCUMENT.routes())
                    .isNotEmpty()
                    .isEqualTo(new TreeSet<>(
                            Api.routes(running.api.router(running.vertx, EnumSet.allOf(Api.Part.class)))));
        }
    }

    @Test
    void reasons_areThoseOfEachCulprit_withTheirStageAndSentence() {
        JsonNode documented = DOCUMENT.schema("Reason");
        assertThat(texts(documented.path("enum")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::code).toList());
        String[] parts = documented.path("description").textValue().split("The gateway could not tell:", -1);
        assertThat(parts).hasSize(2);
        assertThat(parts[0]).contains("The payload is at fault:");
        assertReasons(parts[0], Reason.Culprit.PAYLOAD);
        assertReasons(parts[1], Reason.Culprit.GATEWAY);
    }

    private static void assertReasons(String described, Reason.Culprit culprit) {
        assertThat(described.lines().filter(line -> line.startsWith("- ")))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Reason.values())
                        .filter(reason -> reason.culprit() == culprit)
                        .map(OpenApiTest::line)
                        .toList());
    }

    private static String line(Reason reason) {
        return "- `" + reason.code() + "` (" + reason.stage().name().toLowerCase(Locale.ROOT) + "): "
                + reason.sentence();
    }

    @Test
    void problemTypes_areThoseOfTheCode_withTheirStatusAndTitle() {
        JsonNode type =
                DOCUMENT.resolved(DOCUMENT.schema("Problem").path("properties").path("type"));
        assertThat(texts(type.path("enum")))
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::uri)
                        .toList());
        assertThat(type.path("description").textValue().lines())
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(problem -> "- `" + problem.uri().substring("urn:passgate:problem:".length()) + "` ("
                                + problem.status() + "): " + problem.title() + ".")
                        .toList());
    }

    @Test
    void formatsAlgorithmsAndUsages_areThoseOfTheCode() {
        JsonNode result = DOCUMENT.schema("VerificationResult").path("properties");
        assertThat(texts(DOCUMENT.resolved(result.path("format")).path("enum")))
                .containsExactlyElementsOf(
                        UsualFormats.ALL.ids().stream().map(FormatId::code).toList());
        JsonNode signer = DOCUMENT.schema("Signer").path("properties");
        assertThat(texts(DOCUMENT.resolved(signer.path("algorithm")).path("enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(Algorithm.values()).map(Algorithm::name).toList());
        assertThat(texts(DOCUMENT.resolved(signer.path("usages").path("items")).path("enum")))
                .containsExactlyElementsOf(Arrays.stream(EventKind.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
