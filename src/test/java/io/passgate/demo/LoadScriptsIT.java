package io.passgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The script for load tests by wrk, as its page says, at a demonstration. */
@Tools.Needed("wrk")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LoadScriptsIT {
    private static final Path SCRIPT = Path.of("bench/load/verify.lua");

    @TempDir
    private static Path folder = Path.of("");

    private RunningDemo demo;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        demo = RunningDemo.start(folder.resolve("demo"), folder.resolve("err"));
    }

    @AfterAll
    void stop() throws InterruptedException {
        demo.close();
    }

    private String wrk(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Tools.command("wrk"),
                "-t2",
                "-c8",
                "-d3s",
                "--latency",
                "-s",
                SCRIPT.toString(),
                demo.verifying().toString(),
                "--"));
        command.addAll(List.of(arguments));
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(wrk.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static long count(String said, String what) {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(what) + " +(\\d+)$").matcher(said);
        assertThat(line.find()).as(said).isTrue();
        return Long.parseLong(line.group(1));
    }

    private String file(String name) {
        return folder.resolve("demo").resolve(name).toString();
    }

    /** More a second than any limit of a verifier. */
    @Test
    void inBatches_everyRequestIsAnswered_beyondAnyLimit() throws IOException, InterruptedException {
        String said = wrk(file("corpus.txt"), file("tokens/demo"), "64");
        assertThat(count(said, "accepted")).as(said).isGreaterThan(10_000);
        assertThat(count(said, "refused")).isPositive();
        assertThat(count(said, "indeterminate")).isZero();
        assertThat(count(said, "payloads/s")).isGreaterThan(1_000);
        for (String lost : List.of("limited (429)", "shed (503)", "other answers", "no answer")) {
            assertThat(count(said, lost)).as(said).isZero();
        }
    }

    @Test
    void oneByOne_eachVerdictIsCounted() throws IOException, InterruptedException {
        String said = wrk(file("corpus.txt"), file("tokens/demo"));
        assertThat(count(said, "accepted")).as(said).isGreaterThan(100);
        assertThat(count(said, "other answers")).isZero();
    }

    @Test
    void aTokenOfAnotherRole_isNoAnswerOfOurs() throws IOException, InterruptedException {
        String said = wrk(file("corpus.txt"), file("tokens/tracer"));
        assertThat(count(said, "accepted")).isZero();
        assertThat(count(said, "other answers")).as(said).isPositive();
    }

    @Test
    void whatIsMissing_isNamed() throws IOException, InterruptedException {
        assertThat(wrk()).contains("usage: wrk");
        assertThat(wrk(file("no-such-file"), file("tokens/demo"))).contains("no-such-file");
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThat(wrk(empty.toString(), file("tokens/demo"))).contains("is empty");
    }
}
