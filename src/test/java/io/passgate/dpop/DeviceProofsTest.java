package io.passgate.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.P256Verifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceProofsTest {
    private static final Instant NOW = Instant.parse("2021-12-13T02:40:00Z");
    private static final String HTU = "https://gate.example/v1/passes";
    private static final String CONSENT = "a-consent";
    private static final ExpectedProof EXPECTED = new ExpectedProof("kakao", "POST", HTU, CONSENT, NOW);

    private final DeviceProofs proofs = new DeviceProofs(new P256Verifier(CryptoProviders.preferred()));
    private final ProofMaker device = ProofMaker.fresh();
    private final ProofMaker stranger = ProofMaker.fresh();
    private final String proof = device.proof(HTU, CONSENT, NOW, "1");

    private ProofCheck check(String proof) {
        return check(proof, EXPECTED);
    }

    private ProofCheck check(String proof, ExpectedProof expected) {
        return proofs.check(List.of(proof), expected, Optional.of(device.key()));
    }

    private static ProofCheck refused(ProofProblem problem) {
        return new ProofCheck.Refused(problem);
    }

    private ProofCheck valid(String provider, String jti) {
        return new ProofCheck.Valid(ProofId.of(provider, CONSENT, jti), device.key());
    }

    /** Another signature in place of a good one. */
    private static String broken(String proof) {
        int at = proof.length() - 10;
        char other = proof.charAt(at) == 'A' ? 'B' : 'A';
        return proof.substring(0, at) + other + proof.substring(at + 1);
    }

    @Test
    void theRegisteredDevicesProof_holds() {
        assertThat(check(proof)).isEqualTo(valid("kakao", "1"));
    }

    @Test
    void atRegistration_theKeyIsTheProofsOwn() {
        assertThat(proofs.checkRegistration(List.of(proof), EXPECTED)).isEqualTo(valid("kakao", "1"));
        assertThat(proofs.checkRegistration(List.of(broken(proof)), EXPECTED))
                .isEqualTo(refused(ProofProblem.PROOF_INVALID));
        String another = stranger.sign(device.header(), ProofMaker.claims(HTU, CONSENT, NOW, "1"));
        assertThat(proofs.checkRegistration(List.of(another), EXPECTED)).isEqualTo(refused(ProofProblem.PROOF_INVALID));
    }

    @Test
    void noHeader_isAMissingProof_andTwoAreNone() {
        Optional<DeviceKey> key = Optional.of(device.key());
        assertThat(proofs.check(List.of(), EXPECTED, key)).isEqualTo(refused(ProofProblem.PROOF_MISSING));
        assertThat(proofs.checkRegistration(List.of(), EXPECTED)).isEqualTo(refused(ProofProblem.PROOF_MISSING));
        assertThat(proofs.check(List.of(proof, proof), EXPECTED, key)).isEqualTo(refused(ProofProblem.PROOF_INVALID));
        assertThat(check("")).isEqualTo(refused(ProofProblem.PROOF_INVALID));
        assertThat(check(proof + ", " + proof)).isEqualTo(refused(ProofProblem.PROOF_INVALID));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, https://gate.example/v1/passes, a-consent",
        "post, https://gate.example/v1/passes, a-consent",
        "POST, https://gate.example/v1/passes/, a-consent",
        "POST, https://gate.example:443/v1/passes, a-consent",
        "POST, https://GATE.example/v1/passes, a-consent",
        "POST, http://gate.example/v1/passes, a-consent",
        "POST, https://gate.example/v1/devices, a-consent",
        "POST, https://gate.example/v1/passes, A-consent",
        "POST, https://gate.example/v1/passes, a-consent2",
        "POST, https://gate.example/v1/passes, ''",
    })
    void aProofForAnotherRequest_isInvalid(String htm, String htu, String consent) {
        ExpectedProof other = new ExpectedProof("kakao", htm, htu, consent, NOW);
        assertThat(check(proof, other)).isEqualTo(refused(ProofProblem.PROOF_INVALID));
        String claims = ProofMaker.claims(htu, consent, NOW, "1").replace("POST", htm);
        assertThat(check(device.sign(device.header(), claims), other)).isInstanceOf(ProofCheck.Valid.class);
    }

    @Test
    void withoutAConsent_itIsInvalid() {
        String claims = ProofMaker.claims(HTU, CONSENT, NOW, "1").replace(",\"consent\":\"a-consent\"", "");
        assertThat(claims).doesNotContain("consent");
        assertThat(check(device.sign(device.header(), claims))).isEqualTo(refused(ProofProblem.PROOF_INVALID));
    }

    @ParameterizedTest
    @CsvSource({
        "PT-60S, true",
        "PT-60.000000001S, false",
        "PT-59.999999999S, true",
        "PT-61S, false",
        "PT0S, true",
        "PT5S, true",
        "PT5.000000001S, false",
        "PT4.999999999S, true",
        "PT6S, false",
        "PT-87600H, false",
        "PT87600H, false",
    })
    void aProof_isInTimeFrom60SecondsBeforeTo5After_bothIncluded(Duration made, boolean inTime) {
        ProofCheck expected = inTime ? valid("kakao", "1") : refused(ProofProblem.PROOF_LATE);
        assertThat(check(device.proof(HTU, CONSENT, NOW.plus(made), "1"))).isEqualTo(expected);
    }

    @Test
    void theWindow_isExactWithinASecond() {
        Instant now = NOW.plusMillis(500);
        ExpectedProof expected = new ExpectedProof("kakao", "POST", HTU, CONSENT, now);
        assertThat(check(device.proof(HTU, CONSENT, NOW.minusSeconds(60), "1"), expected))
                .isEqualTo(refused(ProofProblem.PROOF_LATE));
        assertThat(check(device.proof(HTU, CONSENT, now.minusSeconds(60), "1"), expected))
                .isEqualTo(valid("kakao", "1"));
        assertThat(check(device.proof(HTU, CONSENT, NOW.plusSeconds(5), "1"), expected))
                .isEqualTo(valid("kakao", "1"));
        assertThat(check(device.proof(HTU, CONSENT, NOW.plusSeconds(6), "1"), expected))
                .isEqualTo(refused(ProofProblem.PROOF_LATE));
    }

    @Test
    void withoutARegisteredDevice_noneIsKnown() {
        assertThat(proofs.check(List.of(proof), EXPECTED, Optional.empty()))
                .isEqualTo(refused(ProofProblem.DEVICE_UNKNOWN));
    }

    @Test
    void anotherDevice_isAMismatch_andPretendingDoesNotHelp() {
        assertThat(check(stranger.proof(HTU, CONSENT, NOW, "1"))).isEqualTo(refused(ProofProblem.DEVICE_KEY_MISMATCH));
        String pretending = stranger.sign(device.header(), ProofMaker.claims(HTU, CONSENT, NOW, "1"));
        assertThat(check(pretending)).isEqualTo(refused(ProofProblem.PROOF_INVALID));
    }

    @Test
    void everyCharacter_matters() {
        for (int i = 0; i < proof.length(); i++) {
            for (int bit = 0; bit < 7; bit++) {
                char[] mutated = proof.toCharArray();
                mutated[i] ^= (char) (1 << bit);
                assertThat(check(new String(mutated)))
                        .as("character %d, bit %d", i, bit)
                        .isInstanceOf(ProofCheck.Refused.class);
            }
            String shorter = proof.substring(0, i) + proof.substring(i + 1);
            assertThat(check(shorter)).as("without character %d", i).isInstanceOf(ProofCheck.Refused.class);
        }
    }

    @Test
    void aPartOfAnotherProof_doesNotFit() {
        String[] parts = proof.split("\\.");
        String[] other = device.proof(HTU, CONSENT, NOW, "2").split("\\.");
        assertThat(check(parts[0] + "." + other[1] + "." + parts[2])).isEqualTo(refused(ProofProblem.PROOF_INVALID));
        assertThat(check(parts[0] + "." + parts[1] + "." + other[2])).isEqualTo(refused(ProofProblem.PROOF_INVALID));
    }

    @Test
    void ofSeveralProblems_theFirstInOrderIsNamed() {
        Instant late = NOW.minusSeconds(61);
        Optional<DeviceKey> none = Optional.empty();
        String all = broken(stranger.proof("https://other.example/", CONSENT, late, "1"));
        assertThat(proofs.check(List.of(all), EXPECTED, none)).isEqualTo(refused(ProofProblem.PROOF_INVALID));
        String allButTheAddress = broken(stranger.proof(HTU, CONSENT, late, "1"));
        assertThat(proofs.check(List.of(allButTheAddress), EXPECTED, none)).isEqualTo(refused(ProofProblem.PROOF_LATE));
        assertThat(check(allButTheAddress)).isEqualTo(refused(ProofProblem.PROOF_LATE));
        String inTime = broken(stranger.proof(HTU, CONSENT, NOW, "1"));
        assertThat(proofs.check(List.of(inTime), EXPECTED, none)).isEqualTo(refused(ProofProblem.DEVICE_UNKNOWN));
        assertThat(check(inTime)).isEqualTo(refused(ProofProblem.DEVICE_KEY_MISMATCH));
        assertThat(check(broken(proof))).isEqualTo(refused(ProofProblem.PROOF_INVALID));
    }

    @Test
    void atAnotherProvider_theSameProofIsAnotherOne() {
        ExpectedProof other = new ExpectedProof("naver", "POST", HTU, CONSENT, NOW);
        assertThat(check(proof, other)).isEqualTo(valid("naver", "1")).isNotEqualTo(valid("kakao", "1"));
    }

    @Test
    void aSecondUse_isRecognised() {
        LocalReplayCache memory = new LocalReplayCache(10, () -> 0);
        assertThat(check(proof) instanceof ProofCheck.Valid(ProofId id, var key) && memory.firstTime(id))
                .isTrue();
        String again = device.proof(HTU, CONSENT, NOW.plusSeconds(1), "1");
        assertThat(check(again) instanceof ProofCheck.Valid(ProofId id, var key) && !memory.firstTime(id))
                .isTrue();
        assertThat(check(device.proof(HTU, CONSENT, NOW, "2")) instanceof ProofCheck.Valid(ProofId id, var key)
                        && memory.firstTime(id))
                .isTrue();
    }
}
