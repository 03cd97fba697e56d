package io.passgate.rehearsal;

import io.passgate.testing.Passgate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A gateway as a process of its own, with a folder for its configuration, its spool and its log. */
public final class GatewayNode implements AutoCloseable {
    private static final Duration STARTUP = Duration.ofSeconds(90);
    private static final Duration STOPPING = Duration.ofSeconds(40);

    /** It lives for a minute or two, in which the second compiler would only take a core. */
    private static final String QUICKLY_STARTED = "-XX:TieredStopAtLevel=1 -Xmx512m";

    public final int port;
    public final int managementPort;
    private final Path folder;
    private ServerProcess process;

    /** How a gateway reaches its stores. */
    public record Stores(URI database, String user, String password, String redisMode, List<URI> redis) {}

    /**
     * Configures it; it has not been started.
     *
     * @param program what stands for {@code bin/passgate}, with arguments of its own
     */
    public GatewayNode(Path folder, Stores stores, List<String> program) throws IOException {
        this.folder = folder;
        port = ServerProcess.freePort();
        managementPort = ServerProcess.freePort();
        Files.createDirectories(folder);
        var _ = Files.writeString(folder.resolve("password"), stores.password());
        var _ = Files.writeString(
                folder.resolve("audit-key"), Base64.getEncoder().encodeToString(new byte[32]));
        var _ = Files.writeString(config(), """
                http: {host: 127.0.0.1, port: %d, trustedProxies: [127.0.0.1]}
                management: {port: %d}
                database: {uri: "%s", user: %s, passwordFile: password}
                redis: {mode: %s, endpoints: [%s]}
                policies: "%s"
                entryLog: {spoolFile: spool}
                audit: {keyFile: audit-key}
                limits: {facility: {perSecond: 100000, burst: 100000}}
                """.formatted(
                port,
                managementPort,
                stores.database(),
                stores.user(),
                stores.redisMode(),
                String.join(
                        ", ",
                        stores.redis().stream().map(uri -> "\"" + uri + "\"").toList()),
                Path.of("config/policies").toAbsolutePath()));
        process = serving(program);
    }

    private ServerProcess serving(List<String> program) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("serve", "--config", config().toAbsolutePath().toString()));
        return new ServerProcess(
                "gateway",
                folder,
                Map.of("JAVA_HOME", System.getProperty("java.home"), "PASSGATE_JAVA_OPTS", QUICKLY_STARTED),
                command);
    }

    /** That of the layout. */
    public static List<String> laidOut() {
        return List.of(Passgate.script().toString());
    }

    /** Its configuration. */
    public Path config() {
        return folder.resolve("passgate.yaml");
    }

    /** Where it keeps entries while no store takes them. */
    public Path spool() {
        return folder.resolve("spool");
    }

    public HaProxy.Backend backend() {
        return new HaProxy.Backend(port, managementPort);
    }

    public void start() throws IOException {
        process.start();
    }

    public void awaitReady() throws IOException, InterruptedException {
        process.awaitReady(STARTUP, this::isReady);
    }

    public boolean isReady() {
        return Status.of(management("/health/ready")) == 200;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** The value of a metric that it has once. */
    public double metric(String name) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String all = http.send(
                            HttpRequest.newBuilder(management("/metrics")).build(), BodyHandlers.ofString())
                    .body();
            return all.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is not in\n" + all));
        }
    }

    private URI management(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    /** Ends it as a loss of its machine would (SIGKILL). */
    public void kill() throws IOException, InterruptedException {
        process.kill();
    }

    /** Stops it as an upgrade does (SIGTERM), and starts another program by the same configuration in its place. */
    public void replace(List<String> program) throws IOException, InterruptedException {
        process.stop(STOPPING);
        process.close();
        process = serving(program);
        start();
        awaitReady();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.close();
    }
}
