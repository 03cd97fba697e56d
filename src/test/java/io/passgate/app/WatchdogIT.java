package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.TokenHash;
import io.passgate.testing.Passgate;
import io.passgate.testing.gateway.ClockedGateway;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process whose event loops are really kept, or whose memory is really gone: it says so, and it ends. */
final class WatchdogIT {
    private static final Pattern LISTENING = Pattern.compile("listening on \\S+:(\\d+), management on \\S+:(\\d+);");
    private static final String TOKEN = "token-of-a-verifier";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder = Path.of("");

    private Optional<Process> started = Optional.empty();
    private int port;
    private int managementPort;

    private void start(String watchdog) throws IOException, InterruptedException {
        Path config = Files.writeString(folder.resolve("passgate.yaml"), """
                http: {host: 127.0.0.1, port: 0, eventLoops: 1, drain: PT0S}
                management: {port: 0}
                policies: %s
                watchdog: %s
                shutdownPatience: PT3S
                tokens: [{name: door, role: verifier, sha256: %s, expires: 2100-01-01T00:00:00Z}]
                """.formatted(
                        Path.of("config/policies").toAbsolutePath(),
                        watchdog,
                        TokenHash.ofToken(TOKEN).toHex()));
        List<String> options = List.of("-Xmx128m", "-XX:MaxDirectMemorySize=32m", "-XX:TieredStopAtLevel=1");
        Process process = new ProcessBuilder(Passgate.java(options, ClockedGateway.class, config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        started = Optional.of(process);
        Passgate.awaitLine(log(), "management on");
        Matcher ports = LISTENING.matcher(Files.readString(log()));
        assertThat(ports.find()).isTrue();
        port = Integer.parseInt(ports.group(1));
        managementPort = Integer.parseInt(ports.group(2));
    }

    private Process process() {
        return started.orElseThrow();
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** From now on whoever is asked with a token does harm to the event loop. */
    private void harm(String harm, String told) throws IOException, InterruptedException {
        process().getOutputStream().write((harm + "\n").getBytes(StandardCharsets.UTF_8));
        process().getOutputStream().flush();
        Passgate.awaitLine(log(), "harm is done");
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("POST /v1/verifications HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + TOKEN
                                    + "\r\ncontent-type: application/json\r\ncontent-length: 18\r\n\r\n"
                                    + "{\"payloads\":[\"x\"]}")
                            .getBytes(StandardCharsets.US_ASCII));
            awaitReady(told);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
    }

    private void awaitReady(String text) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        HttpResponse<String> ready = get("/health/ready");
        while (!ready.body().contains(text)) {
            assertThat(System.nanoTime() - deadlineNs).as(ready.body()).isNegative();
            TimeUnit.MILLISECONDS.sleep(20);
            ready = get("/health/ready");
        }
        assertThat(ready.statusCode()).isEqualTo(503);
    }

    private void awaitEnd() throws InterruptedException, IOException {
        assertThat(process().waitFor(90, TimeUnit.SECONDS))
                .as(Files.readString(log()))
                .isTrue();
    }

    @AfterEach
    void stop() {
        http.close();
        started.ifPresent(Process::destroyForcibly);
    }

    @Test
    void aStuckEventLoop_isTold_isCounted_andEndsTheProcess() throws IOException, InterruptedException {
        start("{warnAfter: PT1S, endAfter: PT8S}");
        harm("stuck", " has not turned for ");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body())
                .contains("passgate_event_loop_stalls_total 1.0")
                .containsPattern("passgate_event_loop_stalled_seconds [1-9]");
        awaitEnd();
        assertThat(process().exitValue()).isEqualTo(70);
        assertThat(Files.readString(log()))
                .contains("ending the process with exit code 70: event loop http-")
                .contains("ClockedGateway.harm");
    }

    @Test
    void aProcessWithoutDirectMemory_saysSo_andEnds() throws IOException, InterruptedException {
        start("{memoryEndAfter: PT6S}");
        harm("starved", " has got no direct memory for ");
        assertThat(get("/health/ready").body()).contains("direct memory is nearly used up");
        assertThat(get("/metrics").body()).containsPattern("passgate_direct_memory_refusals_total [1-9]");
        awaitEnd();
        assertThat(process().exitValue()).isEqualTo(70);
        assertThat(Files.readString(log())).contains("has got no direct memory for 6 s");
    }

    @Test
    void aStuckEventLoop_doesNotHoldUpTheStop() throws IOException, InterruptedException {
        start("{warnAfter: PT1S, endAfter: PT10M}");
        harm("stuck", " has not turned for ");
        long toldNs = System.nanoTime();
        process().destroy();
        awaitReady("shutting down");
        awaitEnd();
        assertThat(Duration.ofNanos(System.nanoTime() - toldNs)).isLessThan(Duration.ofSeconds(3 + 3 + 2));
        assertThat(process().exitValue()).isEqualTo(143);
        assertThat(Files.readString(log()))
                .as("the ports were given up, by their own end of time or by that of their step, which are one")
                .containsPattern("stopping (goes on without ports|ports was not orderly)")
                .contains("stopped");
    }
}
