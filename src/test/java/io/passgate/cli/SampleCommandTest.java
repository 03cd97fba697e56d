package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code passgate sample}: what it makes is judged as it says, and made again alike. */
final class SampleCommandTest {
    private static final String NOON = "2022-02-15T12:00:00Z";
    private static final int COUNT = 600;
    private static final List<String> FILES = List.of("expected.jsonl", "samples.txt", "signers.pem");

    @TempDir
    private Path folder = Path.of("");

    private Cli sample(String name, int count, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "sample",
                "--count",
                Integer.toString(count),
                "--dir",
                folder.resolve(name).toString()));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray(String[]::new));
    }

    private void made(String name, int count, String seed, String... more) {
        List<String> options = new ArrayList<>(List.of("--seed", seed, "--at", NOON));
        options.addAll(List.of(more));
        Cli cli = sample(name, count, options.toArray(String[]::new));
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        assertThat(cli.out()).startsWith("%,d payloads in ".formatted(count)).contains(" for " + NOON + ": ");
    }

    private List<String> lines(String name, String file) throws IOException {
        return Files.readAllLines(folder.resolve(name).resolve(file));
    }

    private String path(String name, String file) {
        return folder.resolve(name).resolve(file).toString();
    }

    private static Map<String, Integer> reasons(List<String> lines) {
        Map<String, Integer> counts = new TreeMap<>();
        lines.forEach(line -> {
            var _ = counts.merge(line.replaceFirst(".*\"reason\":\"?([a-z_]+).*", "$1"), 1, Integer::sum);
        });
        return counts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "kr", "kr@2021-07-12", "eu", "eu@2022-04-06"})
    void certificates_areJudgedAsExpected(String policy) throws IOException {
        made("cards", COUNT, "1", "--policy", policy);
        Cli verify = Cli.run(
                "verify",
                "--trust",
                path("cards", "signers.pem"),
                "--at",
                NOON,
                "--policy",
                policy,
                path("cards", "samples.txt"));
        assertThat(verify.exitCode()).isZero();
        assertThat(verify.err()).isEmpty();
        assertThat(verify.lines()).isEqualTo(lines("cards", "expected.jsonl")).hasSize(COUNT);
        assertThat(reasons(verify.lines())).containsKeys("null", "expired", "signature_invalid", "signer_unknown");
        assertThat(reasons(verify.lines()).get("null")).isBetween(COUNT / 2, COUNT * 24 / 25);
        assertThat(reasons(verify.lines()).containsKey("vaccination_wait_not_over"))
                .isEqualTo(!policy.equals("none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "kr"})
    void passes_areJudgedAsExpected(String policy) throws IOException {
        made("passes", COUNT, "1", "--format", "entry-pass", "--policy", policy);
        Cli verify = Cli.run(
                "verify",
                "--trust",
                path("passes", "signers.pem"),
                "--provider",
                "sample",
                "--at",
                NOON,
                "--policy",
                policy,
                path("passes", "samples.txt"));
        assertThat(verify.exitCode()).isZero();
        assertThat(verify.lines()).isEqualTo(lines("passes", "expected.jsonl")).hasSize(COUNT);
        assertThat(reasons(verify.lines())).containsKeys("null", "expired", "signature_invalid", "signer_unknown");
        assertThat(reasons(verify.lines()).containsKey("no_record_shown")).isEqualTo(!policy.equals("none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-dcc", "entry-pass"})
    void theSameSeed_makesTheSameFiles_andAnotherOneOthers(String format) throws IOException {
        made("one", COUNT, "-7", "--format", format);
        made("again", COUNT, "-7", "--format", format);
        made("larger", COUNT + 1, "-7", "--format", format);
        made("other", COUNT, "8", "--format", format);
        for (String file : FILES) {
            assertThat(folder.resolve("again").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
            assertThat(Arrays.equals(
                            Files.readAllBytes(folder.resolve("one").resolve(file)),
                            Files.readAllBytes(folder.resolve("other").resolve(file))))
                    .as(file)
                    .isFalse();
        }
        List<String> payloads = lines("one", "samples.txt");
        assertThat(lines("larger", "samples.txt").subList(0, COUNT)).isEqualTo(payloads);
        assertThat(new HashSet<>(payloads)).hasSize(COUNT).doesNotContainAnyElementsOf(lines("other", "samples.txt"));
    }

    @Test
    void anotherOrganization_hasOtherKeys_andItsName() throws IOException {
        made("usual", 1, "7");
        made("named", 1, "7", "--organization", "Load test");
        assertThat(lines("named", "samples.txt")).isNotEqualTo(lines("usual", "samples.txt"));
        assertThat(Cli.run("signers", "list", "--trust", path("named", "signers.pem"))
                        .lines())
                .hasSize(8)
                .allMatch(line -> line.contains("o=Load test") && line.contains("for tests only"));
        assertThat(Cli.run("signers", "list", "--trust", path("usual", "signers.pem"))
                        .lines())
                .allMatch(line -> line.contains("o=Passgate Sample"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0||--count is from 1 to 1,000,000, not 0",
                "1000001||--count is from 1 to 1,000,000, not 1,000,001",
                "1|--format=hcert2|there is no format hcert2; there are: eu-dcc, entry-pass",
                "1|--policy=mars|there is no policy mars; there are: [eu@",
                "1|--at=2020-12-31|--at: samples are made for 2021-01-01T00:00:00Z to 2090-01-01T00:00:00Z",
                "1|--at=soon|'soon' is not an instant",
                "1|--organization= |--organization: a name has 1 to 64 printable characters",
            })
    void whatCannotBeMade_isSaid_andNothingIsMade(int count, @Nullable String option, String why) {
        Cli cli = option == null ? sample("none", count, "--seed", "1") : sample("none", count, "--seed", "1", option);
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains(why);
        assertThat(cli.out()).isEmpty();
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aFolderThatHoldsSomething_orIsNone_isLeftAsItIs() throws IOException {
        Path full = Files.createDirectory(folder.resolve("full"));
        Path kept = Files.writeString(full.resolve("kept"), "kept");
        Cli cli = sample("full", 1, "--seed", "1");
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).isEqualToIgnoringNewLines("passgate: --dir: " + full + " is not empty");
        assertThat(full).isDirectoryContaining(path -> path.equals(kept));
        assertThat(sample("full/kept", 1, "--seed", "1").err()).contains("full/kept is no folder");
        Cli below = sample("full/kept/below", 1, "--seed", "1");
        assertThat(below.exitCode()).isEqualTo(2);
        assertThat(below.err()).contains("full/kept");
        assertThat(kept).hasContent("kept");
    }

    @Test
    void anEmptyFolder_isUsed() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        made("empty", 1, "1");
        assertThat(lines("empty", "samples.txt")).hasSize(1);
    }
}
