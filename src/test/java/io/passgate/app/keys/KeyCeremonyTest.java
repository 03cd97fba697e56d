package io.passgate.app.keys;

import static io.passgate.testing.TestKeys.KAKAO;
import static io.passgate.testing.TestKeys.NAVER;
import static io.passgate.testing.TestKeys.PROVIDER;
import static io.passgate.testing.TestKeys.WALLET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.app.keys.KeyCeremony.KeyRequest;
import io.passgate.app.keys.KeyCeremony.Outcome;
import io.passgate.crypto.signing.KeyPurpose;
import io.passgate.crypto.signing.KeyStoreFile;
import io.passgate.crypto.signing.SigningKey;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.model.Kid;
import io.passgate.testing.ManualTime;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustList;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are made and replaced so that at no instant a pass meets a signer that is missing. */
final class KeyCeremonyTest {
    private static final Instant START = Instant.parse("2021-12-13T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAYS = Duration.ofDays(90);

    @TempDir
    private Path folder = Path.of("");

    private final ManualTime time = new ManualTime(START);
    private final FakeTrust trust = new FakeTrust();

    /** Whom all gateways trust, with everyone they trusted before; and a fault at one call. */
    private static final class FakeTrust implements KeyCeremony.TrustedSigners {
        private TrustList list = TrustList.empty();
        private final List<TrustList> history = new ArrayList<>();
        private int callsUntilFault = Integer.MAX_VALUE;

        private void change(List<Signer> added, List<String> removed) {
            if (callsUntilFault-- == 0) {
                throw new IllegalStateException("out of reach");
            }
            list = list.with(added, new HashSet<>(removed));
            history.add(list);
            assertThat(list.rejected()).isEmpty();
        }

        @Override
        public List<Rejection> add(List<Signer> signers) {
            change(signers, List.of());
            return List.of();
        }

        @Override
        public int remove(List<String> ids) {
            int before = list.size();
            change(List.of(), ids);
            return before - list.size();
        }

        private List<SignerCertificate> of(Kid kid) {
            return list.candidates(kid).stream()
                    .flatMap(signer -> signer.certificate().stream())
                    .toList();
        }

        private boolean isTrusted(Kid kid, Instant at) {
            return of(kid).stream()
                    .anyMatch(window -> !at.isBefore(window.notBefore()) && !at.isAfter(window.notAfter()));
        }
    }

    private KeyStoreFile store() {
        return new KeyStoreFile(folder.resolve("keys.p12"), "password".toCharArray(), PROVIDER);
    }

    private KeyCeremony ceremony() {
        return ceremony(trust);
    }

    private KeyCeremony ceremony(KeyCeremony.TrustedSigners trusted) {
        return new KeyCeremony(store(), trusted, PROVIDER, new SecureRandom(), time);
    }

    private static KeyRequest request(KeyPurpose purpose) {
        return new KeyRequest(purpose, DAYS, Optional.empty());
    }

    private SigningKey create(KeyPurpose purpose) throws IOException {
        return made(ceremony().create(request(purpose)));
    }

    private SigningKey rotate(KeyPurpose purpose) throws IOException {
        return made(ceremony().rotate(request(purpose), MINUTE));
    }

    private static SigningKey made(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Made.class);
        return ((Outcome.Made) outcome).key();
    }

    private List<Kid> kept(KeyPurpose purpose) throws IOException {
        return store().load().of(purpose).stream().map(SigningKey::kid).toList();
    }

    @Test
    void theFirstKey_isKept_believed_andSignsAtOnceOnEveryClock() throws IOException {
        SigningKey key = create(KAKAO);
        assertThat(kept(KAKAO)).containsExactly(key.kid());
        assertThat(key.settledFrom()).isEqualTo(START);
        assertThat(key.notAfter()).isEqualTo(START.plus(DAYS));
        assertThat(key.organization()).contains("Passgate");
        assertThat(trust.list.candidates(key.kid())).singleElement().satisfies(signer -> {
            assertThat(signer.kind()).isEqualTo(SignerKind.pass("kakao"));
            assertThat(signer.certificate().orElseThrow().notAfter()).isEqualTo(key.notAfter());
        });
        SigningKey wallet = create(WALLET);
        assertThat(trust.list.candidates(wallet.kid()))
                .singleElement()
                .satisfies(signer -> assertThat(signer.kind()).isEqualTo(SignerKind.DCC));
        assertThat(kept(KAKAO)).containsExactly(key.kid());
    }

    @Test
    void aSecondCreation_andARotationOfNothing_areRefused() throws IOException {
        assertThatThrownBy(() -> rotate(KAKAO)).isInstanceOf(FileSystemException.class);
        SigningKey key = create(KAKAO);
        assertThat(ceremony().create(request(KAKAO)))
                .isEqualTo(new Outcome.Refused(store().path() + " has a key for pass:kakao: rotate it"));
        assertThat(ceremony().rotate(request(NAVER), MINUTE))
                .isEqualTo(new Outcome.Refused(store().path() + " has no key for pass:naver: create one"));
        assertThat(store().load().all()).hasSize(1);
        assertThat(trust.list.signers())
                .hasSize(1)
                .allMatch(signer -> signer.kid().equals(key.kid()));
    }

