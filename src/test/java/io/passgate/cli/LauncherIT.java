package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.Passgate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/passgate} makes of the options that it is given for the JVM. */
final class LauncherIT {
    @TempDir
    private Path scratch = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-Xmx200m", "-XX:+UseG1GC", "-Xmx200m -XX:+UseShenandoahGC -XX:ShenandoahGCMode=generational"
            })
    void aShortRun_takesWhateverCollectorItIsGiven(String options) throws IOException, InterruptedException {
        Passgate.Run run = Passgate.run(scratch, Map.of("PASSGATE_JAVA_OPTS", options), "", "keys", "--help");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).anyMatch(line -> line.startsWith("Usage: passgate keys"));
        assertThat(run.exitCode()).isZero();
    }
}
