package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.api.RunningApi;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes hold over HTTP/2 what they hold over HTTP/1.1. */
final class Http2MannersTest {
    private final RunningApi running = RunningApi.open();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    private int port;

    @BeforeEach
    void serve() {
        port = RunningApi.await(vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(true))
                        .requestHandler(running.api.router(vertx, EnumSet.allOf(Api.Part.class)))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    @AfterEach
    void stop() {
        var _ = RunningApi.await(vertx.close());
        running.close();
    }

    private HttpClientResponse send(HttpMethod method, String target, Consumer<MultiMap> headers) {
        HttpClientResponse response =
                RunningApi.await(http.request(method, port, "127.0.0.1", target).compose(request -> {
                    headers.accept(request.headers());
                    return request.send(Buffer.buffer(method.equals(HttpMethod.POST) ? "{}" : ""));
                }));
        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(response.getHeader("x-request-id")).isNotEmpty();
        assertThat(response.getHeader("x-content-type-options")).isEqualTo("nosniff");
        return response;
    }

    @Test
    void aHeaderThatMayBeThereOnce_isRefusedTwice() {
        for (String name : List.of("authorization", "content-type", "idempotency-key", "content-encoding", "host")) {
            HttpClientResponse twice = send(
                    HttpMethod.POST,
                    "/v1/check-ins",
                    headers -> headers.add(name, "127.0.0.1:" + port).add(name, "127.0.0.1:" + port));
            assertThat(twice.statusCode()).as(name).isEqualTo(400);
        }
    }

    @Test
    void anAuthorityAndAnotherHost_areNotAnswered() {
        assertThat(http.request(HttpMethod.GET, port, "127.0.0.1", "/v1/signers")
                        .compose(request ->
                                request.putHeader("host", "another.example").send())
                        .map(HttpClientResponse::statusCode)
                        .otherwise(400)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join())
                .isEqualTo(400);
        assertThat(send(HttpMethod.GET, "/v1/signers", headers -> headers.add("host", "127.0.0.1:" + port))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void head_isGetWithoutItsBody() {
        HttpClientResponse head = send(HttpMethod.HEAD, "/openapi.yaml", headers -> {});
        HttpClientResponse get = send(HttpMethod.GET, "/openapi.yaml", headers -> {});
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.getHeader("content-length")).isEqualTo(get.getHeader("content-length"));
        assertThat(head.getHeader("etag")).isEqualTo(get.getHeader("etag"));
    }

    @Test
    void whatCannotBeRead_isAProblem() {
        for (String target : List.of("/%zz", "/v1/signers?%", "/x#y")) {
            HttpClientResponse answer = send(HttpMethod.GET, target, headers -> {});
            assertThat(answer.statusCode()).as(target).isIn(400, 404);
            assertThat(answer.getHeader("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.getHeader("cache-control")).isEqualTo("no-store");
        }
    }
}
