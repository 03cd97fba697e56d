package io.passgate.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real PostgreSQL on a port of 127.0.0.1, from a Maven artifact. What it holds stays in its folder. */
public final class EmbeddedPostgresql implements AutoCloseable {
    public static final String USER = "postgres";

    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final int PATIENCE_SECONDS = 20;
    private static final int POLL_MS = 2;
    private static final String PID_FILE = "postmaster.pid";

    /** The end of a process's name and its state, in Linux's {@code /proc/PID/stat}. */
    private static final String ZOMBIE = ") Z";

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
        String pid = Files.readAllLines(data.resolve(PID_FILE)).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip()));
    }

    /**
     * Ends the server as a loss of power of its process would (SIGKILL). Its processes are gone when they run no more; until
     * they are reaped, which can take seconds, their ids still look like those of a server.
     */
    public void kill() throws IOException, InterruptedException {
        Optional<ProcessHandle> server = process();
        if (server.isPresent()) {
            List<ProcessHandle> all =
                    Stream.concat(server.stream(), server.get().children()).toList();
            boolean unused = server.get().destroyForcibly();
            awaitEnd(all);
        }
        boolean unused = Files.deleteIfExists(data.resolve(PID_FILE));
        close();
    }

    private static void awaitEnd(List<ProcessHandle> processes) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (processes.stream().anyMatch(EmbeddedPostgresql::runs)) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException("PostgreSQL does not end");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    private static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            return !stat.substring(stat.lastIndexOf(')')).startsWith(ZOMBIE);
        } catch (IOException gone) {
            return process.isAlive();
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
