package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code passgate secrets adopt} on a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SecretsCommandIT {
    private static final String PRINTS =
            "SELECT purpose || ' ' || encode(fingerprint, 'hex') FROM secret_fingerprint ORDER BY purpose";

    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;

    @BeforeAll
    void start() throws IOException {
        stores = new TestStores(folder.resolve("stores"));
    }

    @BeforeEach
    void empty() throws IOException, SQLException {
        stores.empty();
    }

    @AfterAll
    void stop() throws IOException {
        stores.close();
    }

    private String config(String name, int pepper, int auditKey) throws IOException {
        return config(name, "issuing: {pepperFile: %s}%naudit: {keyFile: %s}".formatted(key(pepper), key(auditKey)));
    }

    private String config(String name, String secrets) throws IOException {
        var _ = Files.writeString(folder.resolve("database"), "postgres\n");
        return Files.writeString(
                        folder.resolve(name),
                        String.join(
                                "\n",
                                "database: {uri: '" + stores.database().uri() + "', user: "
                                        + stores.database().user() + ", passwordFile: database}",
                                "redis: {endpoints: ['" + stores.redis.uri() + "']}",
                                secrets,
                                ""))
                .toString();
    }

    private String key(int fill) throws IOException {
        byte[] secret = new byte[32];
        secret[31] = (byte) fill;
        String name = "key-" + fill;
        var _ = Files.writeString(folder.resolve(name), Base64.getEncoder().encodeToString(secret));
        return name;
    }

    @Test
    void withoutYes_itSaysWhatItWouldDo_andDoesNothing() throws IOException, SQLException {
        String config = config("one.yaml", 1, 2);
        Cli fresh = Cli.run("secrets", "adopt", "--config", config);
        assertThat(fresh.exitCode()).isEqualTo(2);
        assertThat(fresh.err())
                .contains("the pepper would be adopted", "the audit key would be adopted", "nothing was changed")
                .doesNotContain("in the place of another");
        assertThat(stores.texts(PRINTS)).isEmpty();
        assertThat(Cli.run("secrets", "adopt", "--yes", "--config", config).exitCode())
                .isZero();
        List<String> before = stores.texts(PRINTS);
        Cli other = Cli.run("secrets", "adopt", "--config", config("other.yaml", 3, 2));
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err())
                .contains(
                        "the pepper would be adopted, in the place of another one; holders",
                        "the audit key is the one that the database knows");
        assertThat(stores.texts(PRINTS)).isEqualTo(before).hasSize(2);
    }

    @Test
    void withYes_theyAreKnown_itIsAudited_andWhatThePepperSealedIsGivenUp() throws IOException, SQLException {
        assertThat(Cli.run("secrets", "adopt", "--yes", "--config", config("one.yaml", 1, 2))
                        .exitCode())
                .isZero();
        List<String> before = stores.texts(PRINTS);
        stores.sql("DELETE FROM audit_pending");
        stores.sql("INSERT INTO tag_key (day, sealed) VALUES (current_date, '')");
        Cli audit = Cli.run("secrets", "adopt", "--yes", "--config", config("audit.yaml", 1, 4));
        assertThat(audit.err())
                .contains("the pepper is the one that the database knows")
                .contains("the audit key is adopted, in the place of another one; what is in the audit");
        assertThat(stores.number("SELECT count(*) FROM tag_key")).isOne();
        Cli pepper = Cli.run("secrets", "adopt", "--yes", "--config", config("pepper.yaml", 3, 4));
        assertThat(pepper.exitCode()).isZero();
        assertThat(stores.number("SELECT count(*) FROM tag_key")).isZero();
        assertThat(stores.texts(PRINTS)).hasSize(2).doesNotContainAnyElementsOf(before);
        assertThat(stores.texts("SELECT kind || ' ' || actor || ' ' || detail FROM audit_pending ORDER BY id"))
                .containsExactly(
                        "secret_adopted command line {\"purpose\":\"audit\"}",
                        "secret_adopted command line {\"purpose\":\"pepper\"}");
    }

    @Test
    void aConfigurationWithoutSecrets_orWithOneOf31Bytes_isWrong() throws IOException {
        Cli none = Cli.run("secrets", "adopt", "--yes", "--config", config("none.yaml", ""));
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("neither issuing.pepperFile nor audit.keyFile is set");
        var _ = Files.writeString(folder.resolve("short"), Base64.getEncoder().encodeToString(new byte[31]));
        Cli tooShort =
                Cli.run("secrets", "adopt", "--yes", "--config", config("short.yaml", "audit: {keyFile: short}"));
        assertThat(tooShort.exitCode()).isEqualTo(2);
        assertThat(tooShort.err()).contains("audit.keyFile: ", "at least 32 bytes");
    }
}
