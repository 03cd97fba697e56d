package io.passgate.http.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.CapturedLogs;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The management port byte by byte: what it answers, and that nobody keeps it from answering others. */
final class ManagementPortTest {
    private static final ManagementPort.Bounds USUAL = new ManagementPort.Bounds(256, Duration.ofSeconds(10));
    private static final String READY = "GET /health/ready HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String METRICS = "GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n";

    private static ManagementPort open(Supplier<String> metrics, ManagementPort.Bounds bounds) throws IOException {
        return new Management(metrics, List::of, List::of, List::of).listen("127.0.0.1", 0, bounds);
    }

    private static Socket connect(ManagementPort port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String hear(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String ask(ManagementPort port, String request) throws IOException {
        try (Socket socket = connect(port)) {
            say(socket, request);
            return hear(socket);
        }
    }

    @Test
    void everyAnswer_isTheLastOfItsConnection_andIsNeitherSniffedNorStored() throws IOException {
        try (ManagementPort port = open(() -> "# text\n", USUAL)) {
            for (String path : List.of("/metrics", "/health/live", "/health/ready", "/nothing", "/favicon.ico")) {
                assertThat(ask(port, "GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n"))
                        .as(path)
                        .contains(
                                "\r\nconnection: close\r\n",
                                "\r\nx-content-type-options: nosniff\r\n",
                                "\r\ncache-control: no-store\r\n");
            }
        }
    }

    @Test
    void head_isAnsweredAsGet_withoutTheBody() throws IOException {
        try (ManagementPort port = open(() -> "# text\n", USUAL)) {
            for (String path : List.of("/metrics", "/health/live", "/health/ready", "/nothing")) {
                String whole = ask(port, "GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n");
                String head = ask(port, "HEAD " + path + " HTTP/1.1\r\nhost: x\r\n\r\n");
                assertThat(head).as(path).isEqualTo(whole.substring(0, whole.indexOf("\r\n\r\n") + 4));
            }
        }
    }

    @Test
    void whatIsNotThere_orNotTaken_isAProblem() throws IOException {
        try (ManagementPort port = open(() -> "# text\n", USUAL)) {
            assertThat(ask(port, "GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 404 ")
                    .contains("\r\ncontent-type: application/problem+json\r\n")
                    .endsWith("{\"type\":\"urn:passgate:problem:not-found\",\"title\":\"There is nothing here\","
                            + "\"status\":404}");
            for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get")) {
                assertThat(ask(port, method + " /metrics HTTP/1.1\r\nhost: x\r\n\r\n"))
                        .startsWith("HTTP/1.1 405 ")
                        .contains("\r\nallow: GET, HEAD\r\n", "urn:passgate:problem:method-not-allowed");
            }
        }
    }

    @Test
    void aQuery_anOldVersion_andAnUpgradeThatIsOffered_changeNothing() throws IOException {
        try (ManagementPort port = open(() -> "# text\n", USUAL)) {
            assertThat(ask(port, "GET /metrics?x=/health/live HTTP/1.1\r\nhost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("# text\n");
            assertThat(ask(port, "GET /health/live HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            assertThat(ask(
                            port,
                            "GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: Upgrade, HTTP2-Settings\r\n"
                                    + "upgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /metrics HTTP/2.0\r\nhost: x\r\n\r\n",
                "GET /metrics\r\n\r\n",
                "GET  /metrics HTTP/1.1\r\nhost: x\r\n\r\n",
                "GET /metrics HTTP/1.1 \r\nhost: x\r\n\r\n",
                "\r\nGET /metrics HTTP/1.1\r\nhost: x\r\n\r\n",
                "\0GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n",
                "\u001bGET /metrics HTTP/1.1\r\nhost: x\r\n\r\n",
                "GET /metrics\u001b HTTP/1.1\r\nhost: x\r\n\r\n",
                "GET /metrics HTTP/1.1\nhost: x\r\n\r\n",
                "GET /metrics HTTP/1.1\r\r\nhost: x\r\n\r\n",
                "GET http://x/metrics HTTP/1.1\r\nhost: x\r\n\r\n",
                "GET * HTTP/1.1\r\nhost: x\r\n\r\n",
                "GET /metrics HTTP/1.1\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nhost: x\r\nhost: x\r\n\r\n",
                "GET /metrics HTTP/1.0\r\nhost: x\r\nHost: y\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nhost : x\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nhost: x\r\n: empty\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nhost: x\r\n folded\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nhost: x\r\nno colon\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nhost: x\r\nTransfer-Encoding: identity\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\nx",
                "GET /metrics HTTP/1.1\r\nhost: x\r\ncontent-length: +0\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\ncontent-length: 5\r\n\r\nhello",
            })
    void whatCouldBeReadInTwoWays_isAProblem_andTheConnectionEnds_andNothingOfItIsLogged(String request)
            throws IOException {
        try (CapturedLogs logs = new CapturedLogs();
                ManagementPort port = open(() -> "# text\n", USUAL)) {
            assertThat(ask(port, request))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\r\nconnection: close\r\n", "urn:passgate:problem:ambiguous-request");
            assertThat(logs.lines()).isEmpty();
        }
    }

    @Test
    void whatFollowsARequest_isNotAnotherOne() throws IOException {
        try (ManagementPort port = open(() -> "# text\n", USUAL)) {
            String all = ask(port, READY + READY + METRICS);
            assertThat(all.split("HTTP/1.1 ", -1)).hasSize(2);
        }
    }

    @Test
    void aHead_isBounded_toTheByte() throws IOException {
        try (ManagementPort port = open(() -> "# text\n", USUAL)) {
            String start = "GET /health/live HTTP/1.1\r\nhost: x\r\nx: ";
            String fits = start + "a".repeat(8_192 - start.length() - 4) + "\r\n\r\n";
            assertThat(fits).hasSize(8_192);
            assertThat(ask(port, fits)).startsWith("HTTP/1.1 200 ");
            assertThat(ask(port, start + "a".repeat(8_192 - start.length() - 3) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(ask(port, start + "a".repeat(200_000))).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aRequestInPieces_isOne() throws IOException {
        try (ManagementPort port = open(() -> "# text\n", USUAL);
                Socket socket = connect(port)) {
            socket.setTcpNoDelay(true);
            for (int i = 0; i < READY.length(); i++) {
                say(socket, READY.substring(i, i + 1));
            }
            assertThat(hear(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void whoSaysNoMoreAfterTheRequest_stillGetsTheMetrics() throws IOException {
        try (ManagementPort port = open(() -> "# text\n", USUAL);
                Socket socket = connect(port)) {
            say(socket, METRICS);
            socket.shutdownOutput();
            assertThat(hear(socket)).endsWith("# text\n");
        }
    }

    @Test
    void silentAndSlowConnections_keepNobodyOut_andEndInTime() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try (ManagementPort port =
                open(() -> "#".repeat(3_000_000), new ManagementPort.Bounds(64, Duration.ofSeconds(2)))) {
            for (int i = 0; i < 200; i++) {
                Socket socket = connect(port);
                slow.add(socket);
                say(socket, i % 3 == 0 ? "" : i % 3 == 1 ? "GET /hea" : METRICS);
                if (i % 20 == 0) {
                    long startedNs = System.nanoTime();
                    assertThat(ask(port, READY)).startsWith("HTTP/1.1 200 ");
                    assertThat(ask(port, METRICS)).startsWith("HTTP/1.1 200 ").hasSizeGreaterThan(3_000_000);
                    assertThat(System.nanoTime() - startedNs).isLessThan(TimeUnit.SECONDS.toNanos(5));
                }
            }
            try (Socket last = connect(port)) {
                say(last, "GET /hea");
                assertThat(last.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void metricsThatTakeTooLong_areAProblem_andHealthDoesNotWaitForThem() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Supplier<String> stuck = () -> {
            asked.countDown();
            try {
                var _ = release.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return "# late\n";
        };
        try (ManagementPort port = open(stuck, new ManagementPort.Bounds(64, Duration.ofSeconds(1)));
                Socket waiting = connect(port)) {
            say(waiting, METRICS);
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(ask(port, READY)).startsWith("HTTP/1.1 200 ");
            assertThat(hear(waiting).toLowerCase(Locale.ROOT))
                    .startsWith("http/1.1 503 ")
                    .contains("the metrics take too long");
            release.countDown();
            assertThat(ask(port, METRICS)).endsWith("# late\n");
        } finally {
            release.countDown();
        }
    }

    @Test
    void metricsThatCannotBeGathered_areAProblem() throws IOException {
        try (ManagementPort port = open(
                () -> {
                    throw new IllegalStateException("no");
                },
                USUAL)) {
            assertThat(ask(port, METRICS))
                    .startsWith("HTTP/1.1 500 ")
                    .contains("urn:passgate:problem:gateway-fault")
                    .doesNotContain("no\"");
            assertThat(ask(port, READY)).startsWith("HTTP/1.1 200 ");
        }
    }
}
