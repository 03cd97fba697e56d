package io.passgate.crypto.signing;

import static io.passgate.testing.TestKeys.KAKAO;
import static io.passgate.testing.TestKeys.PROVIDER;
import static io.passgate.testing.TestKeys.WALLET;
import static io.passgate.testing.TestKeys.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.model.Algorithm;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys come back as they were kept, only by the password, and whatever else the file holds is told without a secret.
 */
final class KeyStoreFileTest {
    private static final String PASSWORD = "CANARYPASSWORD";
    private static final Instant START = Instant.parse("2021-12-13T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(90));
    private static final SigningKey PASSES = key(KAKAO, START, END);
    private static final SigningKey CERTIFICATES = key(WALLET, "Agency", START.plusSeconds(1), END);

    @TempDir
    private Path folder = Path.of("");

    private KeyStoreFile file() {
        return file(PASSWORD);
    }

    private KeyStoreFile file(String password) {
        return new KeyStoreFile(folder.resolve("keys.p12"), password.toCharArray(), PROVIDER);
    }

    private static SigningKeys both() {
        return SigningKeys.of(List.of(PASSES, CERTIFICATES));
    }

    private void assertWrong(KeyStoreFile file, String why) {
        assertThatThrownBy(file::load)
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(file.path() + ": ")
                .hasMessageContaining(why)
                .satisfies(wrong -> assertThat(wrong.toString()).doesNotContain(PASSWORD));
    }

    @Test
    void whatWasSaved_isLoaded() throws IOException {
        file().save(both());
        SigningKeys loaded = file().load();
        assertThat(loaded.all()).hasSize(2);
        SigningKey passes = loaded.forPasses("kakao", START).orElseThrow();
        assertThat(passes.purpose()).isEqualTo(KAKAO);
        assertThat(passes.kid()).isEqualTo(PASSES.kid());
        assertThat(passes.certificate()).isEqualTo(PASSES.certificate());
        assertThat(passes.notBefore()).isEqualTo(START);
        assertThat(passes.notAfter()).isEqualTo(END);
        assertThat(passes.organization()).contains("Passgate");
        assertThat(loaded.forCertificates(END).orElseThrow().organization()).contains("Agency");
        file().save(loaded.without(List.of(passes)));
        assertThat(file().load().all())
                .singleElement()
                .satisfies(key -> assertThat(key.kid()).isEqualTo(CERTIFICATES.kid()));
        file().save(SigningKeys.none());
        assertThat(file().load().all()).isEmpty();
    }

    @Test
    void theFile_isItsOwnersAlone_whateverItWasBefore() throws IOException {
        Path path = file().path();
        file().save(both());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        Path opened = Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        file().save(both());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(opened)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void aLinkToTheFile_staysOne() throws IOException {
        Path real = Files.createFile(folder.resolve("real.p12"));
        Path link = Files.createSymbolicLink(folder.resolve("keys.p12"), real);
        file().save(both());
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.size(real)).isPositive();
        assertThat(file().load().all()).hasSize(2);
    }

    @Test
    void aWrongPassword_isToldSo() throws IOException {
        file().save(both());
        assertWrong(file("CANARYPASSWORd"), "the password is wrong, or the file is damaged");
        assertThatThrownBy(() -> file("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileThatIsNotThere_isToldSo() {
        assertThatThrownBy(() -> file().load()).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aDamagedFile_isToldSo_whereverTheDamageIs() throws IOException {
        file().save(SigningKeys.of(List.of(PASSES)));
        byte[] whole = Files.readAllBytes(file().path());
        for (int at = 4; at < whole.length; at += 29) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Path path = Files.write(file().path(), damaged);
            assertThatThrownBy(() -> file().load())
                    .as("byte " + at + " of " + whole.length)
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageStartingWith(path + ": ");
        }
        for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
            Path path = Files.write(file().path(), Arrays.copyOf(whole, length));
            assertThat(path).hasSize(length);
            assertWrong(file(), "is damaged, or no PKCS#12 file");
        }
        Path large = Files.write(file().path(), new byte[(1 << 20) + 1]);
        assertThat(large).exists();
        assertWrong(file(), "is larger than 1048576 bytes");
    }

    /** A keystore that another program made. */
    private void foreign(String alias, KeyPair keys, byte[] certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate parsed =
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        if (alias.equals("certificate")) {
            store.setCertificateEntry(alias, parsed);
        } else {
            store.setKeyEntry(alias, keys.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {parsed});
        }
        try (OutputStream out = Files.newOutputStream(file().path())) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    @Test
    void anEntryThatIsNoSigningKey_isNamed() throws IOException, GeneralSecurityException {
        TestIssuer p256 = TestIssuer.shared(Algorithm.ES256);
        foreign("mykey", p256.keys(), p256.certificateDer());
        assertWrong(file(), "the entry mykey is no signing key");
        foreign("certificate", p256.keys(), p256.certificateDer());
        assertWrong(file(), "the entry certificate is no key with its certificate");
        foreign("passes-1", p256.keys(), p256.certificateDer());
        assertWrong(file(), "the entry passes-1 is no signing key: a provider's name");
        foreign("certificates-1", p256.keys(), p256.certificateDer());
        assertThat(file().load().all())
                .singleElement()
                .satisfies(key -> assertThat(key.kid()).isEqualTo(p256.kid()));
        TestIssuer p384 = TestIssuer.shared(Algorithm.ES384);
        foreign("certificates-1", p384.keys(), p384.certificateDer());
        assertWrong(file(), "the entry certificates-1 is no signing key: the key is not of P-256");
        TestIssuer rsa = TestIssuer.shared(Algorithm.PS256);
        foreign("certificates-1", rsa.keys(), rsa.certificateDer());
        assertWrong(file(), "the entry certificates-1 is no signing key: the provider refuses the key");
    }

    @Test
    void aKeyUnderTheCertificateOfAnother_isRefused() throws IOException, GeneralSecurityException {
        KeyPair mine = TestIssuer.newKeys(Algorithm.ES256);
        byte[] of = TestCertificate.named("XX").selfSigned(TestIssuer.newKeys(Algorithm.ES256));
        foreign("certificates-1", mine, of);
        assertWrong(file(), "not that of its certificate");
    }

    @Test
    void whatCannotBeSaved_leavesTheFileAsItWas() throws IOException {
        Path nowhere = folder.resolve("nowhere").resolve("keys.p12");
        KeyStoreFile missing = new KeyStoreFile(nowhere, PASSWORD.toCharArray(), PROVIDER);
        assertThatThrownBy(() -> missing.save(both())).isInstanceOf(IOException.class);
        Path occupied = Files.createDirectories(folder.resolve("keys.p12").resolve("in the way"));
        assertThatThrownBy(() -> file().save(both())).isInstanceOf(IOException.class);
        assertThat(occupied).exists();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("keys.p12"));
        }
    }

    @Test
    void twoChangesAtOnce_areRefused() throws IOException {
        Closeable first = file().lock();
        assertThatThrownBy(() -> file().lock())
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file().path() + ": is being changed by another command");
        first.close();
        try (Closeable second = file().lock()) {
            assertThat(second).isNotNull();
        }
    }
}
