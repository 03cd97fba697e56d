package io.passgate.testing.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.app.Administration;
import io.passgate.app.config.ConfigFile;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.Passgate;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway as a process of its own that lets a provider's passes in, started and killed as often as a test wants. */
public final class GatewayProcess implements AutoCloseable {
    public static final String TOKEN = "token-of-a-door";
    public static final String TRACER = "token-of-a-tracer";

    /**
     * It lives for seconds only: what the second compiler makes of it comes too late, and takes a core. Without it the
     * kernel's vectors are objects, and all is slower and the same.
     */
    private static final String QUICKLY_STARTED = "-XX:TieredStopAtLevel=1";

    public final int port = TestStores.freePort();
    private final int managementPort = TestStores.freePort();
    private final Path config;
    private Process running;

    /** Configures it, fills the database, and starts it. */
    public GatewayProcess(Path folder, TestStores stores, URI redis, TestProvider provider)
            throws IOException, InvalidConfig, InterruptedException {
        var _ = Files.writeString(folder.resolve("password"), stores.database().password());
        var _ = Files.writeString(
                folder.resolve("audit-key"), Base64.getEncoder().encodeToString(new byte[32]));
        config = Files.writeString(folder.resolve("passgate.yaml"), """
                http: {host: 127.0.0.1, port: %d}
                management: {port: %d}
                database: {uri: "%s", user: %s, passwordFile: password}
                redis: {endpoints: ["%s"]}
                policies: %s
                entryLog: {spoolFile: spool}
                audit: {keyFile: audit-key}
                limits: {facility: {perSecond: 100000, burst: 100000}}
                """.formatted(
                        port,
                        managementPort,
                        stores.database().uri(),
                        stores.database().user(),
                        redis,
                        Path.of("config/policies").toAbsolutePath()));
        fill(provider);
        running = launch();
    }

    private void fill(TestProvider provider) throws IOException, InvalidConfig {
        Instant end = Instant.now().plus(Duration.ofDays(1));
        try (Administration administration = Administration.open(ConfigFile.read(config), config.resolveSibling(""))) {
            var _ = administration.run(adminCommands -> adminCommands.addClients(List.of(
                    new ClientToken(TokenHash.ofToken(TOKEN), new Client(KnockingDoor.FACILITY, Role.FACILITY, end)),
                    new ClientToken(TokenHash.ofToken(TRACER), new Client("office", Role.TRACER, end)))));
            var _ = administration.run(adminCommands -> adminCommands.addSigners(List.of(provider.signer())));
        }
    }

    private Process launch() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Passgate.script().toString(), "serve", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        config.resolveSibling("gateway.log").toFile()));
        builder.environment().put("PASSGATE_JAVA_OPTS", QUICKLY_STARTED);
        Process started = builder.start();
        awaitReady();
        return started;
    }

    private void awaitReady() throws InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (true) {
                try {
                    if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    assertThat(System.nanoTime() - deadlineNs).isNegative();
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /** The file that takes entries while no store does. */
    public Path spool() {
        return config.resolveSibling("spool");
    }

    /** Ends it as a loss of power of its process would (SIGKILL). */
    public void kill() throws InterruptedException {
        var _ = running.destroyForcibly().waitFor();
    }

    public void start() throws IOException, InterruptedException {
        running = launch();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
