package io.passgate.app.keys;

import static io.passgate.testing.TestKeys.KAKAO;
import static io.passgate.testing.TestKeys.NAVER;
import static io.passgate.testing.TestKeys.PROVIDER;
import static io.passgate.testing.TestKeys.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.app.Demonstration;
import io.passgate.app.Gateway;
import io.passgate.app.config.InvalidConfig;
import io.passgate.app.config.TestConfig;
import io.passgate.crypto.signing.KeyStoreFile;
import io.passgate.crypto.signing.SigningKey;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.gateway.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway follows its keystore, and keeps what it had while that cannot be used. */
final class SigningKeyFileTest {
    private static final String PASSWORD = "CANARYPASSWORD";
    private static final Instant START = Instant.parse("2021-12-13T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(90));
    private static final SigningKey FIRST = key(KAKAO, START, END);
    private static final SigningKey SECOND = key(NAVER, START, END);
    private static final SigningKey DEMO = key(KAKAO, Demonstration.ORGANIZATION, START, END);

    @TempDir
    private Path folder = Path.of("");

    private int written;

    @BeforeEach
    void password() throws IOException {
        var _ = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    }

    private TestConfig config() {
        return RunningGateway.config()
                .with("issuing.keystore", "keys.p12")
                .with("issuing.keystorePasswordFile", "password");
    }

    private Path keystore() {
        return folder.resolve("keys.p12");
    }

    /** Every state of the file has a time of its own, as if some time lay between. */
    private void changed(Path file) throws IOException {
        var _ = Files.setLastModifiedTime(file, FileTime.from(START.plusSeconds(++written)));
    }

    private void save(String password, SigningKey... keys) throws IOException {
        new KeyStoreFile(keystore(), password.toCharArray(), PROVIDER).save(SigningKeys.of(List.of(keys)));
        changed(keystore());
    }

    private SigningKeyFile file() {
        return new SigningKeyFile(
                config().build().issuing().place(folder),
                PROVIDER,
                key -> !key.organization().equals(Optional.of(Demonstration.ORGANIZATION)));
    }

    private static void assertHolds(SigningKeyFile file, SigningKey... keys) {
        assertThat(file.get().all().stream().map(SigningKey::kid))
                .containsExactlyElementsOf(
                        List.of(keys).stream().map(SigningKey::kid).toList());
    }

    @Test
    void withoutAKeystore_thereIsNothing_andNothingIsLookedAt() {
        try (SigningKeyFile none =
                new SigningKeyFile(TestConfig.defaults().build().issuing().place(folder), PROVIDER, key -> true)) {
            none.start();
            none.look();
            assertThat(none.get().all()).isEmpty();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("passgate-keys"));
        }
    }

    @Test
    void aChange_isTakenAtTheNextLook() throws IOException {
        save(PASSWORD, FIRST);
        SigningKeyFile file = file();
        assertHolds(file, FIRST);
        save(PASSWORD, FIRST, SECOND);
        assertHolds(file, FIRST);
        file.look();
        assertHolds(file, FIRST, SECOND);
    }

    @Test
    void theSameContent_isNotReadAnew() throws IOException {
        save(PASSWORD, FIRST);
        SigningKeyFile file = file();
        SigningKeys before = file.get();
        file.look();
        changed(keystore());
        file.look();
        assertThat(file.get()).isSameAs(before);
    }

    @Test
    void whileTheKeystoreCannotBeUsed_theLastKeysStay_andItIsToldOnceWithoutTheSecret() throws IOException {
        save(PASSWORD, FIRST);
        try (CapturedLogs logs = new CapturedLogs()) {
            SigningKeyFile file = file();
            byte[] whole = Files.readAllBytes(keystore());
            Path broken = Files.write(keystore(), new byte[] {1, 2, 3});
            changed(broken);
            file.look();
            file.look();
            assertHolds(file, FIRST);
            assertThat(logs.lines())
                    .filteredOn(line -> line.contains("WARNING"))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("issuing.keystore: " + broken + ": is damaged", "the last 1 keys stay"));
            Files.delete(keystore());
            file.look();
            assertHolds(file, FIRST);
            save("another password", SECOND);
            file.look();
            assertHolds(file, FIRST);
            Path back = Files.write(keystore(), whole);
            changed(back);
            file.look();
            assertHolds(file, FIRST);
            assertThat(logs.lines())
                    .filteredOn(line -> line.contains("WARNING"))
                    .hasSize(3);
            assertThat(logs.lines()).noneMatch(line -> line.contains("CANARY") || line.contains("another password"));
        }
    }

    @Test
    void aPasswordThatFollowsItsKeystore_isTakenWithIt() throws IOException {
        save(PASSWORD, FIRST);
        SigningKeyFile file = file();
        save("changed", SECOND);
        file.look();
        assertHolds(file, FIRST);
        changed(Files.writeString(folder.resolve("password"), "changed"));
        file.look();
        assertHolds(file, SECOND);
    }

    @Test
    void keysOfTheDemonstration_areRefusedAtTheStart_andLaterTheLastKeysStay() throws IOException {
        save(PASSWORD, FIRST, DEMO);
        assertThatThrownBy(() -> Gateway.start(config().build(), folder, false))
                .isInstanceOf(InvalidConfig.class)
                .hasMessage("issuing.keystore: " + keystore() + ": holds a key of the demonstration");
        Gateway.start(config().build(), folder, true).close();
        save(PASSWORD, FIRST);
        try (CapturedLogs logs = new CapturedLogs()) {
            SigningKeyFile file = file();
            save(PASSWORD, DEMO, SECOND);
            file.look();
            assertHolds(file, FIRST);
            assertThat(logs.lines())
                    .anyMatch(line -> line.contains("holds a key of the demonstration; the last 1 keys stay"));
        }
    }

    @Test
    void aGatewayThatCannotReadItsKeys_doesNotStart() throws IOException {
        assertThatThrownBy(() -> Gateway.start(config().build(), folder, false))
                .isInstanceOf(InvalidConfig.class)
                .hasMessage("issuing.keystore: there is no file " + keystore());
        save("another", FIRST);
        assertThatThrownBy(() -> Gateway.start(config().build(), folder, false))
                .isInstanceOf(InvalidConfig.class)
                .hasMessage("issuing.keystore: " + keystore() + ": the password is wrong, or the file is damaged");
        Path password = Files.writeString(folder.resolve("password"), "\n");
        assertThatThrownBy(() -> Gateway.start(config().build(), folder, false))
                .isInstanceOf(InvalidConfig.class)
                .hasMessage("issuing.keystorePasswordFile: " + password + " holds no password");
    }

    @Test
    void whileItRuns_aChangeIsTakenByItself_andStoppingLeavesNoThread() throws IOException {
        save(PASSWORD, FIRST);
        try (SigningKeyFile file = file()) {
            file.start();
            save(PASSWORD, SECOND);
            RunningGateway.until(() -> file.get().forPasses("naver", START).isPresent());
        }
        RunningGateway.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("passgate-keys")));
    }
}
