package io.passgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.crypto.SignatureBatch;
import io.passgate.format.Decoded;
import io.passgate.format.hcert.HcertDecoder;
import io.passgate.model.Algorithm;
import io.passgate.model.Credential;
import io.passgate.model.EventKind;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The support's cards are what it says they are: other tests rest on that. */
final class TestCardsTest {
    private static SignatureBatch.Decision decide(TestIssuer issuer, Credential credential) {
        JcaSignatureBatch batch = new JcaSignatureBatch(CryptoProviders.preferred(), 1);
        int index = batch.add(issuer.signer().key(), credential.toBeSigned(), credential.signature());
        batch.verify();
        return batch.decision(index);
    }

    private static Credential decode(String card) {
        Decoded decoded = new HcertDecoder().decode(TestCards.payload(card));
        assertThat(decoded).isInstanceOf(Decoded.Well.class);
        return ((Decoded.Well) decoded).credential();
    }

    @ParameterizedTest
    @EnumSource
    void aCard_decodesAndVerifies_withEachAlgorithm(Algorithm algorithm) {
        TestIssuer issuer = TestIssuer.of(algorithm, "XX", EventKind.TEST);
        Credential credential = decode(issuer.card(CardSpec.test().issuer("YY")));
        assertThat(credential.algorithm()).isEqualTo(algorithm);
        assertThat(credential.kid()).isEqualTo(issuer.kid());
        assertThat(credential.issuer()).isEqualTo(Optional.of("YY"));
        assertThat(credential.validFrom()).isEqualTo(CardSpec.ISSUED_AT);
        assertThat(credential.expiresAt()).isEqualTo(CardSpec.EXPIRES_AT);
        assertThat(credential.kinds()).isEqualTo(Set.of(EventKind.TEST));
        assertThat(issuer.signer().usages()).isEqualTo(Set.of(EventKind.TEST));
        assertThat(decide(issuer, credential)).isEqualTo(SignatureBatch.Decision.VALID);
    }

    @Test
    void aBrokenSignature_decodesAndDoesNotVerify() {
        TestIssuer issuer = TestIssuer.ec256("XX");
        String broken = TestCards.withBrokenSignature(issuer.card(CardSpec.vaccination()));
        assertThat(decide(issuer, decode(broken))).isEqualTo(SignatureBatch.Decision.INVALID);
    }

    @Test
    void takingApartAndPuttingTogether_isTheSameCard() {
        String card = TestIssuer.ec256("XX").card(CardSpec.recovery());
        assertThat(TestCards.ofCompressed(TestCards.compressed(card))).isEqualTo(card);
        assertThat(TestCards.message(TestCards.ofMessage(TestCards.message(card))))
                .isEqualTo(TestCards.message(card));
    }
}
