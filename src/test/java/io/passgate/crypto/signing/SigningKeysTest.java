package io.passgate.crypto.signing;

import static io.passgate.testing.TestKeys.KAKAO;
import static io.passgate.testing.TestKeys.NAVER;
import static io.passgate.testing.TestKeys.WALLET;
import static io.passgate.testing.TestKeys.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.crypto.signing.SigningKeys.State;
import io.passgate.model.Kid;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which key signs, at the instants where that changes. */
final class SigningKeysTest {
    private static final Instant START = Instant.parse("2021-12-13T00:00:00Z");
    private static final Instant ACTIVATION = START.plus(Duration.ofDays(80));
    private static final SigningKey OLD = key(KAKAO, START, START.plus(Duration.ofDays(90)));
    private static final SigningKey NEW = key(KAKAO, ACTIVATION, ACTIVATION.plus(Duration.ofDays(90)));
    private static final Duration TICK = Duration.ofNanos(1);

    private static SigningKeys keys(SigningKey... keys) {
        return SigningKeys.of(List.of(keys));
    }

    @Test
    void aKeyAlone_signsFromTheFirstInstantOfItsCertificateToTheLast() {
        SigningKeys keys = keys(OLD);
        assertThat(keys.forPasses("kakao", START.minus(TICK))).isEmpty();
        assertThat(keys.forPasses("kakao", START)).contains(OLD);
        assertThat(keys.forPasses("kakao", OLD.notAfter())).contains(OLD);
        assertThat(keys.forPasses("kakao", OLD.notAfter().plus(TICK))).isEmpty();
    }

    @Test
    void theNextKey_takesOverWhenItHasSettled() {
        SigningKeys keys = keys(NEW, OLD);
        Instant settled = ACTIVATION.plusSeconds(10);
        assertThat(NEW.settledFrom()).isEqualTo(settled);
        assertThat(keys.forPasses("kakao", ACTIVATION)).contains(OLD);
        assertThat(keys.forPasses("kakao", settled.minus(TICK))).contains(OLD);
        assertThat(keys.forPasses("kakao", settled)).contains(NEW);
        assertThat(keys.forPasses("kakao", NEW.notAfter())).contains(NEW);
        assertThat(keys.forPasses("kakao", NEW.notAfter().plus(TICK))).isEmpty();
    }

    @Test
    void whereNoneHasSettled_theOldestThatIsValidSigns() {
        SigningKey later = key(KAKAO, START.plusSeconds(3), START.plus(Duration.ofDays(90)));
        SigningKeys keys = keys(later, OLD);
        assertThat(keys.forPasses("kakao", START.plusSeconds(4))).contains(OLD);
        assertThat(keys.forPasses("kakao", START.plusSeconds(13))).contains(later);
    }

    @Test
    void whenTheOldKeyRunsOutBeforeTheNextHasSettled_theNextSignsAtOnce() {
        SigningKey brief = key(KAKAO, START, ACTIVATION.plusSeconds(4));
        SigningKeys keys = keys(brief, NEW);
        assertThat(keys.forPasses("kakao", ACTIVATION.plusSeconds(4))).contains(brief);
        assertThat(keys.forPasses("kakao", ACTIVATION.plusSeconds(4).plus(TICK)))
                .contains(NEW);
    }

    @Test
    void anOldKey_doesNotSignAgainWhenTheNewerRunsOutBeforeIt() {
        SigningKey brief = key(KAKAO, START.plusSeconds(60), START.plusSeconds(120));
        SigningKeys keys = keys(OLD, brief);
        assertThat(keys.forPasses("kakao", START.plusSeconds(120))).contains(brief);
        assertThat(keys.forPasses("kakao", START.plusSeconds(120).plus(TICK))).isEmpty();
    }

