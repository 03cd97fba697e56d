package io.passgate.app.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is YAML made to cost much is refused for little. */
final class OddConfigFileTest {
    @TempDir
    private Path folder = Path.of("");

    private void assertRefused(String yaml, String named) throws IOException {
        Path file = Files.writeString(folder.resolve("given.yaml"), yaml);
        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http: &a {port: 1}; management: *a|management",
                "http: &a {port: 1}; management: {<<: *a}|management.<<",
                "trust: {sources: &a [x]}; http: {trustedProxies: *a}|http.trustedProxies",
            })
    void anAlias_isATextAndNeverWhatItPointsAt(String yaml, String key) throws IOException {
        assertRefused(yaml.replace("; ", "\n"), key + ": ");
    }

    @Test
    void aliasesOfAliases_multiplyNothing() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
        }
        assertRefused(bomb + "trust: {sources: *a29}\n", ": ");
    }

    @Test
    void aDeepNesting_andAFileWithoutEnd_areRefused() throws IOException {
        assertRefused("[".repeat(100_000), ": ");
        assertRefused("{http: ".repeat(100_000), ": ");
        assertRefused("trust: {sources: " + "[".repeat(40) + "]".repeat(40) + "}", "trust.sources");
        assertRefused("#".repeat((3 << 20) + 1), "is longer than 3145728 bytes");
        assertThatThrownBy(() -> ConfigFile.read(Path.of("/dev/zero")))
                .isInstanceOf(InvalidConfig.class)
                .hasMessage("/dev/zero: is longer than 3145728 bytes");
    }
}
