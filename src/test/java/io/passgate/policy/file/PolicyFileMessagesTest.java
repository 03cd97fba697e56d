package io.passgate.policy.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.policy.rule.Rule;
import io.passgate.policy.rule.RulePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a policy file that cannot be used: the file, the key and what is wrong, in the words of the file. */
final class PolicyFileMessagesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void copyTheShippedFiles() throws IOException {
        try (Stream<Path> files = Files.list(ShippedPolicies.FOLDER)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zone: UTC            | ''                   | zone: is missing",
                "zone: UTC            | 'zone: '             | zone: is missing",
                "zone: UTC            | 'zone: 5'            | zone: is not text (quote a code made of digits)",
                "zone: UTC            | 'zone: [UTC]'        | zone: is not text (quote a code made of digits)",
                "zone: UTC            | 'zone: Asia/Soul'    | 'zone: Asia/Soul: Unknown time-zone ID: Asia/Soul'",
                "zone: UTC            | 'zone: UTC\nluck: 1' | luck: is unknown here",
                "maxEvents: 1         | 'maxEvents: \"1\"'   | maxEvents: is not a whole number",
                "maxEvents: 1         | 'maxEvents: 1.0'     | maxEvents: is not a whole number",
                "maxEvents: 1         | 'maxEvents: none'    | maxEvents: is not a whole number",
                "maxEvents: 1         | 'maxEvents: true'    | maxEvents: is not a whole number",
                "maxEvents: 1         | 'maxEvents: 17'      | maxEvents: 17 is more than the 16 that are decoded",
                "targets: [covid-19]  | 'targets: covid-19'  | targets: is not a list with at least one entry",
                "targets: [covid-19]  | 'targets: '          | targets: is missing",
                "targets: [covid-19]  | 'targets: [mumps]'   | 'targets: mumps is none of [covid-19]'",
                "series: issuer       | 'series: ISSUER'     | 'series: ISSUER is none of [product, issuer]'",
                "series: issuer       | 'series: product'    | longestPrimary: is unknown here",
                "longestPrimary: 2    | ''                   | longestPrimary: is missing",
                "longestPrimary: 2    | 'longestPrimary: '   | longestPrimary: is missing",
                "longestPrimary: 2    | 'longestPrimary: a'  | longestPrimary: is not a whole number",
                "fromDay: 14          | 'fromDay: 271'       | 'rules.vaccination_complete: 0 <= fromDay <= untilDay"
                        + " does not hold for 271 and OptionalInt[270]'",
                "fromDay: 14          | 'fromDay: 14\n    luck: 1' | rules.vaccination_complete.luck: is unknown here",
                "fromDay: 14          | ''                   | rules.vaccination_complete.fromDay: is missing",
                "untilDay: 270        | 'untilDay: never'    | rules.vaccination_complete.untilDay: is not a whole number",
                "until: exact }       | 'until: exact, a: 1 }' | rules.test_negative.types.naat.a: is unknown here",
                "naat: { hours: 72    | 'swab: { hours: 72'  | 'rules.test_negative: types: swab is none of [naat, rat]'",
                "naat: { hours: 72    | 'naat: { hours: 0'   | 'rules.test_negative.types.naat: a test is accepted for"
                        + " at least 1 hour, not 0'",
                "'  recovery:'        | '  recovery: 5\n  luck:' | rules.recovery: is not a mapping",
                "'  recovery:'        | '  luck:'            | rules.luck: is unknown here"
            })
    void theMessage_isTheFileTheKeyAndWhatIsWrong(String text, String instead, String said) throws IOException {
        Path file = folder.resolve("eu@2022-02-01.yaml");
        String shipped = Files.readString(file);
        String wrong = shipped.replaceFirst(Pattern.quote(text), instead);
        assertThat(wrong).isNotEqualTo(shipped);
        Files.writeString(file, wrong);
        assertThatThrownBy(() -> PolicyFiles.read(folder))
                .isInstanceOf(InvalidPolicyFile.class)
                .hasMessage(file + ": " + said);
    }

    @Test
    void aKeyThatMayBeLeftOut_isNotLeftOutWithNothingBehindIt() throws IOException {
        Path file = folder.resolve("kr@2021-07-12.yaml");
        Files.writeString(file, Files.readString(file) + "longestPrimary: ~\n");
        assertThatThrownBy(() -> PolicyFiles.read(folder))
                .isInstanceOf(InvalidPolicyFile.class)
                .hasMessage(file + ": longestPrimary: is missing");
    }

    @Test
    void theRules_standInTheOrderOfTheFile() throws IOException {
        Path file = folder.resolve("eu@2022-02-01.yaml");
        String first = "rules:\n  under_age_exempt: { upToAge: 11 }\n";
        String shipped = Files.readString(file);
        Files.writeString(
                file,
                shipped.substring(0, shipped.indexOf("  under_age_exempt:")).replace("rules:\n", first));
        RulePolicy read = (RulePolicy)
                PolicyFiles.read(folder).find("eu@2022-02-01", Instant.EPOCH).orElseThrow();
        assertThat(read.rules())
                .extracting(Rule::code)
                .containsExactly(
                        "under_age_exempt", "vaccination_booster", "vaccination_complete", "recovery", "test_negative");
    }
}
