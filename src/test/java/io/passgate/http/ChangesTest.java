package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.passgate.access.Role;
import io.passgate.model.Kid;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationKind;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.api.Mood;
import io.passgate.testing.api.RunningApi;
import io.passgate.trust.Rejection;
import io.passgate.trust.SignerKind;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a trust-admin changes, and what is said of a request that cannot be carried out. */
final class ChangesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HASH = Base64.getEncoder().encodeToString(new byte[16]);
    private static final String ENTRY =
            "{\"kind\":\"signature\",\"hash\":\"" + HASH + "\",\"expiresAt\":\"2022-01-01T00:00:00Z\"}";

    private final RunningApi running = RunningApi.open();

    @AfterEach
    void close() {
        running.close();
    }

    private HttpResponse<String> post(String path, String body) {
        return running.send(running.request(path)
                .header("authorization", "Bearer " + RunningApi.token(Role.TRUST_ADMIN))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> delete(String path) {
        return running.send(running.request(path)
                .header("authorization", "Bearer " + RunningApi.token(Role.TRUST_ADMIN))
                .DELETE());
    }

    private static String revocations(String... entries) {
        return "{\"revocations\":[" + String.join(",", entries) + "]}";
    }

    private static String signer(TestIssuer issuer, String more) {
        return "{\"signers\":[{\"certificate\":\"" + Base64.getEncoder().encodeToString(issuer.certificateDer()) + "\""
                + more + "}]}";
    }

    private static String detail(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body()).path("detail").asText();
    }

    @Test
    void revocations_areAdded_andAnsweredWithTheirIds() throws IOException {
        String perKid = "{\"kind\":\"uci\",\"hash\":\"" + HASH + "\",\"kid\":\"AQ==\","
                + "\"expiresAt\":\"2022-01-01T00:00:00.000000001Z\"}";
        HttpResponse<String> response = post("/v1/revocations", revocations(ENTRY, perKid));
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"ids\":[\"1\",\"2\"]}");
        Revocation any = running.authority.revocations.get(0);
        Revocation own = running.authority.revocations.get(1);
        assertThat(any.key().kid()).isEmpty();
        assertThat(any.expiresAt()).isEqualTo(Instant.parse("2022-01-01T00:00:00Z"));
        assertThat(own.key().kind()).isEqualTo(RevocationKind.UCI);
        assertThat(own.key().kid()).contains(Kid.of(new byte[] {1}));
        assertThat(own.expiresAt()).as("upwards").isEqualTo(Instant.parse("2022-01-01T00:00:01Z"));
        assertThat(delete("/v1/revocations/1").statusCode()).isEqualTo(204);
        assertThat(delete("/v1/revocations/3").statusCode()).isEqualTo(404);
        assertThat(delete("/v1/revocations/CANARY").statusCode()).isEqualTo(404);
        assertThat(delete("/v1/revocations/1234567890123456789").statusCode()).isEqualTo(404);
    }

    @Test
    void oneWrongEntry_isNamed_andNothingIsDone() throws IOException {
        String[] wrong = {
            "{\"kind\":\"CANARY\",\"hash\":\"" + HASH + "\",\"expiresAt\":\"2022-01-01T00:00:00Z\"}",
            "{\"kind\":\"uci\",\"hash\":\"CANARY\",\"expiresAt\":\"2022-01-01T00:00:00Z\"}",
            "{\"kind\":\"uci\",\"hash\":\"AAAA\",\"expiresAt\":\"2022-01-01T00:00:00Z\"}",
            "{\"kind\":\"uci\",\"hash\":\"" + HASH + "\",\"expiresAt\":\"CANARY\"}",
            "{\"kind\":\"uci\",\"hash\":\"" + HASH + "\",\"expiresAt\":\"1970-01-01T00:00:00Z\"}",
            "{\"kind\":\"uci\",\"hash\":\"" + HASH + "\",\"expiresAt\":\"2106-02-07T06:28:15.1Z\"}",
            "{\"kind\":\"uci\",\"hash\":\"" + HASH + "\"}",
            "{\"kind\":1,\"hash\":\"" + HASH + "\",\"expiresAt\":\"2022-01-01T00:00:00Z\"}",
            "{\"kind\":\"uci\",\"hash\":\"" + HASH + "\",\"kid\":\"\",\"expiresAt\":\"2022-01-01T00:00:00Z\"}",
            "{\"kind\":\"uci\",\"hash\":\"" + HASH + "\",\"CANARY\":1,\"expiresAt\":\"2022-01-01T00:00:00Z\"}",
            "7",
        };
        for (String entry : wrong) {
            HttpResponse<String> response = post("/v1/revocations", revocations(ENTRY, entry));
            assertThat(response.statusCode()).as(entry).isEqualTo(400);
            assertThat(detail(response)).startsWith("revocations[1]").doesNotContain("CANARY");
        }
        assertThat(running.authority.revocations).isEmpty();
    }

    @Test
    void aBodyOfAnotherShape_isMalformed() {
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"revocations\":{}}",
                "{\"revocations\":[]}",
                revocations(ENTRY) + "x",
                "{\"a\":1}")) {
            assertThat(post("/v1/revocations", body).statusCode()).as(body).isEqualTo(400);
        }
    }

    @Test
    void aSigner_isAddedWithItsKind_andRemovedByItsId() throws IOException {
        HttpResponse<String> dcc = post("/v1/signers", signer(RunningApi.ISSUER, ""));
        HttpResponse<String> pass =
                post("/v1/signers", signer(RunningApi.ISSUER, ",\"kind\":\"pass\",\"provider\":\"kakao\""));
        assertThat(dcc.statusCode()).isEqualTo(201);
        assertThat(pass.statusCode()).isEqualTo(201);
        assertThat(running.authority.signers)
                .extracting(signer -> (Object) signer.kind())
                .containsExactly(SignerKind.DCC, SignerKind.pass("kakao"));
        JsonNode added = JSON.readTree(dcc.body()).path("signers").get(0);
        assertThat(added.path("kid").asText())
                .isEqualTo(running.authority.signers.getFirst().kid().toBase64());
        assertThat(delete("/v1/signers/" + added.path("id").asText()).statusCode())
                .isEqualTo(204);
        assertThat(delete("/v1/signers/" + added.path("id").asText()).statusCode())
                .isEqualTo(404);
        assertThat(delete("/v1/signers/CANARY").statusCode()).isEqualTo(404);
    }

    @Test
    void aSignerThatCannotBeTaken_isRejectedWithItsPlace() throws IOException {
        HttpResponse<String> noCertificate = post("/v1/signers", "{\"signers\":[{\"certificate\":\"AAAA\"}]}");
        assertThat(noCertificate.statusCode()).isEqualTo(422);
        assertThat(detail(noCertificate)).isEqualTo("signers[0]: not a readable X.509 certificate");
        assertThat(running.authority.signers).isEmpty();
        running.authority.rejecting = List.of(new Rejection("KID AQ==", "too many"));
        HttpResponse<String> crowded = post("/v1/signers", signer(RunningApi.ISSUER, ""));
        assertThat(crowded.statusCode()).isEqualTo(422);
        assertThat(detail(crowded)).isEqualTo("KID AQ==: too many");
        for (String more : List.of(
                ",\"kind\":\"pass\"",
                ",\"kind\":\"pass\",\"provider\":\"CANARY\"",
                ",\"provider\":\"kakao\"",
                ",\"kind\":\"x\"")) {
            assertThat(post("/v1/signers", signer(RunningApi.ISSUER, more)).statusCode())
                    .as(more)
                    .isEqualTo(400);
        }
    }

    @Test
    void aChangeThatWasNotMade_is503_andQuotesNothing() {
        running.authority.mood = Mood.FAILS;
        try (CapturedLogs logs = new CapturedLogs()) {
            HttpResponse<String> response = post("/v1/revocations", revocations(ENTRY));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("retry-after")).isPresent();
            assertThat(response.body()).contains("authority-unavailable").doesNotContain("CANARY");
            assertThat(logs.lines()).anyMatch(line -> line.contains("a change was not made"));
            assertThat(logs.lines()).noneMatch(line -> line.contains("CANARY"));
        }
    }

    @Test
    void aClientThatAsksTooMuch_waits_andOthersDoNot() {
        for (int i = 0; i < RunningApi.LIMIT; i++) {
            assertThat(delete("/v1/revocations/9").statusCode()).isEqualTo(404);
        }
        HttpResponse<String> shed = delete("/v1/revocations/9");
        assertThat(shed.statusCode()).isEqualTo(429);
        assertThat(shed.headers().firstValue("retry-after")).hasValue("1");
        assertThat(shed.body()).contains("too-many-requests");
        assertThat(running.post(RunningApi.payloads(1)).statusCode()).isEqualTo(200);
        running.time.advance(Duration.ofMillis(1));
        assertThat(delete("/v1/revocations/9").statusCode()).isEqualTo(404);
    }

    @Test
    void whileNoClientIsKnown_everybodyIsToldToAskAnotherGateway() {
        running.clients = Optional::empty;
        HttpResponse<String> response = running.post(RunningApi.payloads(1));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("not-ready");
        assertThat(response.headers().firstValue("retry-after")).isPresent();
        assertThat(response.headers().firstValue("www-authenticate")).isEmpty();
    }
}
