package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.Demonstration;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code passgate init} on a real database: once, again, and where something has gone. */
final class InitIT {
    private static final String ISSUING = """
            audit: {keyFile: secrets/audit-key}
            issuing:
              pepperFile: secrets/pepper
              keystore: secrets/keystore.p12
              keystorePasswordFile: secrets/keystore-password
              providers:
                - {name: app, deviceProof: required, htu: "https://app.example/"}
                - {name: other, deviceProof: optional, htu: "https://other.example/"}
            """;

    @TempDir
    private static Path folder = Path.of("");

    private static TestStores stores;

    private Path own = Path.of("");
    private Path config = Path.of("");

    @BeforeAll
    static void start() throws IOException {
        stores = new TestStores(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        stores.close();
    }

    @BeforeEach
    void configure() throws IOException, SQLException {
        stores.empty();
        own = Files.createTempDirectory(folder, "gateway");
        configure(ISSUING);
    }

    private void configure(String issuing) throws IOException {
        config = Files.writeString(own.resolve("passgate.yaml"), stores.configuration(own) + issuing);
    }

    private Cli init(String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("init", "--config", config.toString()));
        words.addAll(List.of("--tokens", own.resolve("tokens").toString()));
        words.addAll(List.of(more));
        Cli cli = Cli.run(words.toArray(String[]::new));
        for (String secret : secrets().values()) {
            assertThat(cli.out() + cli.err()).doesNotContain(secret.strip());
        }
        return cli;
    }

