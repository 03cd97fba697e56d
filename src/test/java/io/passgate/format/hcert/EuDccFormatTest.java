package io.passgate.format.hcert;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.format.Decoded;
import io.passgate.model.Credential;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signer may have signed, seen from the certificate. */
final class EuDccFormatTest {
    private static final TestIssuer SIGNER = TestIssuer.ec256("XX");
    private static final Instant AT = CardSpec.ISSUED_AT.plus(Duration.ofDays(1));

    private static Optional<Reason> violation(String issuer) {
        String card = SIGNER.card(CardSpec.vaccination().issuer(issuer));
        Decoded decoded = new HcertDecoder().decode(Slice.of(card.getBytes(StandardCharsets.US_ASCII)));
        assertThat(decoded).isInstanceOf(Decoded.Well.class);
        Credential credential = ((Decoded.Well) decoded).credential();
        return new EuDccFormat(Duration.ZERO).violation(credential, SIGNER.signer(), AT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA", "AZ", "ZA", "ZZ", "aa", "az", "za", "zz"})
    void anotherCountrysCode_contradictsTheSigner(String issuer) {
        assertThat(violation(issuer)).contains(Reason.SIGNER_COUNTRY_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX", "@A", "A[", "`a", "a{", "A1", "A", "AAA", "Ministry of Health"})
    void whatIsNoCountrysCode_contradictsNobody(String issuer) {
        assertThat(violation(issuer)).isEmpty();
    }
}
