package io.passgate.http;

import static io.passgate.http.response.ProblemsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.http.response.ProblemType;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.RawAnswer;
import io.passgate.testing.api.RawConnection;
import io.passgate.testing.api.RunningApi;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every request and every answer, whatever the route. */
final class RequestMannersTest {
    private static final RunningApi RUNNING = RunningApi.open();
    private static final String VERIFIER =
            RawConnection.headers("token-of-verifier", "accept: */*").strip() + "\r\n";

    @AfterAll
    static void stop() {
        RUNNING.close();
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static RawAnswer raw(String request) throws IOException {
        return RawAnswer.to(RUNNING.port, request).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A-Z_09", "0123456789012345678901234567890123456789012345678901234567890123"})
    void anIdOfTheClient_isTaken(String id) {
        HttpResponse<String> good = RUNNING.send(
                RUNNING.post(BodyPublishers.ofString(RunningApi.payloads(1))).header("x-request-id", id));
        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(header(good, "x-request-id")).isEqualTo(id);
        JsonNode problem = assertProblem(
                RUNNING.send(RUNNING.request("/nowhere").header("X-Request-Id", id)), ProblemType.NOT_FOUND);
        assertThat(problem.path("requestId").textValue()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a/b",
                "a.b",
                "<b>",
                "01234567890123456789012345678901234567890123456789012345678901234",
            })
    void whatIsNoId_isReplaced(String id) {
        HttpResponse<String> response =
                RUNNING.send(RUNNING.request("/v1/signers").header("x-request-id", id));
        assertThat(header(response, "x-request-id")).isNotEqualTo(id).matches("[a-z0-9]{24}");
    }

    @Test
    void everyRequest_hasAnotherId() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ids.add(header(RUNNING.send(RUNNING.request("/v1/signers")), "x-request-id"));
        }
        assertThat(ids).hasSize(100);
    }

    @Test
    void aFaultInTheLog_namesItsRequest() {
        try (CapturedLogs logs = new CapturedLogs();
                RunningApi own = RunningApi.open()) {
            own.clients = () -> {
                throw new IllegalStateException("inner secret");
            };
            JsonNode problem = assertProblem(own.post("{}"), ProblemType.GATEWAY_FAULT);
            String id = problem.path("requestId").textValue();
            String named = "request " + id + ": a request to /v1/verifications failed";
            assertThat(logs.lines()).anyMatch(line -> line.contains(named));
            assertThat(logs.lines()).noneMatch(line -> line.contains("secret"));
        }
    }

    @Test
    void whatMayBeStored_isSaidByTheRoute_andNothingElseMay() {
        HttpResponse<String> judged = RUNNING.post(RunningApi.payloads(1));
        assertThat(judged.statusCode()).isEqualTo(200);
        assertThat(header(judged, "cache-control")).isEqualTo("no-store");
        assertThat(header(RUNNING.post("{}"), "cache-control")).isEqualTo("no-store");
        assertThat(header(RUNNING.send(RUNNING.request("/nowhere")), "cache-control"))
                .isEqualTo("no-store");
        assertThat(header(RUNNING.send(RUNNING.request("/v1/signers")), "cache-control"))
                .isEqualTo("no-cache");
        assertThat(header(RUNNING.send(RUNNING.request("/openapi.yaml")), "cache-control"))
                .isEqualTo("max-age=3600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/signers", "/openapi.yaml", "/nowhere", "/v1/verifications", "/%zz"})
    void nothingIsToBeGuessedAt_andNobodyIsToldOfTlsThatIsNotThere(String path) throws IOException {
        RawAnswer answer = raw("GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n");
        assertThat(answer.headers()).containsEntry("x-content-type-options", "nosniff");
        assertThat(answer.headers()).doesNotContainKey("strict-transport-security");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/signers", "/openapi.yaml"})
    void head_isGetWithoutItsBody(String path) throws IOException {
        RawAnswer get = raw("GET " + path + " HTTP/1.1\r\nhost: x\r\nx-request-id: a\r\n\r\n");
        String head = "HEAD " + path + " HTTP/1.1\r\nhost: x\r\nx-request-id: a\r\n\r\n";
        assertThat(raw(head)).isEqualTo(new RawAnswer(200, get.headers(), ""));
        assertThat(get.headers().get("content-length"))
                .isEqualTo(Integer.toString(get.body().getBytes(StandardCharsets.UTF_8).length));
        try (RawConnection twice = new RawConnection(RUNNING.port)) {
            twice.say(head + "GET /nowhere HTTP/1.1\r\nhost: x\r\n\r\n");
            assertThat(twice.headStatus()).isEqualTo(200);
            assertThat(twice.status()).as("nothing stands between the two").isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD,/v1/verifications,405", "OPTIONS,/v1/signers,405", "HEAD,/nowhere,404", "PATCH,/openapi.yaml,405"
    })
    void anotherMethod_isToldWhichThereAre(String method, String path, int status) throws IOException {
        RawAnswer answer = raw(method + " " + path + " HTTP/1.1\r\nhost: x\r\n\r\n");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().containsKey("allow")).isEqualTo(status == 405);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    }

