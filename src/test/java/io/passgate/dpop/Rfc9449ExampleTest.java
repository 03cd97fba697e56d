package io.passgate.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.P256Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The example of RFC 9449: the proof of figure 2, with the thumbprint of figure 9. */
final class Rfc9449ExampleTest {
    private static final String PROOF = String.join(
            ".",
            "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0R"
                    + "scEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydi"
                    + "I6IlAtMjU2In19",
            "eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIi"
                    + "wiaWF0IjoxNTYyMjYyNjE2fQ",
            "2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg");

    private static final P256Verifier VERIFIER = new P256Verifier(CryptoProviders.preferred());
    private static final Instant ISSUED_AT = Instant.ofEpochSecond(1_562_262_616);
    private static final String HTU = "https://server.example.com/token";

    private static DeviceProof proof() {
        return switch (ProofParser.parse(PROOF)) {
            case ProofReading.Parsed(DeviceProof proof) -> proof;
            case ProofReading.Malformed() -> throw new AssertionError("the example is well formed");
        };
    }

    @Test
    void itsClaims_areRead() {
        assertThat(proof().claims())
                .isEqualTo(new ProofClaims("-BwC3ESc6acc2lTc", "POST", HTU, ISSUED_AT, Optional.empty()));
    }

    @Test
    void itsSignature_isItsKeys() {
        assertThat(proof().isSigned(VERIFIER)).isTrue();
    }

    @Test
    void itsKey_hasTheThumbprintOfTheRfc() {
        assertThat(proof().key().thumbprint()).isEqualTo("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    }

    @Test
    void withoutAConsent_itIsNoProofForUs() {
        ExpectedProof expected = new ExpectedProof("kakao", "POST", HTU, "consent", ISSUED_AT);
        DeviceProofs proofs = new DeviceProofs(VERIFIER);
        assertThat(proofs.checkRegistration(List.of(PROOF), expected))
                .isEqualTo(new ProofCheck.Refused(ProofProblem.PROOF_INVALID));
    }
}
