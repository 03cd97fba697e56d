package io.passgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.Tools;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients that are generated from the OpenAPI document verify, check in and issue against a demonstration. */
@Tools.Needed("clients")
final class ClientsIT {
    private static final int PATIENCE_SECONDS = 60;
    private static final String PROVIDER = DemoStory.WITH_PROOF;

    @TempDir
    private static Path scratch = Path.of("");

    private static Optional<RunningDemo> running = Optional.empty();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        running = Optional.of(RunningDemo.start(scratch.resolve("demo"), scratch.resolve("err")));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (running.isPresent()) {
            running.get().close();
        }
    }

    @Test
    void theJavaClient_verifiesChecksInAndIssues() throws IOException, InterruptedException {
        Path clients = Path.of(Tools.command("clients"));
        String classPath = String.join(
                File.pathSeparator,
                clients.resolve("java-trial").toString(),
                clients.resolve("java-classes").toString(),
                Files.readString(clients.resolve("java-classpath.txt")).strip());
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertTrial(List.of(java.toString(), "-cp", classPath, "io.passgate.trial.Trial"));
    }

    @Test
    @Tools.Needed("node")
    void theTypeScriptClient_verifiesChecksInAndIssues() throws IOException, InterruptedException {
        Path trial =
                Path.of(Tools.command("clients")).resolve("typescript-trial").resolve("trial.js");
        assertTrial(List.of(Tools.command("node"), trial.toString()));
    }

    private static void assertTrial(List<String> command) throws IOException, InterruptedException {
        RunningDemo demo = running.orElseThrow();
        Map<String, String> environment = Map.of(
                "VERIFYING_URL", demo.verifying().toString(),
                "ISSUING_URL", demo.issuing().toString(),
                "VERIFIER_TOKEN", demo.token(DemoTokens.VERIFIER),
                "FACILITY_TOKEN", demo.token(DemoTokens.FACILITY),
                "REGISTRAR_TOKEN", demo.token(DemoTokens.REGISTRAR),
                "PROVIDER_TOKEN", demo.token(PROVIDER),
                "PROVIDER_HTU", DemoStory.htu(PROVIDER));
        Ran good = run(command, environment);
        assertThat(good.exitCode()).as(good.said()).isZero();
        assertThat(good.said())
                .containsSubsequence(List.of(
                        "recorded: ",
                        "registered: ",
                        "issued: shows ",
                        "verified: accepted",
                        "verified: refused not_a_credential",
                        "checked in: accepted, Vaccination is complete, and 14 days have passed since.",
                        "checked in: refused, This QR code has been used already."));
        Map<String, String> asNobody = new HashMap<>(environment);
        asNobody.put("FACILITY_TOKEN", "nobody");
        Ran refused = run(command, asNobody);
        assertThat(refused.exitCode()).as(refused.said()).isEqualTo(1);
        assertThat(refused.said()).contains("verified: accepted", "answer 401: ", "unauthenticated");
    }

    private record Ran(int exitCode, String said) {}

    private static Ran run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path said = scratch.resolve("said");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ran(process.exitValue(), Files.readString(said));
    }
}
