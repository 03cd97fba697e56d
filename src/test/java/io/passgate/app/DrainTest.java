package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.TestConfig;
import io.passgate.testing.gateway.RunningGateway;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that stops while clients go on asking: nobody is turned away before all have had time to hear of it. */
final class DrainTest {
    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final int CLIENTS = 6;
    private static final String REQUEST = "GET /v1/signers HTTP/1.1\r\nhost: x\r\n\r\n";

    @TempDir
    private Path folder = Path.of("");

    /** What came of one request on a connection of its own. */
    private record Attempt(long startedNs, String outcome) {}

    private static String ask(int port) {
        try (Socket socket = new Socket()) {
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            } catch (ConnectException refused) {
                return "refused";
            }
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return new String(start, StandardCharsets.US_ASCII);
        } catch (IOException lost) {
            return lost.getMessage() == null ? lost.toString() : lost.getMessage();
        }
    }

    /** The head of the next answer, whose body is passed over. */
    private static String answer(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        String text = head.toString().toLowerCase(java.util.Locale.ROOT);
        String length = text.substring(text.indexOf("content-length: ") + "content-length: ".length());
        var _ = socket.getInputStream().readNBytes(Integer.parseInt(length.substring(0, length.indexOf('\r'))));
        return text;
    }

    private static Thread start(Runnable work) {
        return Thread.ofPlatform().daemon().start(work);
    }

    @Test
    void newConnectionsUnderLoad_areTakenAndAnswered_untilThePortCloses() throws IOException, InterruptedException {
        TestConfig config = RunningGateway.config().with("http.drain", DRAIN);
        Gateway gateway = Gateway.start(config.build(), folder, false);
        int port = gateway.port();
        int managementPort = gateway.managementPort();
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicLong toldNs = new AtomicLong();
        Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(start(() -> {
                while (!isOver.get()) {
                    long startedNs = System.nanoTime();
                    attempts.add(new Attempt(startedNs, ask(port)));
                }
            }));
        }
        RunningGateway.until(() -> attempts.size() > 200);
        toldNs.set(System.nanoTime());
        Thread stopping = start(gateway::close);
        RunningGateway.until(() -> !stopping.isAlive() || notReady(managementPort));
        assertThat(stopping.isAlive()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - toldNs.get())).isLessThan(DRAIN);
        stopping.join();
        isOver.set(true);
        for (Thread client : clients) {
            client.join();
        }
        long closedNs = toldNs.get() + DRAIN.toNanos();
        assertThat(attempts)
                .filteredOn(attempt -> attempt.startedNs - closedNs < 0)
                .hasSizeGreaterThan(200)
                .allSatisfy(attempt -> assertThat(attempt.outcome).isEqualTo("HTTP/1.1 200"));
        assertThat(attempts)
                .filteredOn(attempt -> attempt.startedNs - toldNs.get() > 0 && attempt.startedNs - closedNs < 0)
                .as("asked while draining")
                .hasSizeGreaterThan(20);
    }

    private static boolean notReady(int managementPort) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), managementPort)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /health/ready HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .contains("shutting down");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void whileDraining_eachAnswerIsTheLastOfItsConnection_andSilentOnesEndWithThePort() throws Exception {
        TestConfig config = RunningGateway.config().with("http.drain", DRAIN);
        Gateway gateway = Gateway.start(config.build(), folder, false);
        try (Socket kept = new Socket("127.0.0.1", gateway.port());
                Socket silent = new Socket("127.0.0.1", gateway.port())) {
            for (Socket socket : List.of(kept, silent)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                assertThat(answer(socket)).startsWith("http/1.1 200").doesNotContain("connection: close");
            }
            int managementPort = gateway.managementPort();
            long toldNs = System.nanoTime();
            Thread stopping = start(gateway::close);
            RunningGateway.until(() -> notReady(managementPort));
            kept.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            assertThat(answer(kept)).startsWith("http/1.1 200").contains("connection: close");
            assertThat(kept.getInputStream().read()).isEqualTo(-1);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(System.nanoTime() - toldNs).isGreaterThanOrEqualTo(DRAIN.toNanos());
            assertThat(stopping.join(Duration.ofNanos(TimeUnit.SECONDS.toNanos(20))))
                    .isTrue();
        }
    }

    @Test
    void withoutADrain_aStopIsQuick() throws IOException, InterruptedException {
        Gateway gateway = Gateway.start(RunningGateway.config().build(), folder, false);
        long toldNs = System.nanoTime();
        gateway.close();
        assertThat(System.nanoTime() - toldNs).isLessThan(DRAIN.toNanos());
    }
}
