package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.http.response.CrossOrigin;
import io.passgate.testing.api.RawConnection;
import io.passgate.testing.api.RunningApi;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins may ask and read. */
final class CrossOriginTest {
    private static final String DOOR = "https://door.example";
    private static final String LOCAL = "http://127.0.0.1:3000";
    private static final RunningApi RUNNING =
            RunningApi.open(new Api.Browsers(List.of(DOOR, LOCAL), false, Optional.empty()));

    @AfterAll
    static void stop() {
        RUNNING.close();
    }

    private static HttpResponse<String> ask(HttpRequest.Builder request, String origin) {
        return RUNNING.send(request.header("origin", origin));
    }

    private static HttpRequest.Builder verification(String body) {
        return RUNNING.post(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder preflight(String path, String method) {
        return RUNNING.request(path)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("access-control-request-method", method)
                .header("access-control-request-headers", "authorization,content-type");
    }

    private static Optional<String> header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name);
    }

    private static void isReadable(HttpResponse<String> response, String origin) {
        assertThat(response.headers().allValues("access-control-allow-origin")).containsExactly(origin);
        assertThat(header(response, "access-control-expose-headers"))
                .hasValue("retry-after, x-request-id, etag, token-expires");
        assertThat(response.headers().allValues("vary")).contains("origin");
        assertThat(header(response, "access-control-allow-credentials")).isEmpty();
    }

    private static void isNotReadable(HttpResponse<String> response) {
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        assertThat(response.headers().allValues("vary")).contains("origin");
    }

    @Test
    void anAnswer_isReadableByAConfiguredOrigin_andByNoOther() {
        for (String origin : List.of(DOOR, LOCAL)) {
            HttpResponse<String> response = ask(verification(RunningApi.payloads(1)), origin);
            assertThat(response.statusCode()).isEqualTo(200);
            isReadable(response, origin);
            assertThat(response.headers().allValues("vary")).containsExactly("origin", "accept-language");
        }
        HttpResponse<String> same = RUNNING.post(RunningApi.payloads(1));
        assertThat(same.statusCode()).isEqualTo(200);
        isNotReadable(same);
        HttpResponse<String> document = ask(RUNNING.request("/openapi.yaml"), DOOR);
        isReadable(document, DOOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "*",
                "",
                "https://door.example/",
                "https://door.example:443",
                "https://DOOR.example",
                "http://door.example",
                "https://door.example.evil.example",
                "https://evil.example https://door.example",
                "https://door.example, https://evil.example",
                "https://evil.example"
            })
    void anotherOrigin_isAnsweredAsBefore_andItsBrowserKeepsItFromThePage(String origin) {
        HttpResponse<String> response = ask(verification(RunningApi.payloads(1)), origin);
        assertThat(response.statusCode()).isEqualTo(200);
        isNotReadable(response);
        HttpResponse<String> refused = ask(preflight("/v1/verifications", "POST"), origin);
        assertThat(refused.statusCode()).isEqualTo(405);
        isNotReadable(refused);
    }

    @Test
    void twoOrigins_areNone() throws IOException {
        String lines = "GET /v1/signers HTTP/1.1\r\nhost: x\r\norigin: " + DOOR + "\r\norigin: " + DOOR + "\r\n\r\n";
        try (RawConnection connection = new RawConnection(RUNNING.port)) {
            connection.say(lines);
            assertThat(connection.head()).contains("200").doesNotContain("access-control");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/verifications|POST|POST",
                "/v1/check-ins|POST|POST",
                "/v1/signers|GET|GET, POST",
                "/v1/signers/1|DELETE|DELETE",
                "/v1/passes|POST|POST",
                "/openapi.yaml|GET|GET"
            })
    void aPreflight_isAnsweredWithThePathsMethods_andCountedByItsRoute(String path, String method, String allowed) {
        HttpResponse<String> response = ask(preflight(path, method), DOOR);
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        isReadable(response, DOOR);
        assertThat(header(response, "access-control-allow-methods")).hasValue(allowed);
        assertThat(header(response, "access-control-allow-headers").map(names -> Set.of(names.split(", ", -1))))
                .hasValue(Set.of(
                        "authorization",
                        "content-type",
                        "idempotency-key",
                        "dpop",
                        "accept-language",
                        "x-request-id",
                        "traceparent"));
        assertThat(header(response, "access-control-max-age")).hasValue("600");
        assertThat(header(response, "x-request-id")).isPresent();
        RunningApi.until(() -> RUNNING.answered.contains(path.replace("/1", "/{id}") + " 204"));
    }

    @Test
    void aPreflightOfAPathThatIsNone_isRefused_andReadable() {
        HttpResponse<String> response = ask(preflight("/v1/nothing", "POST"), DOOR);
        assertThat(response.statusCode()).isEqualTo(404);
        isReadable(response, DOOR);
    }

