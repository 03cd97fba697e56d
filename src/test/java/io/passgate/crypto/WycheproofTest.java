package io.passgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.ThirdPartyVectors;
import io.passgate.crypto.OnProvider.Signed;
import io.passgate.crypto.SignatureBatch.Decision;
import io.passgate.model.Algorithm;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wycheproof's verdicts on signatures, on the provider in use and on the fallback. */
@ThirdPartyVectors.Needed
final class WycheproofTest {
    private static final String FOLDER = "wycheproof";

    /** One test of a file, with its group's key and salt length. */
    private record Case(
            VerificationKey key, int saltLength, byte[] message, byte[] signature, boolean valid, String id) {
        Signed signed() {
            return new Signed(key, message, signature);
        }
    }

    private static byte[] hex(JsonNode node) {
        return HexFormat.of().parseHex(node.asText());
    }

    private static List<Case> read(OnProvider on, String file) {
        JsonNode document = ThirdPartyVectors.json(FOLDER, file);
        List<Case> cases = new ArrayList<>();
        for (JsonNode group : document.path("testGroups")) {
            VerificationKey key = on.key(hex(group.path("publicKeyDer")));
            for (JsonNode test : group.path("tests")) {
                String result = test.path("result").asText();
                assertThat(result).isIn("valid", "invalid");
                cases.add(new Case(
                        key,
                        group.path("sLen").asInt(-1),
                        hex(test.path("msg")),
                        hex(test.path("sig")),
                        result.equals("valid"),
                        file + " tcId " + test.path("tcId") + " " + test.path("comment")));
            }
        }
        assertThat(cases).hasSize(document.path("numberOfTests").asInt());
        assertThat(cases).anyMatch(Case::valid).anyMatch(one -> !one.valid());
        return cases;
    }

    private static List<Decision> decide(OnProvider on, List<Case> cases) {
        return on.decide(cases.stream().map(Case::signed).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "PREFERRED, ES256, ecdsa_secp256r1_sha256_p1363_test.json",
        "FALLBACK, ES256, ecdsa_secp256r1_sha256_p1363_test.json",
        "TABLES, ES256, ecdsa_secp256r1_sha256_p1363_test.json",
        "PREFERRED, ES384, ecdsa_secp384r1_sha384_p1363_test.json",
        "FALLBACK, ES384, ecdsa_secp384r1_sha384_p1363_test.json",
        "PREFERRED, PS256, rsa_pss_2048_sha256_mgf1_32_test.json",
        "FALLBACK, PS256, rsa_pss_2048_sha256_mgf1_32_test.json",
        "PREFERRED, PS256, rsa_pss_3072_sha256_mgf1_32_test.json",
        "FALLBACK, PS256, rsa_pss_3072_sha256_mgf1_32_test.json",
    })
    void theBatch_agreesWithEveryVerdict(OnProvider on, Algorithm algorithm, String file) {
        List<Case> cases = read(on, file);
        List<Decision> decisions = decide(on, cases);
        for (int i = 0; i < cases.size(); i++) {
            Case one = cases.get(i);
            assertThat(one.key().algorithm()).isEqualTo(algorithm);
            assertThat(decisions.get(i)).as(one.id()).isEqualTo(one.valid() ? Decision.VALID : Decision.INVALID);
        }
    }

    @ParameterizedTest
    @CsvSource({"PREFERRED", "FALLBACK"})
    void ps256_refusesAnotherSaltLength(OnProvider on) {
        List<Case> cases = read(on, "rsa_pss_2048_sha256_mgf1_0_test.json");
        List<Decision> decisions = decide(on, cases);
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).valid()) {
                assertThat(decisions.get(i)).as(cases.get(i).id()).isEqualTo(Decision.INVALID);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PREFERRED, 0, rsa_pss_2048_sha256_mgf1_0_test.json",
        "FALLBACK, 0, rsa_pss_2048_sha256_mgf1_0_test.json",
        "PREFERRED, 32, rsa_pss_2048_sha256_mgf1_32_test.json",
        "FALLBACK, 32, rsa_pss_2048_sha256_mgf1_32_test.json",
        "PREFERRED, 32, rsa_pss_3072_sha256_mgf1_32_test.json",
        "FALLBACK, 32, rsa_pss_3072_sha256_mgf1_32_test.json",
    })
    void theProvidersPss_agreesAtTheFilesOwnSaltLength(OnProvider on, int saltLength, String file)
            throws GeneralSecurityException {
        for (Case one : read(on, file)) {
            assertThat(one.saltLength()).isEqualTo(saltLength);
            assertThat(verifies(pss(on, saltLength), one)).as(one.id()).isEqualTo(one.valid());
        }
    }

    private static Signature pss(OnProvider on, int saltLength)
            throws GeneralSecurityException, InvalidAlgorithmParameterException {
        Signature engine = Signature.getInstance("RSASSA-PSS", on.provider());
        engine.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltLength, 1));
        return engine;
    }

    @ParameterizedTest
    @CsvSource({"PREFERRED", "FALLBACK"})
    void theProvidersDerEcdsa_agrees(OnProvider on) throws GeneralSecurityException {
        for (Case one : read(on, "ecdsa_secp256r1_sha256_test.json")) {
            Signature engine = Signature.getInstance("SHA256withECDSA", on.provider());
            assertThat(verifies(engine, one)).as(one.id()).isEqualTo(one.valid());
        }
    }

    private static boolean verifies(Signature engine, Case one) throws GeneralSecurityException {
        engine.initVerify(one.key().jcaKey());
        engine.update(one.message());
        try {
            return engine.verify(one.signature());
        } catch (SignatureException refused) {
            return false;
        }
    }
}
