package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.TokenHash;
import io.passgate.model.Algorithm;
import io.passgate.testing.CardSpec;
import io.passgate.testing.Passgate;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose JVM was not given the Vector API's module: it says so, and verifies by tables all the same. */
final class WithoutVectorModuleIT {
    private static final String TOKEN = "ANYTOKEN0123456789";
    private final Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Pattern PORTS = Pattern.compile("listening on 127.0.0.1:(\\d+), management on [^:]+:(\\d+)");

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestIssuer issuer = TestIssuer.of(
            Algorithm.ES256,
            TestCertificate.named("XX").valid(today.minus(Duration.ofDays(2)), today.plus(Duration.ofDays(10))));

    private Path config() throws IOException {
        var _ = Files.write(folder.resolve("signer.der"), issuer.certificateDer());
        return Files.writeString(folder.resolve("passgate.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                trust: {sources: [signer.der]}
                policies: "%s"
                tokens:
                - {name: door, role: verifier, sha256: %s, expires: 2100-01-01T00:00:00Z}
                """.formatted(
                        Path.of("config/policies").toAbsolutePath(),
                        TokenHash.ofToken(TOKEN).toHex()));
    }

    /** The tests' own class path, in a JVM with no flag of ours. */
    private Process serve(Path log) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        "io.passgate.cli.Main",
                        "serve",
                        "--config",
                        config().toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private String verify(int port, String... cards) throws IOException, InterruptedException {
        String body = "{\"payloads\":[\"" + String.join("\",\"", cards) + "\"]}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/verifications"))
                .header("authorization", "Bearer " + TOKEN)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private List<String> metrics(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        return http.send(request, BodyHandlers.ofString()).body().lines().toList();
    }

    @Test
    void theScalarKernel_runs_andTheLogSaysWhy() throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process serve = serve(log);
        try (http) {
            Passgate.awaitLine(log, "listening on 127.0.0.1");
            Matcher ports = PORTS.matcher(Files.readString(log));
            assertThat(ports.find()).isTrue();
            int management = Integer.parseInt(ports.group(2));
            assertThat(log)
                    .content()
                    .contains("by tables: scalar; vector is not available: the module jdk.incubator.vector is absent");
            assertThat(metrics(management)).contains("passgate_signature_kernel{kernel=\"scalar\"} 1.0");

            String good = issuer.card(CardSpec.vaccination()
                    .issuedAt(today.minus(Duration.ofDays(1)))
                    .expiresAt(today.plus(Duration.ofDays(5))));
            String forged = TestCards.withBrokenSignature(good);
            long deadlineNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
            while (metrics(management).contains("passgate_signatures_total{path=\"table\"} 0.0")) {
                assertThat(System.nanoTime() - deadlineNs).isNegative();
                assertThat(verify(Integer.parseInt(ports.group(1)), good, forged, good))
                        .containsSubsequence("accepted", "signature_invalid", "accepted");
            }
        } finally {
            serve.destroy();
            assertThat(serve.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
