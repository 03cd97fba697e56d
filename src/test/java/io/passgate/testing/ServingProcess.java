package io.passgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code passgate serve} as a process of its own, on ports that the system chose. */
public final class ServingProcess implements AutoCloseable {
    private static final Pattern PUBLIC = Pattern.compile("listening on \\S+:(\\d+), management on \\S+:(\\d+);");
    private static final Pattern ISSUING = Pattern.compile("issuing on \\S+:(\\d+)");
    private static final String LAST_LINE = "management on";

    public final Path log;
    public final int port;
    public final int managementPort;

    /** 0 where nothing is issued. */
    public final int issuingPort;

    private final Process process;

    /**
     * Starts it, and waits until it answers.
     *
     * @param javaOptions beyond those of {@code bin/passgate}
     */
    public ServingProcess(Path config, Path log, String javaOptions) throws IOException, InterruptedException {
        this(config, log, javaOptions, List.of());
    }

    private ServingProcess(Path config, Path log, String javaOptions, List<String> before)
            throws IOException, InterruptedException {
        this.log = log;
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(Passgate.script().toString(), "serve", "--config", config.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PASSGATE_JAVA_OPTS", javaOptions);
        process = builder.start();
        boolean started = false;
        try {
            Passgate.awaitLine(log, LAST_LINE);
            String lines = Files.readString(log);
            Matcher open = find(PUBLIC, lines);
            port = Integer.parseInt(open.group(1));
            managementPort = Integer.parseInt(open.group(2));
            Matcher issuing = ISSUING.matcher(lines);
            issuingPort = issuing.find() ? Integer.parseInt(issuing.group(1)) : 0;
            started = true;
        } finally {
            if (!started) {
                var _ = process.destroyForcibly();
            }
        }
    }

    /** The same, allowed no more than so many open files and sockets. */
    public static ServingProcess withDescriptors(int most, Path config, Path log, String javaOptions)
            throws IOException, InterruptedException {
        String shell = "ulimit -n " + most + "; exec \"$0\" \"$@\"";
        return new ServingProcess(config, log, javaOptions, List.of("/bin/sh", "-c", shell));
    }

    private static Matcher find(Pattern pattern, String lines) {
        Matcher matcher = pattern.matcher(lines);
        assertThat(matcher.find()).as(lines).isTrue();
        return matcher;
    }

    /** What is reachable in its heap. */
    public Path heapDump(Path file) throws IOException, InterruptedException {
        return HeapDump.of(process, file);
    }

    public long pid() {
        return process.pid();
    }

    /** Asks it to stop (SIGTERM). */
    public void stop() {
        process.destroy();
    }

    /** Whether it has ended after so long at most. */
    public boolean hasEnded(Duration within) throws InterruptedException {
        return process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        var _ = process.destroyForcibly();
    }
}
