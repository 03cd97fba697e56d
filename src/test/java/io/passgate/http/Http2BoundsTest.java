package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.http.connection.ConnectionEnd;
import io.passgate.http.connection.ConnectionLimits;
import io.passgate.http.connection.Http2Gate;
import io.passgate.http.connection.PublicPort;
import io.passgate.http.connection.TrustedProxies;
import io.passgate.testing.api.RunningApi;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection of HTTP/2 holds no more than one of HTTP/1.1, in memory and in time. */
final class Http2BoundsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int ANSWER_BYTES = 100_000;

    private final RunningApi.Connected connected = new RunningApi.Connected();
    private final Vertx clients = Vertx.vertx();
    private Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        var _ = RunningApi.await(vertx.close());
        var _ = RunningApi.await(clients.close());
    }

    private PublicPort port(int heldBytes, Duration request, Duration answer) {
        var _ = RunningApi.await(vertx.close());
        PublicPort port = new PublicPort(
                new ConnectionLimits(100, 100, heldBytes, heldBytes, request, answer),
                TrustedProxies.none(),
                connected,
                System::nanoTime);
        vertx = Vertx.builder().withTransport(port.transport()).build();
        return port;
    }

    private int serve(PublicPort port) {
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(true);
        PublicPort.Guard guard = port.guard(vertx, options, why -> new byte[0]);
        return RunningApi.await(vertx.createHttpServer(options)
                        .connectionHandler(guard::guard)
                        .requestHandler(request -> request.endHandler(end -> {
                            Http2Gate.answers(request.connection(), ANSWER_BYTES);
                            request.response()
                                    .end(Buffer.buffer(new byte[ANSWER_BYTES]))
                                    .onComplete(done -> Http2Gate.answered(request.connection(), ANSWER_BYTES));
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    /** A client of HTTP/2 whose window takes so much of each answer. */
    private HttpClient client(int windowBytes) {
        return clients.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(windowBytes)));
    }

    private static HttpClientRequest request(HttpClient client, int port, HttpMethod method) {
        return RunningApi.await(client.request(method, port, "127.0.0.1", "/"));
    }

    private static void askAndDoNotRead(HttpClient client, int port) {
        HttpClientResponse unread = RunningApi.await(client.request(HttpMethod.GET, port, "127.0.0.1", "/")
                .compose(asked -> asked.send().onSuccess(HttpClientResponse::pause)));
        assertThat(unread.statusCode()).isEqualTo(200);
    }

    @Test
    void answersThatWaitForTheClientsWindow_areCounted_andGivenBack() {
        PublicPort bounds = port(10 * ANSWER_BYTES, LONG, LONG);
        int port = serve(bounds);
        HttpClient slow = client(1_000);
        for (int i = 0; i < 5; i++) {
            askAndDoNotRead(slow, port);
        }
        assertThat(bounds.heldBytes()).isBetween(4L * ANSWER_BYTES, 6L * ANSWER_BYTES);
        Buffer read = RunningApi.await(client(1 << 20)
                .request(HttpMethod.GET, port, "127.0.0.1", "/")
                .compose(asked -> asked.send().compose(HttpClientResponse::body)));
        assertThat(read.length()).isEqualTo(ANSWER_BYTES);
        var _ = RunningApi.await(slow.close());
        RunningApi.until(() -> bounds.heldBytes() == 0);
        assertThat(connected.ends).isEmpty();
    }

    @Test
    void answersBeyondTheBound_endTheirConnection() {
        PublicPort bounds = port(3 * ANSWER_BYTES, LONG, LONG);
        int port = serve(bounds);
        HttpClient slow = client(1_000);
        for (int i = 0; i < 10; i++) {
            var _ = slow.request(HttpMethod.GET, port, "127.0.0.1", "/")
                    .compose(asked -> asked.send().onSuccess(HttpClientResponse::pause));
        }
        RunningApi.until(() -> connected.ends.contains(ConnectionEnd.HELD_TOO_MUCH));
        var _ = RunningApi.await(slow.close());
        RunningApi.until(() -> bounds.heldBytes() == 0);
    }

    @Test
    void anAnswerThatIsNotTakenInTime_endsItsConnection() {
        PublicPort bounds = port(10 * ANSWER_BYTES, LONG, SHORT);
        int port = serve(bounds);
        askAndDoNotRead(client(1_000), port);
        RunningApi.until(() -> connected.ends.contains(ConnectionEnd.ANSWER_NOT_TAKEN));
        RunningApi.until(() -> bounds.open() == 0);
        assertThat(bounds.heldBytes()).isZero();
    }

    @Test
    void aRequestThatDoesNotEnd_isReset_andItsNeighboursAreAnswered() {
        PublicPort bounds = port(10 * ANSWER_BYTES, SHORT, LONG);
        int port = serve(bounds);
        HttpClient client = client(1 << 20);
        HttpClientRequest endless = request(client, port, HttpMethod.POST);
        endless.putHeader("content-length", "1000");
        var _ = RunningApi.await(endless.sendHead());
        assertThatThrownBy(() -> RunningApi.await(endless.response())).hasRootCauseMessage("Stream reset: 11");
        assertThat(connected.ends).containsExactly(ConnectionEnd.REQUEST_TOO_SLOW);
        HttpClientResponse next =
                RunningApi.await(request(client, port, HttpMethod.GET).send());
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(bounds.open()).isEqualTo(1);
    }
}