    @Test
    void aSigner_isBelievedBeforeTheKeystoreHasItsKey() throws IOException {
        List<Boolean> early = new ArrayList<>();
        KeyCeremony ceremony = ceremony(new KeyCeremony.TrustedSigners() {
            @Override
            public List<Rejection> add(List<Signer> signers) {
                try {
                    early.add(!Files.exists(store().path())
                            || !kept(KAKAO).contains(signers.getFirst().kid()));
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
                return trust.add(signers);
            }

            @Override
            public int remove(List<String> ids) {
                return trust.remove(ids);
            }
        });
        SigningKey first = made(ceremony.create(request(KAKAO)));
        SigningKey second = made(ceremony.rotate(request(KAKAO), MINUTE));
        assertThat(early).startsWith(true, true).hasSize(3);
        assertThat(kept(KAKAO)).containsExactly(first.kid(), second.kid());
    }

    @Test
    void theOldSigner_isBelievedUntil35SecondsAfterTheActivation() throws IOException {
        SigningKey old = create(KAKAO);
        time.advance(Duration.ofDays(80).plusMillis(1));
        SigningKey next = rotate(KAKAO);
        Instant activation = START.plus(Duration.ofDays(80)).plusSeconds(61);
        assertThat(next.notBefore()).isEqualTo(activation);
        assertThat(next.notAfter()).isEqualTo(activation.plus(DAYS));
        assertThat(trust.of(next.kid()))
                .singleElement()
                .satisfies(window -> assertThat(window.notBefore()).isEqualTo(activation));
        Instant end = activation.plusSeconds(35);
        assertThat(trust.of(old.kid()))
                .singleElement()
                .satisfies(window -> assertThat(window.notAfter()).isEqualTo(end));
        assertThat(trust.isTrusted(old.kid(), end)).isTrue();
        assertThat(trust.isTrusted(old.kid(), end.plusNanos(1))).isFalse();
        assertThat(trust.history).allMatch(list -> !list.candidates(old.kid()).isEmpty());
    }

    /** Whoever signs and whoever verifies, with clocks 5 s off either way, at each second around the change. */
    @Test
    void noPassThatIsAcceptedByItsTimes_meetsASignerOutOfItsWindow() throws IOException {
        var _ = create(KAKAO);
        time.advance(Duration.ofDays(1));
        SigningKey next = rotate(KAKAO);
        SigningKeys keys = store().load();
        int[] offsets = {-5, 0, 5};
        int checked = 0;
        for (int signed = -20; signed <= 60; signed++) {
            for (int signingClock : offsets) {
                Instant issuedAt = next.notBefore().plusSeconds(signed + signingClock);
                Kid kid = keys.forPasses("kakao", issuedAt).orElseThrow().kid();
                for (int shown = signed; shown <= signed + 30; shown++) {
                    for (int verifyingClock : offsets) {
                        Instant at = next.notBefore().plusSeconds(shown + verifyingClock);
                        if (!at.isBefore(issuedAt.minusSeconds(5)) && !at.isAfter(issuedAt.plusSeconds(20))) {
                            assertThat(trust.isTrusted(kid, at))
                                    .as("signed at %s by %s, shown at %s", issuedAt, kid, at)
                                    .isTrue();
                            checked++;
                        }
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(10_000);
    }

    @Test
    void theOldSignerOfWalletCertificates_isBelievedToItsOwnEnd() throws IOException {
        SigningKey old = create(WALLET);
        time.advance(Duration.ofDays(80));
        SigningKey next = rotate(WALLET);
        time.set(next.notBefore().plusSeconds(36));
        SigningKey third = rotate(WALLET);
        assertThat(kept(WALLET)).containsExactly(next.kid(), third.kid());
        assertThat(trust.of(old.kid()))
                .singleElement()
                .satisfies(window -> assertThat(window.notAfter()).isEqualTo(old.notAfter()));
    }

    @Test
    void aRetiredKey_isForgottenAtTheRotationAfter_withItsSigner() throws IOException {
        SigningKey old = create(KAKAO);
        time.advance(Duration.ofDays(30));
        SigningKey next = rotate(KAKAO);
        time.set(next.notBefore().plusSeconds(35));
        SigningKey third = rotate(KAKAO);
        assertThat(kept(KAKAO)).containsExactly(old.kid(), next.kid(), third.kid());
        time.set(third.settledFrom());
        SigningKey fourth = rotate(KAKAO);
        assertThat(kept(KAKAO)).containsExactly(next.kid(), third.kid(), fourth.kid());
        assertThat(trust.of(old.kid())).isEmpty();
        assertThat(trust.list.signers()).hasSize(3);
    }

    @Test
    void aRotationRepeatedBeforeItsTime_makesNoOtherKey() throws IOException {
        SigningKey old = create(KAKAO);
        time.advance(MINUTE);
        SigningKey next = rotate(KAKAO);
        TrustList before = trust.list;
        time.set(next.settledFrom().minusNanos(1));
        assertThat(ceremony().rotate(request(KAKAO), MINUTE))
                .isInstanceOfSatisfying(
                        Outcome.Completed.class,
                        completed -> assertThat(completed.key().kid()).isEqualTo(next.kid()));
        assertThat(kept(KAKAO)).containsExactly(old.kid(), next.kid());
        assertThat(trust.list.version()).isEqualTo(before.version());
        time.set(next.settledFrom());
        assertThat(rotate(KAKAO).kid()).isNotEqualTo(next.kid());
    }

    @ParameterizedTest
    @CsvSource({"0,no key was made", "1,an older signer did not get its end", "2,an older signer did not get its end"})
    void aRotationThatBrokeOff_canBeRepeated(int calls, String said) throws IOException {
        SigningKey old = create(KAKAO);
        time.advance(Duration.ofDays(1));
        trust.callsUntilFault = calls;
        assertThatThrownBy(() -> rotate(KAKAO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("out of reach")
                .hasMessageContaining("repeat");
        assertThat(trust.isTrusted(old.kid(), time.instant())).isTrue();
        assertThat(store().load().all()).allMatch(key -> trust.isTrusted(key.kid(), key.notBefore()));
        Outcome again = ceremony().rotate(request(KAKAO), MINUTE);
        assertThat(again).isInstanceOf(calls == 0 ? Outcome.Made.class : Outcome.Completed.class);
        assertThat(kept(KAKAO)).hasSize(2).contains(old.kid());
        SigningKey next = store().load().of(KAKAO).getLast();
        assertThat(trust.list.signers()).hasSize(2);
        assertThat(trust.of(old.kid()))
                .singleElement()
                .satisfies(window ->
                        assertThat(window.notAfter()).isEqualTo(next.notBefore().plusSeconds(35)));
    }

    @Test
    void aKeyThatCannotBeKept_isNotBelieved() throws IOException {
        SigningKey key = create(KAKAO);
        KeyCeremony ceremony = ceremony(new KeyCeremony.TrustedSigners() {
            @Override
            public List<Rejection> add(List<Signer> signers) {
                List<Rejection> rejected = trust.add(signers);
                try {
                    Files.delete(store().path());
                    var _ = Files.createDirectories(store().path().resolve("in the way"));
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
                return rejected;
            }

            @Override
            public int remove(List<String> ids) {
                return trust.remove(ids);
            }
        });
        assertThatThrownBy(() -> ceremony.rotate(request(KAKAO), MINUTE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no key was made: the keystore cannot be written")
                .hasMessageContaining("its signer was taken back");
        assertThat(trust.list.signers())
                .singleElement()
                .satisfies(signer -> assertThat(signer.kid()).isEqualTo(key.kid()));
    }

    @Test
    void aSignerThatIsRejected_makesNoKey() throws IOException {
        KeyCeremony ceremony = ceremony(new KeyCeremony.TrustedSigners() {
            @Override
            public List<Rejection> add(List<Signer> signers) {
                return List.of(new Rejection("it", "too many share its KID"));
            }

            @Override
            public int remove(List<String> ids) {
                return 0;
            }
        });
        assertThatThrownBy(() -> ceremony.create(request(KAKAO)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too many share its KID");
        assertThat(store().path()).doesNotExist();
    }

    @Test
    void theOrganization_isThatOfTheKeyBefore_unlessAnotherIsGiven() throws IOException {
        SigningKey first = made(ceremony().create(new KeyRequest(KAKAO, DAYS, Optional.of("Agency"))));
        time.advance(MINUTE);
        SigningKey second = rotate(KAKAO);
        time.set(second.settledFrom());
        SigningKey third = made(ceremony().rotate(new KeyRequest(KAKAO, DAYS, Optional.of("Ministry")), MINUTE));
        assertThat(List.of(first, second, third))
                .extracting(key -> key.organization().orElse(""))
                .containsExactly("Agency", "Agency", "Ministry");
    }

    @Test
    void twoCeremoniesAtOnce_areRefused() throws IOException {
        try (Closeable other = store().lock()) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> create(KAKAO)).isInstanceOf(FileSystemException.class);
        }
        assertThat(trust.history).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59.999S", "PT0S", "-P1D", "P3650DT0.001S"})
    void aValidityOutOfRange_isRefused(Duration validFor) {
        assertThatThrownBy(() -> new KeyRequest(KAKAO, validFor, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the validity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT0.001S", "P30DT0.001S"})
    void anActivationOutOfRange_isRefused(Duration activateAfter) throws IOException {
        SigningKey key = create(KAKAO);
        assertThatThrownBy(() -> ceremony().rotate(request(KAKAO), activateAfter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the time to activation");
        assertThat(kept(KAKAO)).containsExactly(key.kid());
    }
}