    @Test
    void eachPurpose_hasItsOwnKeys() {
        SigningKey wallet = key(WALLET, START, ACTIVATION);
        SigningKeys keys = keys(wallet, OLD);
        Instant now = START.plusSeconds(60);
        assertThat(keys.forPasses("naver", now)).isEmpty();
        assertThat(keys.forPasses("wallet", now)).isEmpty();
        assertThat(keys.forPasses("Wallet certificates", now)).isEmpty();
        assertThat(keys.forCertificates(now)).contains(wallet);
        assertThat(keys.forPasses("kakao", now)).contains(OLD);
        assertThat(keys.all()).containsExactly(OLD, wallet);
        assertThat(keys.of(NAVER)).isEmpty();
        assertThat(keys(OLD).forCertificates(now)).isEmpty();
        assertThat(SigningKeys.none().all()).isEmpty();
        assertThat(SigningKeys.none().forPasses("kakao", now)).isEmpty();
    }

    @Test
    void states_changeWhenTheNextKeySettles() {
        SigningKeys keys = keys(OLD, NEW);
        Instant settled = NEW.settledFrom();
        assertThat(keys.state(OLD, START.minus(TICK))).isEqualTo(State.NEXT);
        assertThat(keys.state(OLD, settled.minus(TICK))).isEqualTo(State.ACTIVE);
        assertThat(keys.state(NEW, settled.minus(TICK))).isEqualTo(State.NEXT);
        assertThat(keys.state(OLD, settled)).isEqualTo(State.RETIRED);
        assertThat(keys.state(NEW, settled)).isEqualTo(State.ACTIVE);
        assertThat(keys.state(NEW, NEW.notAfter().plus(TICK))).isEqualTo(State.RETIRED);
    }

    @Test
    void aKey_isPast25SecondsAfterTheNextHasSettled_andTheNewestNever() {
        SigningKeys keys = keys(OLD, NEW, key(NAVER, START, START.plusSeconds(60)));
        Instant end = NEW.settledFrom().plusSeconds(25);
        assertThat(keys.endOfPasses(OLD)).contains(end);
        assertThat(keys.endOfPasses(NEW)).isEmpty();
        assertThat(keys.past(KAKAO, end)).isEmpty();
        assertThat(keys.past(KAKAO, end.plus(TICK))).containsExactly(OLD);
        assertThat(keys.past(KAKAO, NEW.notAfter().plus(TICK))).containsExactly(OLD);
        assertThat(keys.past(NAVER, end)).isEmpty();
        assertThat(keys.without(List.of(OLD)).of(KAKAO)).containsExactly(NEW);
        assertThat(keys(OLD).with(NEW).of(KAKAO)).containsExactly(OLD, NEW);
    }

    @Test
    void aKey_signsWhatItsCertificateVerifies_andIsNamedByIt() throws Exception {
        byte[] message = "message".getBytes(StandardCharsets.UTF_8);
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(OLD.certificate()));
        certificate.verify(certificate.getPublicKey());
        Signature engine = Signature.getInstance("SHA256withECDSAinP1363Format");
        engine.initVerify(certificate.getPublicKey());
        engine.update(message);
        assertThat(engine.verify(OLD.signer().sign(message))).isTrue();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=kakao,O=Passgate,C=KR");
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(START);
        assertThat(certificate.getKeyUsage()).startsWith(true, false);
        assertThat(OLD.kid()).isEqualTo(Kid.ofCertificate(certificate.getEncoded()));
        assertThat(OLD.organization()).contains("Passgate");
        assertThat(OLD).hasToString("SigningKey[pass:kakao, " + OLD.kid() + "]");
    }

    @Test
    void aSubject_isWhatItWasGiven_howeverItReads() {
        SigningKey odd = key(WALLET, "Ministry, O=Other", START, ACTIVATION);
        assertThat(odd.organization()).contains("Ministry, O=Other");
        assertThat(odd.purpose().commonName()).isEqualTo("Wallet certificates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "12345678901234567890123456789012345678901234567890123456789012345"})
    void anOrganizationThatFitsNoCertificate_isRefused(String organization) {
        assertThatThrownBy(() -> key(WALLET, organization, START, ACTIVATION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("organization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Kakao", "ka kao", "1kakao", "a12345678901234567890123456789012"})
    void aNameThatIsNoProviders_isRefused(String name) {
        assertThatThrownBy(() -> new KeyPurpose.Passes(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aValidityThatEndsBeforeItBegins_isRefused() {
        assertThatThrownBy(() -> key(WALLET, START, START.minusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
