package io.passgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What is reachable in another JVM's heap, softly or strongly, after a full collection: HPROF 1.0.2, big-endian. */
final class HeapDump {
    private static final int PATIENCE_SECONDS = 60;

    private HeapDump() {}

    static Path of(Process process, Path file) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process dumping = new ProcessBuilder(
                        jcmd.toString(), Long.toString(process.pid()), "GC.heap_dump", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(dumping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(dumping.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(dumping.exitValue()).as(said).isZero();
        return file;
    }
}