    /** Every file that was made, to its content. */
    private Map<Path, String> secrets() throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        for (String name : List.of("secrets", "tokens")) {
            if (Files.exists(own.resolve(name))) {
                try (Stream<Path> files = Files.list(own.resolve(name))) {
                    for (Path file :
                            files.filter(each -> each.toFile().length() > 0).toList()) {
                        contents.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
                    }
                }
            }
        }
        return contents;
    }

    private String token(String file) throws IOException {
        return Files.readString(own.resolve("tokens").resolve(file)).strip();
    }

    private long changes() throws SQLException {
        return stores.number("SELECT count(*) FROM feed_change");
    }

    @Test
    void theFirstRun_makesAllThereIs_andTheSecondChangesNothing() throws IOException, SQLException {
        Cli first = init();
        assertThat(first.err()).isEmpty();
        assertThat(first.exitCode()).isZero();
        assertThat(first.lines())
                .startsWith("database: the schema is up to date")
                .anyMatch(line -> line.startsWith("key of pass:other: made, in "))
                .endsWith("done: 14 things were made");
        Map<Path, String> made = secrets();
        assertThat(made.keySet().stream().map(file -> own.relativize(file).toString()))
                .containsExactly(
                        "secrets/audit-key",
                        "secrets/keystore-password",
                        "secrets/keystore.p12",
                        "secrets/pepper",
                        "tokens/care-facility",
                        "tokens/facility",
                        "tokens/provider-app",
                        "tokens/provider-other",
                        "tokens/registrar",
                        "tokens/tracer",
                        "tokens/trust-admin",
                        "tokens/verifier");
        assertThat(made.values()).doesNotHaveDuplicates();
        for (Path file : made.keySet()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
        for (String name : List.of("pepper", "audit-key", "keystore-password")) {
            String text = Files.readString(own.resolve("secrets").resolve(name)).strip();
            assertThat(Base64.getDecoder().decode(text)).hasSize(32);
        }
        assertThat(stores.texts("SELECT kind || coalesce(provider, '') FROM signer ORDER BY 1"))
                .containsExactly("dcc", "passapp", "passother");
        assertThat(stores.texts("SELECT role || ' ' || name FROM client_token ORDER BY 1"))
                .containsExactly(
                        "care-facility care-facility",
                        "facility facility",
                        "provider app",
                        "provider other",
                        "registrar registrar",
                        "tracer tracer",
                        "trust-admin trust-admin",
                        "verifier verifier");
        assertThat(stores.number("SELECT count(*) FROM client_token WHERE sha256 = sha256('" + token("tracer") + "')"))
                .isEqualTo(1);
        long changes = changes();

        Cli second = init();
        assertThat(second.err()).isEmpty();
        assertThat(second.exitCode()).isZero();
        assertThat(second.lines()).hasSameSizeAs(first.lines()).endsWith("done: nothing was changed");
        assertThat(second.out()).doesNotContain(": made");
        assertThat(secrets()).isEqualTo(made);
        assertThat(changes()).isEqualTo(changes);
    }

    @Test
    void aTokenThatWasTakenAway_orRevoked_isNotMadeAgain() throws IOException {
        assertThat(init().exitCode()).isZero();
        Path taken = own.resolve("tokens/registrar");
        Files.delete(taken);
        assertThat(Cli.run("token", "revoke", "--config", config.toString(), "--name", "tracer")
                        .exitCode())
                .isZero();
        Cli again = init();
        assertThat(again.lines())
                .contains("token of registrar: was made before, and is not in " + taken + " any more")
                .contains("token of tracer: is in " + own.resolve("tokens/tracer") + ", and was revoked")
                .endsWith("done: nothing was changed");
        assertThat(taken).doesNotExist();
    }

    @Test
    void aFileThatHoldsNoToken_isNamed_andLetsNobodyIn() throws IOException, SQLException {
        Path file =
                Files.createFile(Files.createDirectory(own.resolve("tokens")).resolve("verifier"));
        Cli cli = init();
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains(file + ": holds no token");
        assertThat(stores.number("SELECT count(*) FROM client_token")).isZero();
    }

    @Test
    void aRunThatBrokeOff_orADatabaseThatWasMadeAnew_isCompletedByTheNext() throws IOException, SQLException {
        assertThat(init().exitCode()).isZero();
        Map<Path, String> made = secrets();
        stores.empty();
        configure(ISSUING);
        Cli again = init();
        assertThat(again.exitCode()).isZero();
        assertThat(again.lines()).endsWith("done: 8 things were made");
        assertThat(secrets()).isEqualTo(made);
        assertThat(stores.number("SELECT count(*) FROM client_token")).isEqualTo(8);
    }

    @Test
    void aPepperThatTheDatabaseKnows_isNotReplacedByAnother() throws IOException, SQLException {
        assertThat(init().exitCode()).isZero();
        Path pepper = own.resolve("secrets/pepper");
        String right = Files.readString(pepper);
        assertThat(Cli.run("secrets", "adopt", "--config", config.toString(), "--yes")
                        .exitCode())
                .isZero();
        Files.delete(pepper);
        Cli without = init();
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err())
                .contains("issuing.pepperFile: there is no file " + pepper + ", and the database knows one");
        assertThat(pepper).doesNotExist();

        Files.writeString(pepper, Base64.getEncoder().encodeToString(new byte[32]));
        Cli another = init();
        assertThat(another.exitCode()).isEqualTo(2);
        assertThat(another.err()).contains("the pepper is not the one that the database knows");

        Files.writeString(pepper, right);
        assertThat(init().lines()).endsWith("done: nothing was changed");
        Files.delete(own.resolve("secrets/audit-key"));
        assertThat(init().err()).contains("audit.keyFile: there is no file ");
    }

    @Test
    void aKeystoreWithoutItsPassword_isLeftAsItIs() throws IOException {
        assertThat(init().exitCode()).isZero();
        Files.delete(own.resolve("secrets/keystore-password"));
        Cli without = init();
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).contains("issuing.keystorePasswordFile: there is no file ");
        assertThat(own.resolve("secrets/keystore-password")).doesNotExist();
    }

    @Test
    void aFileThatHoldsNoSecret_isNamed() throws IOException {
        Files.createDirectories(own.resolve("secrets"));
        var _ = Files.writeString(own.resolve("secrets/pepper"), "short");
        Cli cli = init();
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains("issuing.pepperFile", "does not hold at least 32 bytes in Base64");
    }

    @Test
    void signersOfAFolder_areAddedOnce_andThoseOfTheDemonstrationNever() throws Exception {
        Path trust = Files.createDirectory(own.resolve("trust"));
        TestIssuer issuer = TestIssuer.ec256("XX");
        var _ = Files.write(trust.resolve("a.der"), issuer.certificateDer());
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        TestCertificate invented = new TestCertificate(
                "XX", Demonstration.ORGANIZATION, TestIssuer.NOT_BEFORE, TestIssuer.NOT_AFTER, Optional.empty());
        var _ = Files.write(trust.resolve("b.der"), invented.selfSigned(keys));
        Cli first = init("--trust", trust.toString());
        assertThat(first.exitCode()).isZero();
        assertThat(first.lines())
                .anyMatch(line ->
                        line.startsWith("signers: left out: KID ") && line.endsWith(": a signer of the demonstration"))
                .contains("signers: 1 added, 0 were there, 1 left out, in " + trust);
        assertThat(stores.texts("SELECT organization FROM signer")).doesNotContain(Demonstration.ORGANIZATION);
        long changes = changes();
        Cli second = init("--trust", trust.toString());
        assertThat(second.lines())
                .contains("signers: none to add, 1 were there, 1 left out, in " + trust)
                .endsWith("done: nothing was changed");
        assertThat(changes()).isEqualTo(changes);
    }

    @Test
    void whereNothingIsIssued_thereAreTokensOnly() throws IOException {
        configure("");
        Cli cli = init();
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.lines())
                .contains(
                        "pepper: issuing.pepperFile is not set; there is no issuing",
                        "audit key: audit.keyFile is not set; there is no tracing",
                        "keystore: issuing.keystore is not set; nothing is signed")
                .endsWith("done: 6 things were made");
        assertThat(own.resolve("secrets")).doesNotExist();
    }

    @Test
    void withoutADatabase_itSaysSo() throws IOException {
        config = Files.writeString(own.resolve("alone.yaml"), "policies: x\n");
        Cli cli = init();
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains("database.uri");
        assertThat(own.resolve("tokens")).doesNotExist();
    }
}
