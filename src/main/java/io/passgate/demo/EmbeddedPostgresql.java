package io.passgate.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL on a port of 127.0.0.1, from a Maven artifact. What it holds stays in its folder. */
public final class EmbeddedPostgresql implements AutoCloseable {
    /** The superuser, who needs no password. */
    public static final String USER = "postgres";

    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final int PATIENCE_SECONDS = 20;
    private static final int POLL_MS = 5;
    private static final Path PROCESSES = Path.of("/proc");
    private static final String PID_FILE = "postmaster.pid";

    private final Path data;
    private final int port;
    private Optional<EmbeddedPostgres> running = Optional.empty();

    /**
     * A server that has not been started.
     *
     * @param data its folder, made at the start where it is not there
     * @param port of 127.0.0.1
     */
    public EmbeddedPostgresql(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /**
     * Starts the server, and returns when it takes connections.
     *
     * @throws IOException if it does not start within a minute
     */
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

    /**
     * {@return where a database is, without user and password}
     *
     * @param database its name
     */
    public URI uri(String database) {
        return URI.create("postgresql://127.0.0.1:" + port + "/" + database);
    }

    /** {@return whether it was started, and not ended by this object since} */
    public boolean isRunning() {
        return running.isPresent();
    }

    /**
     * {@return the server, which is no descendant of this process; empty if it is gone}
     *
     * @throws IOException if the file with its process id cannot be read
     */
    public Optional<ProcessHandle> process() throws IOException {
        Path file = data.resolve(PID_FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return ProcessHandle.of(
                Long.parseLong(Files.readAllLines(file).getFirst().strip()));
    }

    /**
     * Ends the server as a loss of power of its process would (SIGKILL). It is gone when none of its processes runs;
     * until they are reaped, which can take seconds, their ids still look like those of a server.
     *
     * @throws IOException if it does not end within 20 s
     * @throws InterruptedException if this thread is told to end meanwhile
     */
    public void kill() throws IOException, InterruptedException {
        Optional<ProcessHandle> server = process();
        try {
            if (server.isPresent() && server.get().destroyForcibly()) {
                awaitEnd(server.get());
            }
            var _ = Files.deleteIfExists(data.resolve(PID_FILE));
        } finally {
            close();
        }
    }

    private void awaitEnd(ProcessHandle server) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (Files.exists(PROCESSES) ? isAtWork() : server.isAlive()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException("PostgreSQL does not end");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /**
     * Whether any process works in the folder of the data, as all of a server's do; one that has ended works nowhere.
     */
    private boolean isAtWork() throws IOException {
        Path folder = data.toRealPath();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (folder.equals(folderOf(process))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Path folderOf(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd"));
        } catch (IOException goneOrNotOurs) {
            return process;
        }
    }

    @Override
    public void close() throws IOException {
        if (running.isPresent()) {
            running.get().close();
            running = Optional.empty();
        }
    }
}
