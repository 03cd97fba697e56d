package io.passgate.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A real Redis on a port of 127.0.0.1, from a Maven artifact. What it holds stays in its folder. */
public final class EmbeddedRedis implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    private static final int PATIENCE_MS = 1_000;

    /** How its answer begins while it reads, as long as {@code +PONG} with the line's end. */
    private static final String LOADING = "-LOADIN";

    private final Path folder;
    private final int port;
    private final List<String> options;
    private Optional<Process> running = Optional.empty();

    /**
     * A server that has not been started, set up as Passgate needs it.
     *
     * @param folder of its data, its log and its program, made at the start where it is not there
     * @param port of 127.0.0.1
     * @param options further ones, as {@code redis-server} takes them
     */
    public EmbeddedRedis(Path folder, int port, String... options) {
        this.folder = folder;
        this.port = port;
        this.options = List.of(options);
    }

    /**
     * Starts the server, and returns when it answers commands.
     *
     * @throws IOException if it does not start in time; the message names its log
     */
    public void start() throws IOException {
        Files.createDirectories(folder);
        Path binary =
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
        List<String> command = new ArrayList<>(List.of(binary.toAbsolutePath().toString()));
        command.addAll(settings(port, folder));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        running = Optional.of(process);
        awaitConnection(process);
    }

    /**
     * {@return the options of a Redis as Passgate needs it, on 127.0.0.1} It keeps what it acknowledges, refuses when it is
     * full, and rewrites its append-only file seldom.
     *
     * @param port it listens on
     * @param folder for its files
     */
    public static List<String> settings(int port, Path folder) {
        return List.of(
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toAbsolutePath().toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--auto-aof-rewrite-min-size",
                "1gb",
                "--rdbcompression",
                "no",
                "--maxmemory-policy",
                "noeviction");
    }

    /** {@return the server, while it runs} */
    public Optional<ProcessHandle> process() {
        return running.map(Process::toHandle);
    }

    private void awaitConnection(Process process) throws IOException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!accepts()) {
            if (!process.isAlive() || System.nanoTime() - deadlineNs > 0) {
                close();
                throw new IOException("Redis did not start; see " + folder.resolve("redis.log"));
            }
            Thread.onSpinWait();
        }
    }

    /** Whether it answers commands: it accepts connections before it has read what it held. */
    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(LOADING.length()), StandardCharsets.US_ASCII);
            return !answer.isEmpty() && !answer.equals(LOADING);
        } catch (IOException notYet) {
            return false;
        }
    }

    /** {@return where it is, without user and password} */
    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** {@return its port of 127.0.0.1} */
    public int port() {
        return port;
    }

    /** {@return whether it was started, and not ended by this object since} */
    public boolean isRunning() {
        return running.isPresent();
    }

    /** Ends the server as a loss of power of its process would (SIGKILL). */
    public void kill() {
        running.ifPresent(process -> {
            process.destroyForcibly();
            var _ = process.onExit()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        });
        running = Optional.empty();
    }

    /** Ends the server after it has written what it holds. */
    @Override
    public void close() {
        running.ifPresent(process -> {
            process.destroy();
            var _ = process.onExit()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        });
        running = Optional.empty();
    }
}
