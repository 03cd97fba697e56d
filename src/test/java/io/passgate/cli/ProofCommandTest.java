package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.dpop.DeviceKey;
import io.passgate.dpop.ProofParser;
import io.passgate.dpop.ProofReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code passgate proof}: one device as long as its key's file is there. */
final class ProofCommandTest {
    private static final String OTHER_CURVE = """
            -----BEGIN PRIVATE KEY-----
            AAAA
            -----END PRIVATE KEY-----
            -----BEGIN PUBLIC KEY-----
            AAAA
            -----END PUBLIC KEY-----
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path config = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void configure() throws IOException {
        key = folder.resolve("phone.pem");
        config = Files.writeString(
                folder.resolve("passgate.yaml"),
                "issuing: {providers: [{name: app, deviceProof: required, htu: 'https://app.example/entry'}]}\n");
    }

    private Cli proof(String provider, String consent) {
        return Cli.run(
                "proof",
                "--config",
                config.toString(),
                "--key",
                key.toString(),
                "--provider",
                provider,
                "--consent",
                consent);
    }

    private static DeviceKey device(Cli cli) {
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        ProofReading reading = ProofParser.parse(cli.out().strip());
        assertThat(reading).isInstanceOf(ProofReading.Parsed.class);
        return ((ProofReading.Parsed) reading).proof().key();
    }

    @Test
    void theKeyIsMadeOnce_forItsOwnerOnly() throws IOException {
        Cli first = proof("app", "a-consent");
        String made = Files.readString(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        Cli second = proof("app", "a-consent");
        assertThat(device(second)).isEqualTo(device(first));
        assertThat(second.out()).isNotEqualTo(first.out());
        assertThat(Files.readString(key)).isEqualTo(made);
    }

    @Test
    void theProof_isForTheProvidersTarget_andTheConsent() {
        String[] parts = proof("app", "a-consent").out().strip().split("\\.", -1);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .contains("\"htu\":\"https://app.example/entry\"", "\"consent\":\"a-consent\"", "\"htm\":\"POST\"");
    }

    @Test
    void whatIsWrong_isNamed() throws IOException {
        assertThat(proof("nobody", "a-consent").exitCode()).isEqualTo(2);
        assertThat(proof("app", "no\"id").err()).contains("--consent");
        Files.writeString(key, OTHER_CURVE);
        Cli cli = proof("app", "a-consent");
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains("does not hold a key of P-256");
    }
}
