package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The lines that {@code bin/make-caches} has commands and gateways judge take the ways that are taken most. */
final class TrainingLinesTest {
    private static final String FOLDER = "src/dist/training/";

    @Test
    void theyAreJudged_eachInItsWay() {
        Cli cli = Cli.run(
                "verify", "--at", "2021-09-01T00:00:00Z", "--trust", FOLDER + "signer.pem", FOLDER + "lines.txt");
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.lines().stream().filter(line -> line.contains("\"accepted\"")))
                .hasSize(6);
        assertThat(cli.out())
                .contains("\"signature_invalid\"", "\"signer_unknown\"", "\"not_a_credential\"", "\"eu-dcc\"");
    }
}
