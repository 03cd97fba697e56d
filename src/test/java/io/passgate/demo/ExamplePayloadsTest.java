package io.passgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.format.Decoded;
import io.passgate.format.hcert.HcertDecoder;
import io.passgate.model.Slice;
import io.passgate.testing.api.ApiOperation;
import io.passgate.testing.api.OpenApiDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is signed in the examples of the OpenAPI document is what {@link ExamplePayloads} makes. */
final class ExamplePayloadsTest {
    private static final Map<String, ApiOperation> OPERATIONS = OpenApiDocument.read().operations().stream()
            .collect(Collectors.toMap(ApiOperation::id, Function.identity()));

    private static JsonNode body(String operation, String example) {
        return Objects.requireNonNull(
                Objects.requireNonNull(OPERATIONS.get(operation)).bodies().get(example));
    }

    /** The signature tells all that is signed; how it is deflated is zlib's business. */
    private static String signature(String payload) {
        return switch (new HcertDecoder().decode(Slice.of(payload.getBytes(StandardCharsets.US_ASCII)))) {
            case Decoded.Well(var card) ->
                HexFormat.of().formatHex(card.signature().toByteArray());
            case Decoded.Malformed malformed -> throw new AssertionError("a card that cannot be read");
        };
    }

    @Test
    void certificates_areThoseThatAreMade() {
        List<String> shown = OpenApiDocument.texts(body("verify", "batch").path("payloads"));
        assertThat(shown).hasSize(4);
        assertThat(shown.subList(0, 3).stream().map(ExamplePayloadsTest::signature))
                .containsExactly(
                        signature(ExamplePayloads.complete()),
                        signature(ExamplePayloads.incomplete()),
                        signature(ExamplePayloads.tampered()));
        assertThat(body("checkIn", "walletCertificate").path("payloads").path(0).textValue())
                .isEqualTo(shown.getFirst());
    }

    @Test
    void thePass_theProof_andTheNewSigner_areThoseThatAreMade() {
        assertThat(body("verify", "expiredPass").path("payloads").path(0).textValue())
                .isEqualTo(ExamplePayloads.pass());
        assertThat(Objects.requireNonNull(OPERATIONS.get("registerDevice")).parameters())
                .singleElement()
                .satisfies(parameter -> assertThat(parameter.value("")).hasValue(ExamplePayloads.proof()));
        assertThat(body("addSigners", "oneSigner")
                        .path("signers")
                        .path(0)
                        .path("certificate")
                        .textValue())
                .isEqualTo(Base64.getEncoder().encodeToString(ExamplePayloads.NEW_SIGNER.certificate()));
    }

    @Test
    void theDemonstration_carriesTheirSigners() throws IOException {
        assertThat(resource("example-signer.pem")).isEqualTo(ExamplePayloads.CERTIFICATES.pem());
        assertThat(resource("example-pass-signer.pem")).isEqualTo(ExamplePayloads.PASSES.pem());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(DemoExamples.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
