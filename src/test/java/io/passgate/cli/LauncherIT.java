package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.Passgate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bin/passgate} makes of the options that it is given for the JVM. */
final class LauncherIT {
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC\\b");

    @TempDir
    private Path scratch = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "PASSGATE_JAVA_OPTS, '', -XX:+UseSerialGC",
        "PASSGATE_JAVA_OPTS, -XX:+UseStringDeduplication -XX:MaxGCPauseMillis=50, -XX:+UseSerialGC",
        "PASSGATE_JAVA_OPTS, -Xmx200m -XX:+UseG1GC, -XX:+UseG1GC",
        "PASSGATE_JAVA_OPTS, -XX:+UseParallelGC -Xmx200m, -XX:+UseParallelGC",
        "JDK_JAVA_OPTIONS, -XX:+UseG1GC, -XX:+UseG1GC",
        "JAVA_TOOL_OPTIONS, -XX:+UseG1GC, -XX:+UseG1GC",
    })
    void aShortRun_takesTheCollectorThatItIsGiven_orTheSerialOne(String variable, String options, String collector)
            throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(variable, options + " -XX:+PrintCommandLineFlags");
        Passgate.Run run = Passgate.run(scratch, environment, "", "keys", "--help");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).anyMatch(line -> line.startsWith("Usage: passgate keys"));
        assertThat(run.out().stream()
                        .filter(line -> line.startsWith("-XX:"))
                        .flatMap(line -> COLLECTOR.matcher(line).results().map(MatchResult::group)))
                .containsExactly(collector);
    }

    @ParameterizedTest
    @CsvSource({
        "PASSGATE_JAVA_OPTS, '', 1",
        "PASSGATE_JAVA_OPTS, -XX:+UseG1GC, 1",
        "PASSGATE_JAVA_OPTS, -XX:TieredStopAtLevel=4, 4",
        "JDK_JAVA_OPTIONS, -XX:+UseG1GC -XX:TieredStopAtLevel=4, 4",
    })
    void aShortRun_isCompiledOnce_unlessItIsToldOtherwise(String variable, String options, int level)
            throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(variable, options + " -XX:+PrintFlagsFinal");
        Passgate.Run run = Passgate.run(scratch, environment, "", "keys", "--help");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).anyMatch(line -> line.matches(" *intx TieredStopAtLevel += " + level + " .*"));
    }

    @Test
    void aClientOfTls12_mayNotNegotiateAgain() throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("PASSGATE_JAVA_OPTS", "-XshowSettings:properties");
        Passgate.Run run = Passgate.run(scratch, environment, "", "keys", "--help");
        assertThat(run.err() + run.out()).contains("jdk.tls.rejectClientInitiatedRenegotiation = true");
    }

    @ParameterizedTest
    @CsvSource({
        "'JAVA_VERSION=\"25.0.3\"', true, false",
        "'JAVA_VERSION=\"26\"', true, false",
        "'JAVA_VERSION=\"25-ea\"', true, false",
        "'JAVA_VERSION=\"17.0.1\"', false, false",
        "'JAVA_VERSION=\"1.8.0_392\"', false, false",
        "'JAVA_VERSION=\"\"', true, true",
        "'IMPLEMENTOR=\"Somebody\"', true, true",
    })
    void aJdk_isTakenByTheFileOfItsRelease_andStartedOnlyWhereThatSaysNothing(
            String release, boolean isTaken, boolean isStarted) throws IOException, InterruptedException {
        Path jdk = Files.createDirectories(scratch.resolve("jdk"));
        Path started = scratch.resolve("started");
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\ntouch '" + started + "'\necho '    java.specification.version = 25' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(jdk.resolve("release"), release + "\n");
        ProcessBuilder builder =
                new ProcessBuilder(Passgate.script().resolveSibling("find-java").toString());
        builder.environment().put("JAVA_HOME", jdk.toString());
        Path found = scratch.resolve("found");
        Process process = builder.redirectOutput(found.toFile()).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(found).strip().equals(java.toRealPath().toString()))
                .isEqualTo(isTaken);
        assertThat(Files.exists(started)).isEqualTo(isStarted);
    }
}
