package io.passgate.rehearsal;

import io.passgate.store.DatabaseSettings;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A gateway as a process of its own, with a folder for its configuration, its spool and its log. */
public final class GatewayNode implements AutoCloseable {
    private static final Duration STARTUP = Duration.ofSeconds(90);
    private static final Duration STOPPING = Duration.ofSeconds(40);

    /**
     * Options of a JVM that lives for a minute or two, in which the second compiler would only take a core. Vectors are
     * slow without it; signatures do without vectors where those have two lanes.
     */
    public static final String QUICKLY_STARTED = "-XX:TieredStopAtLevel=1 -XX:MaxVectorSize=16 -Xmx512m";

    public final int port;
    public final int managementPort;
    public final int issuingPort;
    private final Path folder;
    private final String javaOptions;
    private ServerProcess process;

    /** How a gateway reaches its stores. */
    public record Stores(URI database, String user, String password, String redisMode, List<URI> redis) {
        /** A PostgreSQL and a single Redis. */
        public static Stores of(DatabaseSettings database, URI redis) {
            return new Stores(database.uri(), database.user(), database.password(), "single", List.of(redis));
        }
    }

    /**
     * What a gateway knows of passes that are made.
     *
     * @param pepper that the country has, in Base64
     * @param provider whose passes it makes, of holders' phones that prove themselves; empty at doors
     */
    public record Making(String pepper, Optional<String> provider) {}

    /**
     * Configures one that knows nothing of passes that are made; it has not been started.
     *
     * @param program what stands for {@code bin/passgate}, with arguments of its own
     */
    public GatewayNode(Path folder, Stores stores, List<String> program) throws IOException {
        this(folder, stores, program, Optional.empty(), QUICKLY_STARTED);
    }

    /**
     * Configures one; it has not been started.
     *
     * @param javaOptions of its JVM, where the program is that of the layout
     */
    public GatewayNode(Path folder, Stores stores, List<String> program, Optional<Making> making, String javaOptions)
            throws IOException {
        this.folder = folder;
        this.javaOptions = javaOptions;
        issuingPort = ServerProcess.freePort();
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
                limits: {unlimited: [%s]}
                %s
                """.formatted(
                port,
                managementPort,
                stores.database(),
                stores.user(),
                stores.redisMode(),
                String.join(
                        ", ",
                        stores.redis().stream().map(uri -> "\"" + uri + "\"").toList()),
                Path.of("config/policies").toAbsolutePath(),
                String.join(", ", Rehearsal.CLIENTS),
                making.isPresent() ? issuing(making.get()) : ""));
        process = serving(program);
    }

    private String issuing(Making making) throws IOException {
        var _ = Files.writeString(folder.resolve("pepper"), making.pepper());
        String own = "issuing: {port: %d, pepperFile: pepper".formatted(issuingPort);
        if (making.provider().isEmpty()) {
            return own + "}";
        }
        var _ = Files.writeString(folder.resolve("keystore-password"), "of a rehearsal");
        return own + ", keystore: keys.p12, keystorePasswordFile: keystore-password,\n"
                + "  providers: [{name: %s, deviceProof: required, htu: \"%s\"}]}"
                        .formatted(making.provider().get(), Rehearsal.HTU);
    }

    /** Makes the key that passes of a provider are signed with, and has every gateway trust it. */
    void makeKey(String provider) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(laidOut());
        command.addAll(List.of("keys", "create", "--provider", provider, "--config"));
        command.add(config().toAbsolutePath().toString());
        ProcessBuilder making = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keys.log").toFile());
        making.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process made = making.start();
        if (!made.waitFor(STARTUP.toSeconds(), TimeUnit.SECONDS) || made.exitValue() != 0) {
            made.destroyForcibly();
            throw new IOException("no key was made, see " + folder.resolve("keys.log"));
        }
    }

    private ServerProcess serving(List<String> program) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("serve", "--config", config().toAbsolutePath().toString()));
        return new ServerProcess(
                "gateway",
                folder,
                Map.of("JAVA_HOME", System.getProperty("java.home"), "PASSGATE_JAVA_OPTS", javaOptions),
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

    /** Where providers are answered. */
    public HaProxy.Backend issuingBackend() {
        return new HaProxy.Backend(issuingPort, managementPort);
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
