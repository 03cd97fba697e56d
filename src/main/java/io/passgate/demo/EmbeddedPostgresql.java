package io.passgate.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL on a port of 127.0.0.1, from a Maven artifact. What it holds stays in its folder. */
public final class EmbeddedPostgresql implements AutoCloseable {
    public static final String USER = "postgres";

    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final int PATIENCE_SECONDS = 20;

    private final Path data;
    private final int port;
    private Optional<EmbeddedPostgres> running = Optional.empty();

    /** A server that has not been started. */
    public EmbeddedPostgresql(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    public void start() throws IOException {
        running = Optional.of(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(STARTUP)
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    public URI uri(String database) {
        return URI.create("postgresql://127.0.0.1:" + port + "/" + database);
    }

    public boolean isRunning() {
        return running.isPresent();
    }

    /** The server, which is no descendant of this process; empty if it is gone. */
    public Optional<ProcessHandle> process() throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip()));
    }

    /** Ends the server as a loss of power of its process would (SIGKILL). */
    public void kill() throws IOException, InterruptedException {
        Optional<ProcessHandle> server = process();
        if (server.isPresent()) {
            if (server.get().destroyForcibly()) {
                var unused = server.get()
                        .onExit()
                        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .join();
            }
        }
        close();
    }

    @Override
    public void close() throws IOException {
        if (running.isPresent()) {
            running.get().close();
            running = Optional.empty();
        }
    }
}
