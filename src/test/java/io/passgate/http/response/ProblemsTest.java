package io.passgate.http.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.passgate.access.Role;
import io.passgate.testing.api.RunningApi;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of wrong request is answered with. */
public final class ProblemsTest {
    private static final RunningApi RUNNING = RunningApi.open();

    @AfterAll
    static void stop() {
        RUNNING.close();
    }

    @AfterEach
    void resetTime() {
        RUNNING.time.set(RunningApi.NOON);
    }

    public static JsonNode assertProblem(HttpResponse<String> response, ProblemType type) {
        try {
            JsonNode body = new ObjectMapper().readTree(response.body());
            assertThat(body.path("type").textValue()).isEqualTo(type.uri());
            assertThat(body.path("title").textValue()).isEqualTo(type.title());
            assertThat(body.path("status").intValue()).isEqualTo(type.status());
            assertThat(response.statusCode()).isEqualTo(type.status());
            assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
            return body;
        } catch (JsonProcessingException broken) {
            throw new AssertionError("not JSON: " + response.body(), broken);
        }
    }

    private static HttpRequest.Builder authorized(String authorization) {
        return RUNNING.post(BodyPublishers.ofString(RunningApi.payloads(1))).setHeader("authorization", authorization);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Basic token-of-verifier",
                "token-of-verifier",
                "Bearertoken-of-verifier",
                "Bearer token-of-verifierX",
                "Bearer TOKEN-OF-VERIFIER"
            })
    void withoutAGoodToken_isUnauthenticated(String authorization) {
        HttpResponse<String> response = RUNNING.send(authorized(authorization));
        assertThat(assertProblem(response, ProblemType.UNAUTHENTICATED).has("detail"))
                .isFalse();
        assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer");
    }

    @Test
    void noAuthorizationAtAll_isUnauthenticated() {
        HttpResponse<String> response = RUNNING.send(RUNNING.request("/v1/verifications")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(RunningApi.payloads(1))));
        assertProblem(response, ProblemType.UNAUTHENTICATED);
        assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer");
    }

    @Test
    void aTokenLongerThanAny_isUnauthenticated() {
        assertProblem(RUNNING.send(authorized("Bearer " + "x".repeat(129))), ProblemType.UNAUTHENTICATED);
        assertProblem(RUNNING.send(authorized("Bearer " + "x".repeat(6_000))), ProblemType.UNAUTHENTICATED);
    }

    @Test
    void theScheme_hasNoCase() {
        assertThat(RUNNING.send(authorized("bEARER token-of-verifier")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aToken_isGoodToItsLastNanosecond() {
        RUNNING.time.set(RunningApi.TOKENS_END.minusNanos(1));
        assertThat(RUNNING.post(RunningApi.payloads(1)).statusCode()).isEqualTo(200);
        RUNNING.time.set(RunningApi.TOKENS_END);
        assertProblem(RUNNING.post(RunningApi.payloads(1)), ProblemType.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VERIFIER")
    void anotherRole_isForbidden(Role role) {
        JsonNode body =
                assertProblem(RUNNING.send(authorized("Bearer " + RunningApi.token(role))), ProblemType.FORBIDDEN);
        assertThat(body.path("detail").textValue()).isEqualTo("This route is for the role verifier.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "[]",
                "null",
                "\"payloads\"",
                "42",
                "{}",
                "{\"payloads\":[]}",
                "{\"payloads\":null}",
                "{\"payloads\":\"x\"}",
                "{\"payloads\":{}}",
                "{\"payloads\":[1]}",
                "{\"payloads\":[null]}",
                "{\"payloads\":[\"x\",true]}",
                "{\"payloads\":[[\"x\"]]}",
                "{\"payloads\":[\"x\"],\"payloads\":[\"x\"]}",
                "{\"payloads\":[\"x\"],\"policy\":\"a\",\"policy\":\"a\"}",
                "{\"payloads\":[\"x\"],\"policy\":1}",
                "{\"payloads\":[\"x\"],\"policy\":null}",
                "{\"payloads\":[\"x\"],\"policy\":[]}",
                "{\"payloads\":[\"x\"],\"at\":\"2021-07-12T00:00:00Z\"}",
                "{\"payloads\":[\"x\"],\"Policy\":\"kr\"}",
                "{\"payloads\":[\"x\"]",
                "{\"payloads\":[\"x\"",
                "{\"payloads\":[\"x",
                "{\"payloads\":[\"x\",]}",
                "{\"payloads\":[\"x\"],}",
                "{\"payloads\":[\"x\"]}{}",
                "{\"payloads\":[\"x\"]} x",
                "{'payloads':['x']}",
                "{payloads:[\"x\"]}",
                "{\"payloads\":[\"a\nb\"]}",
                "{\"payloads\":[\"\\x\"]}",
                "{\"payloads\":[\"\\u12\"]}",
                "{\"payloads\":[\"x\"]}/* c */"
            })
    void aBodyOfAnotherShape_isMalformed(String body) {
        JsonNode problem = assertProblem(RUNNING.post(body), ProblemType.MALFORMED_REQUEST);
        assertThat(problem.path("detail").textValue()).isNotBlank();
    }

    @Test
    void deepNesting_isMalformed() {
        String deep = "[".repeat(3_000) + "]".repeat(3_000);
        assertProblem(RUNNING.post("{\"payloads\":" + deep + "}"), ProblemType.MALFORMED_REQUEST);
        assertProblem(RUNNING.post("{\"x\":" + deep + "}"), ProblemType.MALFORMED_REQUEST);
        assertProblem(RUNNING.post(deep), ProblemType.MALFORMED_REQUEST);
    }

    @Test
    void invalidUtf8_isMalformed() {
        byte[] body = "{\"payloads\":[\"?\"]}".getBytes(StandardCharsets.US_ASCII);
        for (int wrong : new int[] {0x80, 0xbf, 0xff, 0xc3}) {
            body[14] = (byte) wrong;
            assertProblem(RUNNING.send(RUNNING.post(BodyPublishers.ofByteArray(body))), ProblemType.MALFORMED_REQUEST);
        }
    }

    @Test
    void aPolicyThatIsNotThere_isUnknown_andOneTooLongIsMalformed() {
        assertProblem(RUNNING.post(withPolicy("kr")), ProblemType.UNKNOWN_POLICY);
        assertProblem(RUNNING.post(withPolicy("")), ProblemType.UNKNOWN_POLICY);
        assertProblem(RUNNING.post(withPolicy("p".repeat(64))), ProblemType.UNKNOWN_POLICY);
        assertProblem(RUNNING.post(withPolicy("p".repeat(65))), ProblemType.MALFORMED_REQUEST);
    }

    private static String withPolicy(String policy) {
        return "{\"policy\":\"" + policy + "\",\"payloads\":[\"x\"]}";
    }

    @Test
    void tooManyPayloads_areSaidSo() {
        assertProblem(RUNNING.post(RunningApi.payloads(1_025)), ProblemType.TOO_MANY_PAYLOADS);
    }

    @Test
    void aBodyOfTheMostBytes_isRead_andOneMoreIsTooLarge_announcedOrNot() {
        String most = RunningApi.payloads(1)
                + " ".repeat(RunningApi.MAX_BODY - RunningApi.payloads(1).length());
        assertThat(RUNNING.post(most).statusCode()).isEqualTo(200);
        assertThat(RUNNING.send(chunked(most)).statusCode()).isEqualTo(200);
        assertProblem(RUNNING.post(most + " "), ProblemType.BODY_TOO_LARGE);
        assertProblem(RUNNING.send(chunked(most + " ")), ProblemType.BODY_TOO_LARGE);
    }

    private static HttpRequest.Builder chunked(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        return RUNNING.post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/jsonfoo",
                "application/json-patch+json",
                "application/problem+json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=application/json",
                "application",
                "*/*"
            })
    void anotherMediaType_isUnsupported(String type) {
        assertProblem(
                RUNNING.send(RUNNING.post(BodyPublishers.ofString(RunningApi.payloads(1)))
                        .setHeader("content-type", type)),
                ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void noMediaType_isUnsupported() {
        assertProblem(
                RUNNING.send(RUNNING.request("/v1/verifications")
                        .header("authorization", "Bearer token-of-verifier")
                        .POST(BodyPublishers.ofString(RunningApi.payloads(1)))),
                ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v1/verification", "/metrics", "/health/live", "/v1/verifications/x"})
    void anotherPath_isNotFound(String path) {
        assertProblem(RUNNING.send(RUNNING.request(path)), ProblemType.NOT_FOUND);
    }

    @Test
    void anotherMethod_isNotAllowed_andTheRightOneIsNamed() {
        HttpResponse<String> get = RUNNING.send(RUNNING.request("/v1/verifications"));
        assertProblem(get, ProblemType.METHOD_NOT_ALLOWED);
        assertThat(get.headers().firstValue("allow")).hasValue("POST");
        HttpResponse<String> put = RUNNING.send(RUNNING.request("/v1/signers").PUT(BodyPublishers.noBody()));
        assertProblem(put, ProblemType.METHOD_NOT_ALLOWED);
        assertThat(put.headers().firstValue("allow")).hasValue("GET, POST");
        HttpResponse<String> ofOne = RUNNING.send(RUNNING.request("/v1/revocations/1"));
        assertProblem(ofOne, ProblemType.METHOD_NOT_ALLOWED);
        assertThat(ofOne.headers().firstValue("allow")).hasValue("DELETE");
    }

    @Test
    void eachAnswer_isCountedUnderItsRoute_andAnUnknownPathIsNotRepeated() {
        try (RunningApi own = RunningApi.open()) {
            byte[] tooLarge = new byte[RunningApi.MAX_BODY + 1];
            assertThat(own.post("{}").statusCode()).isEqualTo(400);
            assertThat(own.send(own.post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge))))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(own.send(own.request("/v1/verifications")).statusCode()).isEqualTo(405);
            assertThat(own.send(own.request("/CANARY")).statusCode()).isEqualTo(404);
            own.clients = () -> {
                throw new IllegalStateException();
            };
            assertThat(own.post("{}").statusCode()).isEqualTo(500);
            RunningApi.until(() -> own.answered.size() == 5);
            assertThat(own.answered)
                    .containsExactlyInAnyOrder(
                            "/v1/verifications 400",
                            "/v1/verifications 413",
                            "/v1/verifications 405",
                            "/v1/verifications 500",
                            "other 404");
        }
    }

    @Test
    void aFaultOfOurs_isSaidSo_andNothingOfItIsTold() {
        RUNNING.clients = () -> {
            throw new IllegalStateException("inner secret");
        };
        try {
            HttpResponse<String> response = RUNNING.post(RunningApi.payloads(1));
            assertProblem(response, ProblemType.GATEWAY_FAULT);
            assertThat(response.body()).doesNotContain("secret");
        } finally {
            RUNNING.clients = () -> Optional.of(RunningApi.clients());
        }
    }
}