    @Test
    void optionsThatAreNoPreflight_areNoMethodOfARoute() {
        HttpResponse<String> response =
                ask(RUNNING.request("/v1/signers").method("OPTIONS", BodyPublishers.noBody()), DOOR);
        assertThat(response.statusCode()).isEqualTo(405);
        isReadable(response, DOOR);
    }

    @Test
    void problems_areReadable() {
        Map<Integer, HttpRequest.Builder> problems = Map.of(
                400, verification("{}"),
                401, RUNNING.request("/v1/verifications").POST(BodyPublishers.noBody()),
                403,
                        RUNNING.request("/v1/check-ins")
                                .header("authorization", "Bearer " + RunningApi.token(Role.VERIFIER))
                                .POST(BodyPublishers.noBody()),
                404, RUNNING.request("/nothing"),
                405, RUNNING.request("/v1/verifications"),
                413, verification(" ".repeat(RunningApi.MAX_BODY + 1)),
                415, verification("{}").setHeader("content-type", "text/plain"));
        problems.forEach((status, request) -> {
            HttpResponse<String> response = ask(request, DOOR);
            assertThat(response.statusCode()).isEqualTo(status);
            isReadable(response, DOOR);
        });
    }

    @Test
    void aClientThatAsksTooMuch_readsWhenItMayAgain() {
        HttpResponse<String> response = ask(admin(), DOOR);
        for (int i = 0; i < 3 * RunningApi.LIMIT && response.statusCode() != 429; i++) {
            response = ask(admin(), DOOR);
        }
        assertThat(response.statusCode()).isEqualTo(429);
        isReadable(response, DOOR);
        assertThat(header(response, "retry-after")).isPresent();
    }

    private static HttpRequest.Builder admin() {
        return RUNNING.request("/v1/revocations/1")
                .header("authorization", "Bearer " + RunningApi.token(Role.TRUST_ADMIN))
                .DELETE();
    }

    @Test
    void whatIsNotReadyYet_isReadable() {
        try (RunningApi own = RunningApi.open(new Api.Browsers(List.of(DOOR), false, Optional.empty()))) {
            own.clients = Optional::empty;
            HttpResponse<String> response =
                    own.send(own.post(BodyPublishers.ofString("{}")).header("origin", DOOR));
            assertThat(response.statusCode()).isEqualTo(503);
            isReadable(response, DOOR);
            assertThat(header(response, "retry-after")).isPresent();
        }
    }

    @Test
    void whatIsAnsweredBeforeItsOriginIsKnown_isReadableWhereThereIsOne() throws IOException {
        String tooLong = "GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nhost: x\r\n\r\n";
        try (RunningApi own = RunningApi.open(new Api.Browsers(List.of(DOOR), false, Optional.empty()));
                RawConnection connection = new RawConnection(own.port)) {
            assertThat(own.send(own.request("/openapi.yaml")).statusCode()).isEqualTo(200);
            connection.say(tooLong);
            assertThat(connection.head()).contains("414", "access-control-allow-origin: " + DOOR + "\r\n");
        }
        try (RawConnection connection = new RawConnection(RUNNING.port)) {
            connection.say(tooLong);
            assertThat(connection.head()).contains("414").doesNotContain("access-control-allow-origin");
        }
        assertThat(CrossOrigin.ofRefusal(List.of())).isEmpty();
    }

    @Test
    void withoutConfiguredOrigins_nothingSpeaksOfThem() {
        try (RunningApi usual = RunningApi.open()) {
            HttpResponse<String> answer = usual.send(
                    usual.post(BodyPublishers.ofString(RunningApi.payloads(1))).header("origin", DOOR));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
            assertThat(answer.headers().allValues("vary")).containsExactly("accept-language");
            HttpResponse<String> preflight = usual.send(usual.request("/v1/verifications")
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("origin", DOOR)
                    .header("access-control-request-method", "POST"));
            assertThat(preflight.statusCode()).isEqualTo(405);
            assertThat(preflight.headers().allValues("vary")).isEmpty();
        }
    }

    /** As somebody would ask who looks for a way in, or for memory that origins fill. */
    @Test
    void aThousandOrigins_oneOf8KiB_andNull_areAnsweredAndLeaveNothing() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            HttpResponse<String> response = ask(RUNNING.request("/openapi.yaml"), "https://door" + i + ".example");
            assertThat(response.statusCode()).isEqualTo(200);
            isNotReadable(response);
        }
        for (int chars : new int[] {7_000, 8_192, 9_000}) {
            try (RawConnection connection = new RawConnection(RUNNING.port)) {
                connection.say(
                        "OPTIONS /v1/verifications HTTP/1.1\r\nhost: x\r\naccess-control-request-method: POST\r\n"
                                + "origin: https://" + "a".repeat(chars - 8) + "\r\n\r\n");
                assertThat(connection.head()).containsAnyOf(" 405 ", " 431 ").doesNotContain("access-control");
            }
        }
        isReadable(ask(RUNNING.request("/openapi.yaml"), DOOR), DOOR);
        assertThat(RUNNING.answered).allMatch(route -> !route.contains("door"));
    }
}
