package io.passgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.passgate.crypto.CryptoProviders;
import io.passgate.testing.Passgate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code passgate demo} as a process, and every command of its page pasted into a shell. */
final class DemoIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 60;
    private static final Pattern COMMAND = Pattern.compile("^ {5}(curl .*|\\S*passgate verify .*)$");
    private static final Pattern EXPECTATION =
            Pattern.compile("^ {5}([a-z0-9-]+) +(accepted|refused) *([a-z0-9_]*)$", Pattern.MULTILINE);

    /** A column of the row that is kept of a visit. */
    private static final Pattern KEPT =
            Pattern.compile("^ {5}(day|entry_id|facility|provider|pass_id|at) +\\S+$", Pattern.MULTILINE);

    /** A pass that its own provider resolves, and no other. */
    private static final Pattern FOUND =
            Pattern.compile("^ {5}([a-z]+) +[-_A-Za-z0-9]{22}: (.*\\S) +the other four: nobody$", Pattern.MULTILINE);

    /** Which the vectors' module cannot do without. */
    private static final String OF_THE_JVM = "WARNING: Using incubator modules: jdk.incubator.vector";

    @TempDir
    private Path scratch = Path.of("");

    @Test
    void aSecondDemonstration_startsAfresh_andEveryCommandOfItsPageWorksAsPasted()
            throws IOException, InterruptedException {
        try (RunningDemo first = start()) {
            assertStory(first.page());
        }
        try (RunningDemo demo = start()) {
            String page = demo.page();
            assertStory(page);
            assertPages(demo, page);
            List<String> answers = new ArrayList<>();
            for (String command : commands(page)) {
                // What one gateway was told just before reaches the other within a second, not at once.
                answers.add(
                        switch (answers.size()) {
                            case 11 -> shellUntil(command, "\"refused\"");
                            case 13 -> shellUntil(command, "\"accepted\"");
                            case 15 -> shellUntil(command, "\"" + DemoPage.PROVIDER + "\"");
                            default -> shell(command);
                        });
            }
            assertThat(answers).hasSize(16);
            List<String> expected = expectations(page);
            assertThat(verdicts(answers.get(0))).isEqualTo(expected.subList(0, 8));
            assertThat(verdicts(answers.get(1))).isEqualTo(expected.subList(8, 16));
            assertThat(verdicts(answers.get(2))).containsExactly("accepted");
            assertThat(verdicts(answers.get(3))).hasSize(64).containsOnly("accepted");
            assertThat(JSON.readTree(answers.get(4)).path("signers"))
                    .as("two of certificates, five providers, the one of wallet certificates, and two of the examples")
                    .hasSize(10);
            assertThat(answers.get(5)).startsWith("openapi: 3.1");
            assertThat(answers.get(6)).isEqualTo("{\"status\":\"up\"}");
            assertThat(answers.get(7)).contains("passgate_verdicts_total{reason=\"expired\",verdict=\"refused\"} 2.0");
            assertThat(JSON.readTree(answers.get(8)).path("status").intValue()).isEqualTo(401);
            assertThat(answers.get(9).lines())
                    .hasSize(8 + 64)
                    .map(DemoIT::verdict)
                    .startsWith(expected.subList(0, 8).toArray(String[]::new));
            assertThat(answers.get(10)).isEqualTo("{\"ids\":[\"1\"]}");
            assertThat(verdicts(answers.get(11))).containsExactly("refused revoked");
            assertThat(answers.get(12)).isEmpty();
            assertThat(verdicts(answers.get(13))).containsExactly("accepted");
            assertCheckIn(answers.get(14), answers.get(15));
        }
        assertThat(scratch.resolve("demo/demo.log")).content().containsSubsequence(gatewaysThatStop(3));
        assertThat(Files.readAllLines(scratch.resolve("err")).stream().filter(line -> !OF_THE_JVM.equals(line)))
                .as("the story is on the terminal, the log is in its file")
                .containsExactly(
                        "starting PostgreSQL, Redis and two gateways, which log to " + scratch.resolve("demo/demo.log"),
                        "stopping the gateways, Redis and PostgreSQL",
                        "stopped");
    }

    /** Those for a browser; that of operations is asked for where it is made. */
    private static void assertPages(RunningDemo demo, String page) throws IOException, InterruptedException {
        assertThat(page)
                .contains("     " + demo.phone() + " ", "     " + demo.verifying() + "/door ", "/        operations:")
                .contains("its token is in ");
        for (String shown : List.of(demo.phone().toString(), demo.verifying() + "/door")) {
            assertThat(shell("curl -s -o /dev/null -w '%{http_code}' " + shown)).isEqualTo("200");
        }
    }

    private static List<String> gatewaysThatStop(int gateways) {
        return Collections.nCopies(gateways, "io.passgate.app.Gateway: stopped");
    }

    /** Beside the visit that the story has left. */
    private static void assertCheckIn(String checkIn, String trace) throws IOException {
        JsonNode result = JSON.readTree(checkIn).path("results").path(0);
        assertThat(verdict(result.toString())).isEqualTo("accepted");
        assertThat(result.path("text").asText()).isEqualTo("Vaccination is complete, and 14 days have passed since.");
        JsonNode found = JSON.readTree(trace);
        assertThat(found.path("case").asText()).isEqualTo("demo-2");
        assertThat(found.path("providers").findValuesAsText("provider")).containsExactly("kakao", DemoPage.PROVIDER);
        assertThat(found.path("providers").findValues("passes")).allMatch(ids -> ids.size() == 1);
        assertThat(found.path("walletVisits").isIntegralNumber()).isTrue();
        assertThat(found.path("walletVisits").intValue()).isZero();
    }

    private static void assertStory(String page) {
        for (String provider : DemoStory.PROVIDERS) {
            assertThat(page)
                    .containsPattern(
                            provider + " +before: refused no_record_shown +after: refused vaccination_incomplete");
        }
        assertThat(page)
                .contains("the holder's phone:      a pass that shows vaccination\n")
                .contains("the same proof again:    none: proof-replayed")
                .contains("a stranger's phone:      none: device-key-mismatch")
                .contains("for travelling: accepted")
                .contains("shows both: accepted.")
                .contains("▀");
        assertDoors(page);
    }

    private static void assertDoors(String page) {
        for (String provider : DemoStory.PROVIDERS) {
            assertThat(page)
                    .containsPattern(provider + " +first gateway: accepted +second gateway: refused already_used\n");
        }
        assertThat(page)
                .containsPattern("second dose 20 days ago +accepted +complete: yes +14 days: yes\n"
                        + " +\"Vaccination is complete, and 14 days have passed since.\"\n")
                .containsPattern(
                        "second dose 13 days ago +refused vaccination_wait_not_over +complete: yes +14 days: no\n")
                .containsPattern("by no policy +accepted +complete: yes +14 days: no\n"
                        + " +\"Vaccination is complete, but 14 days have not passed yet.\"\n")
                .containsPattern("first dose, by no policy +accepted +complete: no +14 days: no\n")
                .containsPattern("a wallet certificate +accepted +complete: yes +14 days: yes\n")
                .containsPattern("each dose: 1 of 2 on [-0-9]{10}, 2 of 2 on [-0-9]{10}\\.\n");
        assertThat(KEPT.matcher(page).results().map(column -> column.group(1)))
                .containsExactly("day", "entry_id", "facility", "provider", "pass_id", "at");
        assertThat(FOUND.matcher(page).results().map(visit -> visit.group(1) + " " + visit.group(2)))
                .containsExactlyInAnyOrder(
                        "kakao the first person",
                        "kakao the first person",
                        "naver the first person",
                        "naver a second one",
                        "toss the first person",
                        "toss a third one",
                        "pass the first person",
                        "coov the first person");
        assertThat(page)
                .contains("     1 with a wallet certificate, of whom nobody knows\n")
                .contains("the same trace finds 0 visits; rows in the log: 0\n")
                .contains("of the next QR code, accepted, the log has 1 row, and the tracer finds 1.\n");
    }

    private RunningDemo start() throws IOException, InterruptedException {
        return RunningDemo.start(scratch.resolve("demo"), scratch.resolve("err"));
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** The command's answer once it holds {@code sign}, or its last one within the patience. */
    private static String shellUntil(String command, String sign) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String answer = shell(command);
        while (!answer.contains(sign) && System.nanoTime() < deadlineNs) {
            answer = shell(command);
        }
        return answer;
    }

    @Test
    void serve_refusesTheSignersOfTheDemonstration() throws IOException, InterruptedException {
        DemoCorpus corpus = new DemoCorpus(CryptoProviders.preferred(), Instant.now());
        Path trust = Files.createDirectory(scratch.resolve("trust"));
        for (var signer : corpus.trust().entrySet()) {
            var _ = Files.writeString(trust.resolve(signer.getKey()), signer.getValue());
        }
        Path config = Files.writeString(scratch.resolve("passgate.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                trust: {sources: [trust]}
                policies: "%s"
                """.formatted(
                        Path.of("config/policies").toAbsolutePath()));
        Path log = scratch.resolve("log");
        Process serve = new ProcessBuilder(Passgate.script().toString(), "serve", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Passgate.awaitLine(log, "listening on 127.0.0.1");
            assertThat(log).content().contains("a signer of the demonstration").contains("; 0 signers, 0 clients");
        } finally {
            end(serve);
        }
    }

    @Test
    void theServersClassPath_lacksTheDemonstration() throws IOException {
        Path lib = Passgate.script().resolveSibling("../lib").normalize();
        try (var jars = Files.list(lib)) {
            assertThat(jars).noneMatch(jar -> jar.getFileName().toString().contains("demo.jar"));
        }
        assertThat(lib.resolve("demo")).isDirectoryContaining("glob:**demo.jar");
        assertThat(namesOf(lib, "passgate-")).noneMatch(DemoIT::isOfTheDemonstration);
        assertThat(namesOf(lib.resolve("demo"), "passgate-"))
                .contains("web/phone/phone.html", "io/passgate/demo/phone/RunningPhone.class");
    }

    private static boolean isOfTheDemonstration(String name) {
        return name.startsWith("web/phone/") || name.startsWith("io/passgate/demo/");
    }

    /** What is in the jar whose name begins so. */
    private static List<String> namesOf(Path lib, String begins) throws IOException {
        try (var jars = Files.list(lib)) {
            Path jar = jars.filter(file -> file.getFileName().toString().startsWith(begins))
                    .findFirst()
                    .orElseThrow();
            try (JarFile open = new JarFile(jar.toFile())) {
                return open.stream().map(JarEntry::getName).toList();
            }
        }
    }

    private static List<String> commands(String page) {
        List<String> commands = new ArrayList<>();
        for (String line : page.replace("\\\n", "").lines().toList()) {
            Matcher command = COMMAND.matcher(line);
            if (command.matches()) {
                commands.add(command.group(1));
            }
        }
        return commands;
    }

    private static List<String> expectations(String page) {
        return EXPECTATION
                .matcher(page)
                .results()
                .map(line -> (line.group(2) + " " + line.group(3)).strip())
                .toList();
    }

    private static String shell(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command).start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(command).isZero();
            return out;
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> verdicts(String answer) throws IOException {
        List<String> verdicts = new ArrayList<>();
        for (JsonNode result : JSON.readTree(answer).path("results")) {
            verdicts.add(verdict(result.toString()));
        }
        return verdicts;
    }

    private static String verdict(String json) {
        try {
            JsonNode result = JSON.readTree(json);
            String reason = result.path("reason").asText("");
            return (result.path("verdict").asText() + " " + (reason.equals("null") ? "" : reason)).strip();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