    @Test
    void theDocumentOfTheCaller_isNotSentAgain() {
        String etag = header(RUNNING.send(RUNNING.request("/openapi.yaml")), "etag");
        assertThat(etag).matches("\"[0-9a-f]{32}\"");
        HttpResponse<String> same =
                RUNNING.send(RUNNING.request("/openapi.yaml").header("if-none-match", "\"x\", W/" + etag));
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(header(same, "etag")).isEqualTo(etag);
    }

    @Test
    void anExpectationThatNobodyKnows_isNotMet_andTheConnectionEnds() throws IOException {
        try (CapturedLogs logs = new CapturedLogs();
                RawConnection client = new RawConnection(RUNNING.port)) {
            client.say(VERIFIER + "expect: the-spanish-inquisition\r\ncontent-length: 2\r\n\r\n{}");
            assertThat(client.status()).isEqualTo(417);
            assertThat(client.isClosed()).isTrue();
            assertThat(logs.lines()).noneMatch(line -> line.contains("SEVERE"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "identity, gzip", "x", ""})
    void aCompressedBody_isNotTaken_andTheAnswerSaysWhatIs(String coding) throws IOException {
        RawAnswer answer = raw(VERIFIER + "content-encoding: " + coding + "\r\ncontent-length: 2\r\n\r\n{}");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.headers()).containsEntry("accept-encoding", "identity");
        assertThat(answer.body()).contains(ProblemType.UNSUPPORTED_CONTENT_CODING.uri());
    }

    @Test
    void aBodyInItsOwnCoding_isTaken() throws IOException {
        String body = RunningApi.payloads(1);
        String framing = "content-encoding: Identity\r\ncontent-length: " + body.length() + "\r\n\r\n";
        assertThat(raw(VERIFIER + framing + body).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization: Bearer token-of-verifier",
                "Authorization: Bearer other",
                "host: x",
                "content-type: application/json",
                "expect: 100-continue\r\nexpect: 100-continue",
                "idempotency-key: a\r\nIdempotency-Key: b",
                "content-encoding: identity\r\ncontent-encoding: identity",
            })
    void aHeaderThatMayBeThereOnce_isRefusedTwice(String line) throws IOException {
        RawAnswer answer = raw(VERIFIER + line + "\r\ncontent-length: 2\r\n\r\n{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(ProblemType.AMBIGUOUS_REQUEST.uri());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%",
                "/%2",
                "/%zz",
                "/%%",
                "/%+1",
                "/x?%zz",
                "/v1/signers?a=%",
                "/\u00e9",
                "/\u0001",
                "/a\u001b[31m"
            })
    void aTargetThatIsNoUri_isRefused_whateverItsRoute(String target) throws IOException {
        Optional<RawAnswer> answer = RawAnswer.to(RUNNING.port, "GET " + target + " HTTP/1.1\r\nhost: x\r\n\r\n");
        assertThat(answer).hasValueSatisfying(problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.body()).contains(ProblemType.AMBIGUOUS_REQUEST.uri());
        });
    }

    @Test
    void aClientThatLeaves_isCountedAsSuch() throws IOException {
        try (RunningApi own = RunningApi.open()) {
            try (RawConnection client = new RawConnection(own.port)) {
                client.say(VERIFIER + "expect: 100-continue\r\ncontent-length: 500\r\n\r\n");
                assertThat(client.status()).isEqualTo(100);
            }
            RunningApi.until(() -> own.abandoned.contains("/v1/verifications"));
            assertThat(own.send(own.request("/nowhere")).statusCode()).isEqualTo(404);
        }
    }
}
