package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.passgate.testing.api.OpenApiDocument;
import io.passgate.testing.api.RunningApi;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interface as a page: its files, what browsers are told of them, and nothing else. */
final class DocsTest {
    private static final RunningApi RUNNING = RunningApi.open(new Api.Browsers(List.of(), true, Optional.empty()));
    private static final Map<String, String> FILES = Map.of(
            "/docs", "text/html; charset=utf-8",
            "/docs/docs.js", "text/javascript; charset=utf-8",
            "/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "/docs/swagger-ui.css", "text/css; charset=utf-8",
            "/docs/favicon-32x32.png", "image/png",
            "/docs/openapi.json", "application/json");

    @AfterAll
    static void stop() {
        RUNNING.close();
    }

    private static HttpResponse<String> get(String path) {
        return RUNNING.send(RUNNING.request(path));
    }

    private static HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    @Test
    void eachFile_isServedWithItsType_andWithAPolicyThatNamesNobodyElse() {
        FILES.forEach((path, type) -> {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).hasValue(type);
            assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("referrer-policy")).hasValue("no-referrer");
            assertThat(response.headers().firstValue("cache-control")).hasValue("no-cache");
            String policy =
                    response.headers().firstValue("content-security-policy").orElse("");
            assertThat(policy.split("; ", -1))
                    .contains(
                            "default-src 'none'",
                            "script-src 'self'",
                            "connect-src 'self'",
                            "img-src 'self' data:",
                            "frame-ancestors 'none'",
                            "base-uri 'none'",
                            "form-action 'none'");
            assertThat(policy).doesNotContain("unsafe-eval", "*", "http");
            RunningApi.until(() -> RUNNING.answered.contains(path + " 200"));
        });
    }

    @Test
    void thePage_loadsItsOwnFilesOnly() {
        List<String> loaded = new ArrayList<>();
        Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(get("/docs").body())
                .results()
                .forEach(found -> loaded.add(found.group(1)));
        assertThat(loaded).hasSize(4).allMatch(FILES::containsKey);
        assertThat(get("/docs").body()).doesNotContain("<style", "style=", "onload", "//");
        assertThat(get("/docs/docs.js").body())
                .contains(
                        "persistAuthorization: false",
                        "queryConfigEnabled: false",
                        "validatorUrl: null",
                        "url: \"/docs/openapi.json\"")
                .doesNotContain("http", "oauth2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/index.html",
                "/docs/oauth2-redirect.html",
                "/docs/oauth2-redirect.js",
                "/docs/swagger-initializer.js",
                "/docs/swagger-ui-standalone-preset.js",
                "/docs/swagger-ui-bundle.js.LICENSE.txt",
                "/docs/../openapi/openapi.yaml",
                "/docs/..%2fopenapi.json",
                "/docs/%2e%2e/web/docs/index.html",
                "/docs/META-INF/maven/org.webjars/swagger-ui/pom.properties",
                "/docs/docs.js%00",
                "/Docs",
                "/web/docs/index.html",
                "/swagger-ui.css"
            })
    void nothingElse_isThere(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void noFile_canBeWritten() {
        for (String path : FILES.keySet()) {
            HttpResponse<String> response = RUNNING.send(RUNNING.request(path).POST(BodyPublishers.ofString("x")));
            assertThat(response.statusCode()).isEqualTo(405);
        }
    }

    @Test
    void whoHasAFile_isToldSo() {
        for (String path : FILES.keySet()) {
            String etag = get(path).headers().firstValue("etag").orElseThrow();
            HttpResponse<String> again = RUNNING.send(RUNNING.request(path).header("if-none-match", etag));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("etag")).hasValue(etag);
        }
    }

    @Test
    void aFile_isCompressedForWhoTakesThat_withATagOfItsOwn() throws IOException, InterruptedException {
        for (String path : FILES.keySet()) {
            HttpResponse<byte[]> plain = bytes(RUNNING.request(path));
            assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
            assertThat(plain.headers().allValues("vary")).containsExactly("accept-encoding");
            HttpResponse<byte[]> response = bytes(RUNNING.request(path).header("accept-encoding", "br, GZIP;q=0.5"));
            if (path.endsWith(".png")) {
                assertThat(response.body()).isEqualTo(plain.body());
                continue;
            }
            assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
            assertThat(response.headers().firstValue("etag"))
                    .isNotEqualTo(plain.headers().firstValue("etag"));
            assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
                    .isEqualTo(plain.body());
            for (String not : List.of("gzip;q=0", "gzip; q=0.000", "br", "identity", "", "xgzip", ";;,", "gzipp")) {
                assertThat(bytes(RUNNING.request(path).header("accept-encoding", not))
                                .body())
                        .as(not)
                        .hasSameSizeAs(plain.body());
            }
        }
    }

    @Test
    void theDocumentOfAPort_hasItsOperations_andAsksThePortItCameFrom() throws IOException {
        JsonNode document =
                new ObjectMapper().readTree(get("/docs/openapi.json").body());
        assertThat(routes(document)).isEqualTo(OpenApiDocument.read().routes());
        assertThat(document.path("servers").toString()).isEqualTo("[{\"url\":\"/\"}]");
        assertThat(document.path("paths").findValues("servers")).isEmpty();
        assertThat(document.path("components")
                        .path("securitySchemes")
                        .path("bearer")
                        .path("scheme")
                        .asText())
                .isEqualTo("bearer");
    }

    @Test
    void whatNeedNotBeSaid_isNotFilledIn() throws IOException {
        JsonNode document =
                new ObjectMapper().readTree(get("/docs/openapi.json").body());
        List<JsonNode> optional = document.findParents("in").stream()
                .filter(parameter -> !parameter.path("required").asBoolean())
                .toList();
        assertThat(optional)
                .extracting(parameter -> parameter.path("name").asText())
                .contains("policy", "DPoP");
        assertThat(optional).noneMatch(parameter -> parameter.has("example") || parameter.has("examples"));
        JsonNode required = document.at("/paths/~1v1~1check-ins/post/parameters/0");
        assertThat(required.has("example") || required.has("examples")).isTrue();
    }

    @Test
    void theDocumentsOfTwoPorts_haveTheirOwnOperationsAndTags() throws IOException {
        Vertx vertx = RUNNING.vertx;
        Map<Api.Part, Set<String>> tags = Map.of(
                Api.Part.VERIFYING, Set.of("Verification", "CheckIn", "Tracing", "Trust", "Interface"),
                Api.Part.ISSUING, Set.of("Records", "Issuing", "Interface"));
        for (Api.Part part : Api.Part.values()) {
            Set<String> served = new TreeSet<>(Api.routes(RUNNING.api.router(vertx, EnumSet.of(part))));
            var _ = served.removeIf(route -> route.contains("/docs"));
            HttpResponse<byte[]> response = RunningApi.await(vertx.createHttpServer()
                    .requestHandler(RUNNING.api.router(vertx, EnumSet.of(part)))
                    .listen(0, "127.0.0.1")
                    .compose(server -> vertx.<HttpResponse<byte[]>>executeBlocking(() -> bytes(HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + server.actualPort() + "/docs/openapi.json"))))
                            .eventually(server::close)));
            JsonNode document = new ObjectMapper().readTree(new String(response.body(), StandardCharsets.UTF_8));
            assertThat(routes(document)).isEqualTo(served);
            assertThat(document.path("tags").findValuesAsText("name"))
                    .containsExactlyInAnyOrderElementsOf(tags.getOrDefault(part, Set.of()));
        }
    }

    private static Set<String> routes(JsonNode document) {
        Set<String> routes = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return routes;
    }

    @Test
    void withoutTheKey_thereIsNoPage() {
        try (RunningApi usual = RunningApi.open()) {
            for (String path : FILES.keySet()) {
                assertThat(usual.send(usual.request(path)).statusCode()).isEqualTo(404);
            }
        }
    }
}
