package io.passgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.Passgate;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** {@code passgate demo} as a process that has told its story and printed its page. */
public final class RunningDemo implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final String LAST_LINE = "The door is told";

    private final Process process;
    private final Path folder;
    private final int port;
    private final String page;

    private RunningDemo(Process process, Path folder, int port, String page) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.page = page;
    }

    /** Starts one on free ports that writes to {@code folder}, and its error output to a file. */
    public static RunningDemo start(Path folder, Path errors) throws IOException, InterruptedException {
        int port = freePorts();
        Process process = new ProcessBuilder(
                        Passgate.script().toString(),
                        "demo",
                        "--port=" + port,
                        "--management-port=" + (port + 20),
                        "--phone-port=" + (port + 22),
                        "--dir=" + folder)
                .redirectError(errors.toFile())
                .start();
        try {
            return new RunningDemo(process, folder, port, page(process));
        } catch (IOException | AssertionError failed) {
            end(process);
            throw failed;
        }
    }

    /** A port below those that systems give to clients, which with all that a demonstration takes beside it is free. */
    private static int freePorts() {
        int first = 20_000 + (int) (ProcessHandle.current().pid() % 100) * 100;
        return IntStream.iterate(first, port -> port + 30)
                .filter(port -> IntStream.of(0, 1, 10, 11, 20, 21, 22).allMatch(more -> isFree(port + more)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** The page up to its last command. */
    private static String page(Process demo) throws IOException {
        StringBuilder page = new StringBuilder();
        BufferedReader out = demo.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            page.append(line).append('\n');
            if (line.contains(LAST_LINE)) {
                return page.toString();
            }
        }
        throw new AssertionError("the demonstration ended early:\n" + page);
    }

    /** What it has printed. */
    public String page() {
        return page;
    }

    /** Where its first gateway verifies and checks in. */
    public URI verifying() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Where its first gateway issues. */
    public URI issuing() {
        return URI.create("http://127.0.0.1:" + (port + 1));
    }

    /** Where the phone of an invented person is. */
    public URI phone() {
        return URI.create("http://127.0.0.1:" + (port + 22) + "/phone");
    }

    /** The token of a client, from the file that the demonstration has laid out. */
    public String token(String client) throws IOException {
        return Files.readString(folder.resolve("tokens").resolve(client)).strip();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() throws InterruptedException {
        end(process);
    }
}
