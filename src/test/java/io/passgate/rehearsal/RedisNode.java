package io.passgate.rehearsal;

import io.passgate.demo.EmbeddedRedis;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Redis as a node of a cluster, set up as Passgate needs it. */
public final class RedisNode implements AutoCloseable {
    private static final Duration STARTUP = Duration.ofSeconds(20);

    public final int port;
    private final ServerProcess process;

    /** One that has not been started. */
    public RedisNode(String name, Path folder) throws IOException {
        port = ServerProcess.freePort();
        List<String> command = new ArrayList<>(List.of("redis-server"));
        command.addAll(EmbeddedRedis.settings(port, folder));
        command.addAll(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "5000"));
        process = new ServerProcess(name, folder, Map.of(), command);
    }

    /** Starts it, and returns when it answers commands. */
    public void start() throws IOException, InterruptedException {
        process.start();
        process.awaitReady(STARTUP, () -> says("PING").startsWith("+PONG"));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** Its whole answer to a command of words without spaces; empty where there is none. */
    public String says(String command) {
        try {
            return TestStores.redisAnswer(port, command);
        } catch (IOException noAnswer) {
            return "";
        }
    }

    /** Whether it has slots of its own, and takes commands for them. */
    public boolean isMaster() {
        return says("INFO replication").contains("role:master");
    }

    /** Ends it as a loss of its machine would (SIGKILL). */
    public void kill() throws IOException, InterruptedException {
        process.kill();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.close();
    }
}
