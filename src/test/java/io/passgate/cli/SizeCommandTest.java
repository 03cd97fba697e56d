package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.MarkdownFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code passgate size}: what it prints is what the chapter on capacity shows, and a wrong option is said. */
final class SizeCommandTest {
    private static final Path CHAPTER = Path.of("src/site/markdown/capacity.md");

    private static Cli size(String... options) {
        return Cli.run(Stream.concat(Stream.of("size"), Arrays.stream(options)).toArray(String[]::new));
    }

    /** The lines that the chapter shows below a command, as they are. */
    private static List<String> shown(String command) throws IOException {
        List<String> lines = MarkdownFile.read(CHAPTER).lines();
        int first = lines.indexOf("$ " + command) + 1;
        assertThat(first).as(command).isPositive();
        List<String> rest = lines.subList(first, lines.size());
        return rest.subList(0, rest.indexOf("```"));
    }

    @Test
    void korea_isSizedAsTheChapterShows_toTheCharacter() throws IOException {
        Cli cli = size("--population", "52000000");
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.lines()).isEqualTo(shown("passgate size --population 52000000"));
        assertThat(cli.lines()).allMatch(line -> line.matches("[ -~]{0,100}") && line.equals(line.stripTrailing()));
    }

    @Test
    void theDefaults_areThoseThatAreTold() {
        Cli told = size("--help");
        List<String> options = new ArrayList<>(List.of("--population", "52000000"));
        for (String option : List.of(
                "--coverage=0.85",
                "--visits=3",
                "--peak-share=0.2",
                "--peak-factor=3",
                "--passes-per-visit=2",
                "--cores=2",
                "--load=0.5",
                "--outage=60")) {
            options.add(option);
            assertThat(told.out())
                    .contains(option.split("=", 2)[0] + "=", "(default: " + option.split("=", 2)[1] + ")");
        }
        assertThat(size(options.toArray(String[]::new)).out())
                .isEqualTo(size("--population", "52000000").out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--coverage=0.5|x 0.5 x 3 visits",
                "--visits=1.25|x 1.25 visits",
                "--peak-share=0.125|132,600,000 x 0.125",
                "--peak-factor=1.5|/ 3,600 s x 1.5",
                "--passes-per-visit=0.1|22,100 x 0.1 passes a visit",
                "--batch|22,100 x 24 us",
                "--cores=4|/ 0.5 load / 4 cores",
                "--load=0.25|/ 0.25 load",
                "--outage=90|39,780,000 in 90 min"
            })
    void eachOption_isInTheArithmetic(String option, String line) {
        Cli cli = size("--population", "52000000", option);
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out()).contains(line);
        assertThat(size("--population", "52000000").out()).doesNotContain(line);
    }

    @Test
    void whereNobodyMakesPasses_noneOfThemIsSpokenOf() {
        assertThat(size("--population", "52000000", "--passes-per-visit", "0").out())
                .doesNotContain("issu", "passes/s");
    }

    @Test
    void onePerson_isSizedInWordsThatFit() {
        Cli cli = size("--population", "1", "--cores", "1");
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.lines())
                .contains("Needed for 1 person", "  doors        2 gateways of 1 core")
                .anyMatch(line -> line.startsWith("  Redis        1 master with "));
        assertThat(cli.out()).doesNotContainPattern("\\b1 (people|gateways|masters|cores)\\b");
    }

    @Test
    void whatOneInstallationCannotCarry_isReckonedAllTheSame_andHasFailed() {
        Cli cli = size("--population", "10000000000");
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.out())
                .contains(" 25,500,000,000 visits a day", "x 1/16 shards", "on each of 16 masters, and may be 0.5");
        assertThat(cli.err())
                .isEqualToIgnoringNewLines("passgate: Redis: one installation cannot have enough masters; divide the"
                        + " country, or load cores higher");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--population=0|--population is from 1 to 10,000,000,000, not 0",
                "--population=10000000001|--population is from 1 to 10,000,000,000, not 10,000,000,001",
                "--population=many|'many' is not a long",
                "--population=1 --coverage=1.1|--coverage is from 0.001 to 1, not 1.1",
                "--population=1 --visits=0|--visits is from 0.01 to 100, not 0",
                "--population=1 --visits=1e9|'1e9' is not a number such as 0.85",
                "--population=1 --visits=-1|'-1' is not a number such as 0.85",
                "--population=1 --peak-share=0.04|--peak-share is from 0.042 to 1, not 0.04",
                "--population=1 --peak-share=0.1234567|'0.1234567' is not a number",
                "--population=1 --peak-factor=0.9|--peak-factor is from 1 to 60, not 0.9",
                "--population=1 --passes-per-visit=101|--passes-per-visit is from 0 to 100, not 101",
                "--population=1 --cores=0|--cores is from 1 to 1,024, not 0",
                "--population=1 --load=1.01|--load is from 0.05 to 1, not 1.01",
                "--population=1 --outage=9|--outage is from 10 to 1,440, not 9",
                "--visits=3|Missing required option: '--population=N'"
            })
    void aWrongOption_isSaid_andNothingIsPrinted(String options, String why) {
        Cli cli = size(options.split(" ", -1));
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains(why);
        assertThat(cli.out()).isEmpty();
    }
}
