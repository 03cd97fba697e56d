package io.passgate.testing.gateway;

import io.passgate.access.TokenHash;
import io.passgate.app.Gateway;
import io.passgate.app.config.TestConfig;
import io.passgate.model.Algorithm;
import io.passgate.policy.file.ShippedPolicies;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A whole gateway on ports that the system chose, with one signer and one token. */
public final class RunningGateway implements AutoCloseable {
    public static final String TOKEN = "CANARYTOKEN0123456789";
    private final Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    final TestIssuer issuer = TestIssuer.of(
            Algorithm.ES256,
            TestCertificate.named("XX").valid(today.minus(Duration.ofDays(2)), today.plus(Duration.ofDays(10))));
    public final Gateway gateway;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public RunningGateway(Path folder) throws IOException {
        var _ = Files.write(folder.resolve("signer.der"), issuer.certificateDer());
        gateway = Gateway.start(config("signer.der").build(), folder, false);
    }

    /** Ports that the system chooses, two event loops, and the shipped policies. */
    public static TestConfig config(String... sources) {
        return TestConfig.defaults()
                .with("http.host", "127.0.0.1")
                .with("http.port", 0)
                .with("http.eventLoops", 2)
                .with("http.drain", Duration.ZERO)
                .with("management.port", 0)
                .with("engine.workers", 1)
                .with("trust.sources", List.of(sources))
                .with("policies", ShippedPolicies.FOLDER.toAbsolutePath().toString())
                .with(
                        "tokens",
                        List.of(Map.of(
                                "name",
                                "door",
                                "role",
                                "verifier",
                                "sha256",
                                TokenHash.ofToken(TOKEN).toHex(),
                                "expires",
                                Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS))));
    }

    /** A card that is valid today. */
    public String card(CardSpec spec) {
        return issuer.card(spec.issuedAt(today.minus(Duration.ofDays(1))).expiresAt(today.plus(Duration.ofDays(5))));
    }

    public HttpResponse<String> send(int port, String path, HttpRequest.Builder request) throws IOException {
        try {
            return http.send(
                    request.uri(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    public HttpResponse<String> get(int port, String path) throws IOException {
        return send(port, path, HttpRequest.newBuilder());
    }

    public HttpResponse<String> post(String body) throws IOException {
        return post(gateway.port(), body);
    }

    public HttpResponse<String> post(int port, String body) throws IOException {
        return send(
                port,
                "/v1/verifications",
                HttpRequest.newBuilder()
                        .header("authorization", "Bearer " + TOKEN)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    public static void until(BooleanSupplier isSo) {
        until(Duration.ofSeconds(20), isSo);
    }

    public static void until(Duration patience, BooleanSupplier isSo) {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("it did not happen");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        http.close();
        gateway.close();
    }
}
