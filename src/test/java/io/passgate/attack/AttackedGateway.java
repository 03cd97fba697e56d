package io.passgate.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.TokenHash;
import io.passgate.model.Algorithm;
import io.passgate.testing.CardSpec;
import io.passgate.testing.ServingProcess;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** A gateway as a process of its own with little memory, two clients, and a signer whose cards it accepts. */
public final class AttackedGateway implements AutoCloseable {
    public static final String ATTACKER = "token-of-an-attacker";
    public static final String BYSTANDER = "token-of-a-bystander";

    /** As in the configuration. */
    public static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(5);

    private static final String JAVA_OPTIONS = "-Xmx512m";
    private final Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    /** What the configuration's comments ask for where there are 512 MiB of heap. */
    private static final String CONFIG = """
            http: {host: 127.0.0.1, port: 0, maxBytesUnderWay: 134217728%s}
            management: {port: 0}
            trust: {sources: [signer.der]}
            policies: %s
            engine: {keyTableBytes: 33554432}
            shutdownPatience: %s
            tokens:
              - {name: attacker, role: verifier, sha256: %s, expires: 2099-01-01T00:00:00Z}
              - {name: bystander, role: verifier, sha256: %s, expires: 2099-01-01T00:00:00Z}
            """;

    public final ServingProcess process;
    private final TestIssuer issuer = TestIssuer.of(
            Algorithm.ES256,
            TestCertificate.named("XX").valid(today.minus(Duration.ofDays(2)), today.plus(Duration.ofDays(10))));

    /** How much memory is in use. */
    public record Memory(long heapBytes, long directBytes) {
        private static final double MORE = 1.1;

        /** The larger of each. */
        Memory orMore(Memory other) {
            return new Memory(Math.max(heapBytes, other.heapBytes), Math.max(directBytes, other.directBytes));
        }

        boolean isLike(Memory before) {
            return heapBytes <= MORE * before.heapBytes && directBytes <= MORE * before.directBytes;
        }
    }

    /** Starts one. */
    public AttackedGateway(Path folder) throws IOException, InterruptedException {
        this(folder, "", 0);
    }

    /**
     * Starts one.
     *
     * @param http more of that part of its configuration, each key after a comma
     * @param descriptors the most that it may have open, or 0 for what is usual
     */
    public AttackedGateway(Path folder, String http, int descriptors) throws IOException, InterruptedException {
        var _ = Files.write(folder.resolve("signer.der"), issuer.certificateDer());
        Path config = Files.writeString(
                folder.resolve("passgate.yaml"),
                CONFIG.formatted(
                        http,
                        Path.of("config/policies").toAbsolutePath(),
                        SHUTDOWN_PATIENCE,
                        TokenHash.ofToken(ATTACKER).toHex(),
                        TokenHash.ofToken(BYSTANDER).toHex()));
        Path log = folder.resolve("log");
        process = descriptors == 0
                ? new ServingProcess(config, log, JAVA_OPTIONS)
                : ServingProcess.withDescriptors(descriptors, config, log, JAVA_OPTIONS);
    }

    public int port() {
        return process.port;
    }

    /** A card that it accepts. */
    public String card() {
        return issuer.card(CardSpec.vaccination()
                .issuedAt(today.minus(Duration.ofDays(1)))
                .expiresAt(today.plus(Duration.ofDays(5))));
    }

    /** A card that says what an attacker wants, rightly signed. */
    public String card(byte[] claims) {
        return issuer.card(issuer.kid(), claims);
    }

    /** The verification of a card as a client asks for it. */
    public String verification(String token) {
        return Requests.post("/v1/verifications", token, Requests.payloads(card(), 1));
    }

    /** A client that has a card verified, over and over. */
    public Bystander bystander() {
        String request = verification(BYSTANDER);
        return new Bystander(port(), () -> request, AttackedGateway::isAccepted);
    }

    public static boolean isAccepted(Wire.Answer answer) {
        return answer.status() == 200 && answer.body().contains("\"accepted\"");
    }

    /** Whether it says truly, and keeps saying, that it lives and is ready. */
    public HealthWatch health() {
        return new HealthWatch(process.managementPort);
    }

    /** What is in use after a collection. */
    public Memory memory() throws IOException, InterruptedException {
        collect();
        collect();
        String metrics = metrics();
        return new Memory(
                sum(metrics, "jvm_memory_used_bytes{area=\"heap\""),
                sum(metrics, "jvm_buffer_memory_used_bytes{id=\"direct\""));
    }

    /** Asserts that so much and hardly more is in use again, within a time. */
    public void memoryIsAgain(Memory before, Duration within) throws IOException, InterruptedException {
        long lastNs = System.nanoTime() + within.toNanos();
        Memory now = memory();
        while (!now.isLike(before) && System.nanoTime() - lastNs < 0) {
            TimeUnit.SECONDS.sleep(3);
            now = memory();
        }
        assertThat(now.isLike(before)).as("before: %s, now: %s", before, now).isTrue();
    }

    public String metrics() throws IOException {
        try (Wire wire = Wire.to(process.managementPort)) {
            return wire.say(Requests.get("/metrics")).answer().body();
        }
    }

    /** Waits until it holds answers that nobody takes. */
    public void holdsAnswers() throws IOException {
        long lastNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (sum(metrics(), "passgate_held_bytes") == 0) {
            assertThat(System.nanoTime()).as("no answer waits").isLessThan(lastNs);
        }
    }

    /** Waits until it holds no answer any more. */
    public void holdsNothing() throws IOException {
        long lastNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (sum(metrics(), "passgate_held_bytes") > 0) {
            assertThat(System.nanoTime()).as("answers wait").isLessThan(lastNs);
        }
    }

    private static long sum(String metrics, String series) {
        double[] values = metrics.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .toArray();
        assertThat(values).as(series).isNotEmpty();
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return (long) sum;
    }

    private void collect() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(jcmd.exitValue()).as(said).isZero();
    }

    /** What it has written so far. */
    public String log() throws IOException {
        return Files.readString(process.log);
    }

    @Override
    public void close() {
        process.close();
    }
}
