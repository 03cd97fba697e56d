package io.passgate.rehearsal;

import io.passgate.rehearsal.baseline.BaselineServer;
import io.passgate.rehearsal.baseline.BaselineSettings;
import io.passgate.testing.Passgate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@link BaselineServer} as a process of its own, with the JVM's flags of a gateway, to stand in a gateway's place.
 * Its database has the schema, and whoever asks it for passes is a client there, before it is started.
 */
public final class BaselineNode implements AutoCloseable {
    private static final Duration STARTUP = Duration.ofSeconds(60);

    /** Those of {@code bin/passgate serve}. */
    private static final List<String> AS_A_GATEWAY = List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "-XX:+UseTransparentHugePages",
            "-XX:+OptoScheduling",
            "-XX:InitialRAMPercentage=10",
            "-XX:MaxTenuringThreshold=2",
            "-XX:+ExitOnOutOfMemoryError");

    /** For everything, whether it is ready among that. */
    public final int port;

    private final ServerProcess process;

    /**
     * Configures it; it has not been started.
     *
     * @param pepper as the gateways have it, 32 bytes or more
     * @param htu what device proofs are made for
     * @param jvmOptions further ones, such as a gateway's {@code PASSGATE_JAVA_OPTS}
     */
    public BaselineNode(Path folder, GatewayNode.Stores stores, byte[] pepper, String htu, List<String> jvmOptions)
            throws IOException {
        port = ServerProcess.freePort();
        Files.createDirectories(folder);
        Path settings = folder.resolve("baseline.properties");
        new BaselineSettings(port, stores, Path.of("config/policies"), pepper, htu).write(settings);
        List<String> options = new ArrayList<>(AS_A_GATEWAY);
        options.addAll(jvmOptions);
        List<String> command = Passgate.java(
                options, BaselineServer.class, settings.toAbsolutePath().toString());
        process = new ServerProcess("baseline", folder, Map.of(), command);
    }

    /** For HAProxy, as a gateway's. */
    public HaProxy.Backend backend() {
        return new HaProxy.Backend(port, port);
    }

    /** Starts it, and returns at once. */
    public void start() throws IOException {
        process.start();
    }

    /** Waits until it answers. */
    public void awaitReady() throws IOException, InterruptedException {
        process.awaitReady(STARTUP, () -> Status.of(URI.create("http://127.0.0.1:" + port + "/health/ready")) == 200);
    }

    /** Whether its process runs; it ends by itself when its heap is full. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.close();
    }
}
