package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.http.connection.ConnectionEnd;
import io.passgate.http.connection.ConnectionLimits;
import io.passgate.http.connection.ConnectionObserver;
import io.passgate.http.connection.Networks;
import io.passgate.http.connection.PublicPort;
import io.passgate.http.connection.TrustedProxies;
import io.passgate.testing.api.RawConnection;
import io.passgate.testing.api.RunningApi;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word is taken for a client's address, over real sockets from 127.0.0.1. */
final class TrustedProxiesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For what ends by the server's patience alone: less than a test waits for. */
    private static final Duration IMPATIENCE = Duration.ofSeconds(1);
    private static final String REQUEST = "GET / HTTP/1.1\r\nhost: x\r\n";

    private final Queue<ConnectionEnd> ends = new ConcurrentLinkedQueue<>();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        var _ = RunningApi.await(vertx.close());
    }

    private int serve(TrustedProxies proxies, int perAddress, Duration patience) {
        PublicPort port = new PublicPort(
                new ConnectionLimits(100, perAddress, 1 << 20, 1 << 20, patience, PATIENCE),
                proxies,
                new ConnectionObserver() {
                    @Override
                    public void ended(ConnectionEnd why) {
                        ends.add(why);
                    }

                    @Override
                    public void refused(int status) {}
                },
                System::nanoTime);
        var _ = RunningApi.await(vertx.close());
        vertx = Vertx.builder().withTransport(port.transport()).build();
        HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        PublicPort.Guard guard = port.guard(vertx, options, why -> new byte[0]);
        HttpServer server = RunningApi.await(vertx.createHttpServer(options)
                .connectionHandler(guard::guard)
                .requestHandler(request -> {
                    InetAddress address = proxies.addressOf(request);
                    seen.add((address == null ? "nobody" : address.getHostAddress()) + " "
                            + request.remoteAddress().hostAddress());
                    var _ = request.response().setStatusCode(204).end();
                })
                .listen(0, "127.0.0.1"));
        return server.actualPort();
    }

    private static TrustedProxies trusting(String network, boolean proxyProtocol) {
        return new TrustedProxies(Networks.of(List.of(network, "10.0.0.0/8")), proxyProtocol);
    }

    private String addressSeen(int port, String said) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            assertThat(connection.say(said).status()).isEqualTo(204);
        }
        return seen.remove();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Forwarded: for=192.0.2.7 | 192.0.2.7",
                "Forwarded: For=\"192.0.2.7:4711\";proto=https | 192.0.2.7",
                "Forwarded: proto=https;for=\"[2001:db8::17]:4711\" | 2001:db8:0:0:0:0:0:17",
                "Forwarded: for=203.0.113.9, for=192.0.2.7 | 192.0.2.7",
                "Forwarded: for=192.0.2.7, for=10.1.2.3 | 192.0.2.7",
                "Forwarded: for=unknown | 127.0.0.1",
                "Forwarded: for=192.0.2.7, for=_hidden | 127.0.0.1",
                "Forwarded: for=192.0.2.7, for=_hidden, for=10.1.2.3 | 10.1.2.3",
                "Forwarded: by=192.0.2.7 | 127.0.0.1",
                "X-Forwarded-For: 192.0.2.7 | 192.0.2.7",
                "X-Forwarded-For: 203.0.113.9, 192.0.2.7 | 192.0.2.7",
                "X-Forwarded-For: 2001:db8::17 | 2001:db8:0:0:0:0:0:17",
                "X-Forwarded-For: 192.0.2.7:80 | 192.0.2.7",
                "X-Forwarded-For: , | 127.0.0.1",
                "X-Forwarded-For: localhost | 127.0.0.1",
                "X-Other: 192.0.2.7 | 127.0.0.1"
            })
    void aTrustedProxysHeaderSaysWhoAsks_andWhatTheClientWroteBeforeItDoesNot(String header, String address)
            throws IOException {
        int port = serve(trusting("127.0.0.0/8", false), 100, PATIENCE);
        assertThat(addressSeen(port, REQUEST + header + "\r\n\r\n")).startsWith(address + " ");
    }

    @Test
    void whoIsNotTrusted_isWhoeverItsSocketIs() throws IOException {
        int port = serve(trusting("192.0.2.0/24", false), 100, PATIENCE);
        assertThat(addressSeen(port, REQUEST + "forwarded: for=192.0.2.7\r\nx-forwarded-for: 192.0.2.7\r\n\r\n"))
                .isEqualTo("127.0.0.1 127.0.0.1");
    }

    @Test
    void aProxyHeaderSaysWhoAsks_andTheRequestsHeadersDoNot() throws IOException {
        int port = serve(trusting("127.0.0.0/8", true), 100, PATIENCE);
        String header = "PROXY TCP4 192.0.2.7 127.0.0.1 4711 8080\r\n";
        assertThat(addressSeen(port, header + REQUEST + "forwarded: for=203.0.113.9\r\n\r\n"))
                .isEqualTo("192.0.2.7 192.0.2.7");
        assertThat(addressSeen(port, "PROXY UNKNOWN\r\n" + REQUEST + "\r\n")).isEqualTo("127.0.0.1 127.0.0.1");
    }

    @Test
    void aProxyHeaderOfVersion2_isReadToo() throws IOException {
        int port = serve(trusting("127.0.0.0/8", true), 100, PATIENCE);
        String header =
                "\r\n\r\n\0\r\nQUIT\n" + "!\u0011\0\u000c" + "\u00c0\0\2\7" + "\177\0\0\1" + "\u0012g" + "\u001f\u0090";
        assertThat(addressSeen(port, header + REQUEST + "\r\n")).isEqualTo("192.0.2.7 192.0.2.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nhost: x\r\n\r\n", "PROXY TCP4 x y 1 2\r\n", "PROXYTCP4\r\n"})
    void aTrustedProxyThatDoesNotSayWho_isClosed(String said) throws IOException {
        int port = serve(trusting("127.0.0.0/8", true), 100, IMPATIENCE);
        try (RawConnection connection = new RawConnection(port)) {
            assertThat(connection.say(said).isClosed()).isTrue();
        }
        RunningApi.until(() -> !ends.isEmpty());
        assertThat(ends).containsExactly(ConnectionEnd.NO_PROXY_HEADER);
        assertThat(seen).isEmpty();
    }

    @Test
    void aTrustedProxyThatSaysNothing_isClosedInTime() throws IOException {
        int port = serve(trusting("127.0.0.0/8", true), 100, Duration.ofMillis(100));
        try (RawConnection connection = new RawConnection(port)) {
            assertThat(connection.say("PROXY TCP4 ").isClosed()).isTrue();
        }
    }

    @Test
    void aProxyHeaderOfSomebodyElse_isNoRequest() throws IOException {
        int port = serve(trusting("192.0.2.0/24", true), 100, PATIENCE);
        try (RawConnection connection = new RawConnection(port)) {
            assertThat(connection
                            .say("PROXY TCP4 192.0.2.7 127.0.0.1 4711 8080\r\n" + REQUEST + "\r\n")
                            .isClosed())
                    .isTrue();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void theBoundOfAnAddress_isOfWhomTheProxyNames() throws IOException {
        int port = serve(trusting("127.0.0.0/8", true), 2, PATIENCE);
        try (RawConnection first = new RawConnection(port);
                RawConnection second = new RawConnection(port);
                RawConnection other = new RawConnection(port);
                RawConnection third = new RawConnection(port)) {
            String one = "PROXY TCP4 192.0.2.7 127.0.0.1 4711 8080\r\n" + REQUEST + "\r\n";
            assertThat(first.say(one).status()).isEqualTo(204);
            assertThat(second.say(one).status()).isEqualTo(204);
            assertThat(other.say(one.replace("192.0.2.7", "192.0.2.8")).status())
                    .isEqualTo(204);
            assertThat(third.say(one).status()).isEqualTo(204);
            assertThat(first.isClosed()).isTrue();
            assertThat(second.say(REQUEST + "\r\n").status()).isEqualTo(204);
            assertThat(other.say(REQUEST + "\r\n").status()).isEqualTo(204);
        }
        assertThat(ends).containsExactly(ConnectionEnd.MADE_ROOM);
    }
}
