package io.passgate.testing.gateway;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.NewToken;
import io.passgate.access.Role;
import io.passgate.app.Administration;
import io.passgate.app.Gateway;
import io.passgate.app.config.InvalidConfig;
import io.passgate.app.config.TestConfig;
import io.passgate.format.CredentialFormat;
import io.passgate.model.Algorithm;
import io.passgate.testing.CardSpec;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whole gateways over one PostgreSQL and one Redis, with a clock that a test moves. */
public final class SharedGateways implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    public final ManualTime time = new ManualTime(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    public final Instant start = time.instant();
    public final String admin = new NewToken(new SecureRandom()).reveal();
    public final String verifier = new NewToken(new SecureRandom()).reveal();
    final TestIssuer issuer = TestIssuer.of(
            Algorithm.ES256,
            TestCertificate.named("XX").valid(start.minus(Duration.ofDays(9)), start.plus(Duration.ofDays(99))));
    public final String card = issuer.card(CardSpec.vaccination()
            .issuedAt(start.minus(Duration.ofDays(1)))
            .expiresAt(start.plus(Duration.ofDays(50))));
    private final TestStores stores;
    private final Path folder;
    private final List<Gateway> gateways = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public SharedGateways(TestStores stores, Path folder) throws IOException, InvalidConfig {
        this.stores = stores;
        this.folder = folder;
        var _ = Files.writeString(folder.resolve("password"), "postgres\n");
        try (Administration administration = Administration.open(config("").build(), folder)) {
            Instant end = start.plus(Duration.ofDays(99));
            int granted = administration.run(adminCommands -> adminCommands.addClients(
                    List.of(grant(admin, Role.TRUST_ADMIN, end), grant(verifier, Role.VERIFIER, end))));
            var rejected = administration.run(adminCommands -> adminCommands.addSigners(List.of(issuer.signer())));
            if (granted != 2 || !rejected.isEmpty()) {
                throw new AssertionError();
            }
        }
    }

    static ClientToken grant(String token, Role role, Instant end) {
        return new ClientToken(io.passgate.access.TokenHash.ofToken(token), new Client(role.code(), role, end));
    }

    /** The configuration of a gateway over the stores. */
    public TestConfig config(String snapshotFile) {
        return RunningGateway.config()
                .with("tokens", List.of())
                .with("database.uri", stores.database().uri().toString())
                .with("database.user", stores.database().user())
                .with("database.passwordFile", "password")
                .with("redis.endpoints", List.of(stores.redis.uri().toString()))
                .with("snapshotFile", snapshotFile)
                .with("clock.hardOffset", Duration.ofDays(3_650))
                .with("clock.warnOffset", Duration.ofDays(3_650));
    }

    /** A file beside the gateways' own. */
    public Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toAbsolutePath();
    }

    public Gateway gateway(String snapshotFile) {
        return gateway(config(snapshotFile));
    }

    public Gateway gateway(TestConfig config) {
        Gateway gateway = Gateway.start(config.build(), folder, false, time);
        gateways.add(gateway);
        return gateway;
    }

    /** One that verifies these formats. */
    public Gateway gateway(TestConfig config, List<CredentialFormat> formats) {
        Gateway gateway = Gateway.start(config.build(), folder, false, time, formats);
        gateways.add(gateway);
        return gateway;
    }

    public HttpResponse<String> send(Gateway to, String token, String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + path))
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** What a gateway says of a payload. */
    public String verify(Gateway by, String payload) {
        return send(by, verifier, "POST", "/v1/verifications", "{\"payloads\":[\"" + payload + "\"]}")
                .body();
    }

    public String ready(Gateway gateway) {
        return send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.managementPort() + "/health/ready")))
                .body();
    }

    public String metrics(Gateway gateway) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.managementPort() + "/metrics")))
                .body();
    }

    /**
     * Waits for what is to come about by itself. No bound of ours: a store that did not answer is asked again after 10
     * s.
     */
    public static void until(String what, BooleanSupplier isSo) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("within " + PATIENCE_SECONDS + " s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        gateways.forEach(Gateway::close);
        http.close();
    }
}
