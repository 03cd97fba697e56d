package io.passgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The laid-out {@code bin/passgate}, run as a process of its own, as its users run it. */
public final class Passgate {
    private static final Path HOME = Path.of(System.getProperty("passgate.home", "target/passgate"));
    private static final int PATIENCE_SECONDS = 120;

    private Passgate() {}

    /** What a process that has ended left behind. */
    public record Run(int exitCode, List<String> out, String err) {}

    /** Where {@code mvn package} lays it out. */
    public static Path home() {
        return HOME;
    }

    public static Path script() {
        return script(HOME);
    }

    private static Path script(Path home) {
        Path script = home.resolve("bin").resolve("passgate").toAbsolutePath();
        assertThat(script).as("laid out by mvn package").isExecutable();
        return script;
    }

    /** Runs one command to its end with {@code in} as its standard input. */
    public static Run run(Path scratch, String in, String... arguments) throws IOException, InterruptedException {
        return run(scratch, Map.of(), in, arguments);
    }

    /** The same with more in its environment. */
    public static Run run(Path scratch, Map<String, String> environment, String in, String... arguments)
            throws IOException, InterruptedException {
        return run(HOME, scratch, environment, in, arguments);
    }

    /** The same by the layout in {@code home}. */
    public static Run run(Path home, Path scratch, Map<String, String> environment, String in, String... arguments)
            throws IOException, InterruptedException {
        Path input = Files.writeString(scratch.resolve("in"), in);
        List<String> command = new ArrayList<>(List.of(script(home).toString()));
        command.addAll(List.of(arguments));
        return run(scratch, environment, input, command);
    }

    private static Run run(Path scratch, Map<String, String> environment, Path input, List<String> command)
            throws IOException, InterruptedException {
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(
                process.exitValue(),
                Files.readAllLines(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /**
     * A command that runs a class of the tests in a JVM of its own, with what {@code bin/passgate} gives a gateway's.
     *
     * @param javaOptions beyond those that a gateway does not run without
     */
    public static List<String> java(List<String> javaOptions, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.noUnsafe=false",
                "-Djava.util.logging.manager=io.passgate.logging.LastingLogManager",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Waits until a process has written a line that contains {@code text}. */
    public static void awaitLine(Path log, String text) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(log) || !Files.readString(log).contains(text)) {
            assertThat(System.nanoTime()).as("'%s' in %s", text, log).isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
