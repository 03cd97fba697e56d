package io.passgate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.ThirdPartyVectors;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.crypto.KeyImport;
import io.passgate.crypto.SignatureBatch.Decision;
import io.passgate.crypto.VerificationKey;
import io.passgate.crypto.VerificationKeys;
import io.passgate.model.Algorithm;
import io.passgate.model.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

/** The COSE working group's COSE_Sign1 examples: what must verify, and what must be refused somewhere. */
@ThirdPartyVectors.Needed
final class CoseWgExamplesTest {
    private static final String FOLDER = "cose-wg-examples";

    /** Its algorithm stands in the unprotected header only, where Passgate does not look for it. */
    private static final Set<String> ALGORITHM_UNPROTECTED = Set.of("sign-pass-01.json");

    /** Signed with external data, of which a health certificate has none. */
    private static final Set<String> EXTERNAL_DATA = Set.of("sign-pass-02.json");

    private static final List<Provider> PROVIDERS = List.of(CryptoProviders.preferred(), CryptoProviders.fallback());

    private static byte[] hex(JsonNode node) {
        return HexFormat.of().parseHex(node.asText());
    }

    private static byte[] coordinate(JsonNode key, String name) {
        return key.has(name + "_hex")
                ? hex(key.path(name + "_hex"))
                : Base64.getUrlDecoder().decode(key.path(name).asText());
    }

    private static VerificationKey key(JsonNode key, Provider provider) throws IOException {
        assertThat(key.path("crv").asText()).isEqualTo("P-256");
        var curve = SECNamedCurves.getByName("secp256r1").getCurve();
        BigInteger x = new BigInteger(1, coordinate(key, "x"));
        BigInteger y = new BigInteger(1, coordinate(key, "y"));
        byte[] spki = new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
                        curve.createPoint(x, y).getEncoded(false))
                .getEncoded();
        return ((KeyImport.Usable) new VerificationKeys(provider).ofSpki(spki)).key();
    }

    private static CoseSign1 read(byte[] message) throws MalformedException {
        CborCursor cursor = new CborCursor();
        cursor.start(message, 0, message.length);
        return CoseSign1.read(cursor, new CborKeys());
    }

    /** The decision on the message's signature: the same of both providers. */
    private static Decision decide(JsonNode example, CoseSign1 message) throws IOException {
        CoseSign1.Signed signed = message.signed();
        List<Decision> decisions = new ArrayList<>();
        for (Provider provider : PROVIDERS) {
            JcaSignatureBatch batch = new JcaSignatureBatch(provider, 1);
            VerificationKey key = key(example.path("input").path("sign0").path("key"), provider);
            int index = batch.add(key, signed.toBeSigned(), signed.signature());
            batch.verify();
            decisions.add(batch.decision(index));
        }
        assertThat(Set.copyOf(decisions)).hasSize(1);
        return decisions.getFirst();
    }

    /** Empty when everything holds, otherwise where it was refused. */
    private static Optional<Reason> refusal(JsonNode example) throws IOException {
        try {
            CoseSign1 message = read(hex(example.path("output").path("cbor")));
            if (message.algorithm() != Algorithm.ES256) {
                return Optional.of(Reason.ALGORITHM_MISMATCH);
            }
            return decide(example, message) == Decision.VALID
                    ? Optional.empty()
                    : Optional.of(Reason.SIGNATURE_INVALID);
        } catch (MalformedException malformed) {
            return Optional.of(malformed.reason());
        }
    }

    @Test
    void sign1Tests_passOrFailAsTheySay() throws IOException {
        Path folder = ThirdPartyVectors.folder(FOLDER).resolve("sign1-tests");
        Set<String> seen = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                JsonNode example = ThirdPartyVectors.json(file);
                Optional<Reason> refusal = refusal(example);
                seen.add(name);
                if (ALGORITHM_UNPROTECTED.contains(name)) {
                    assertThat(refusal).as(name).hasValue(Reason.ALGORITHM_MISSING);
                } else if (example.path("fail").asBoolean() || EXTERNAL_DATA.contains(name)) {
                    assertThat(refusal).as(name).isPresent();
                } else {
                    assertThat(refusal).as(name).isEmpty();
                }
            }
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(5);
    }

    /** RFC 9052 section 4.4: an empty map as protected header goes under the signature as no bytes at all. */
    @Test
    void anEmptyProtectedMap_isSignedAsNoBytes() throws Exception {
        JsonNode example = ThirdPartyVectors.json(FOLDER, "sign1-tests/sign-pass-01.json");
        CoseSign1 message = read(hex(example.path("output").path("cbor")));
        assertThat(message.algorithmId()).isEmpty();
        assertThat(message.signed().toBeSigned().toByteArray())
                .isEqualTo(hex(example.path("intermediates").path("ToBeSign_hex")));
        assertThat(decide(example, message)).isEqualTo(Decision.VALID);
    }

    @Test
    void singleSignerExamples_haveTheirSigStructure_andVerify() throws Exception {
        for (String file : List.of(
                "ecdsa-examples/ecdsa-sig-01.json",
                "RFC8152/Appendix_C_2_1.json",
                "CWT/A_3.json",
                "sign1-tests/sign-pass-03.json")) {
            JsonNode example = ThirdPartyVectors.json(FOLDER, file);
            CoseSign1 message = read(hex(example.path("output").path("cbor")));
            assertThat(message.signed().toBeSigned().toByteArray())
                    .as(file)
                    .isEqualTo(hex(example.path("intermediates").path("ToBeSign_hex")));
            assertThat(message.algorithm()).as(file).isEqualTo(Algorithm.ES256);
            assertThat(decide(example, message)).as(file).isEqualTo(Decision.VALID);
        }
    }

    @Test
    void theClaimsSetOfRfc8392_isReadUpToItsMissingCertificate() throws Exception {
        JsonNode example = ThirdPartyVectors.json(FOLDER, "CWT/A_3.json");
        byte[] message = hex(example.path("output").path("cbor"));
        CborCursor cursor = new CborCursor();
        cursor.start(message, 0, message.length);
        CborKeys keys = new CborKeys();
        CoseSign1 cose = CoseSign1.read(cursor, keys);
        assertThat(cose.payload().toByteArray())
                .isEqualTo(hex(example.path("input").path("plaintext_hex")));
        try {
            Cwt cwt = Cwt.read(cursor, keys, cose.signed().payload());
            throw new AssertionError("a claims set without certificate was read: " + cwt.expiresAt());
        } catch (MalformedException malformed) {
            assertThat(malformed.reason()).isEqualTo(Reason.HCERT_MISSING);
        }
    }

    /** Other algorithms and other message types: never an exception, never taken for one of ours. */
    @Test
    void examplesOfOtherKinds_areRefused() throws IOException {
        record Other(String file, Reason reason) {}
        for (Other other : List.of(
                new Other("ecdsa-examples/ecdsa-01.json", Reason.COSE_INVALID),
                new Other("ecdsa-examples/ecdsa-03.json", Reason.COSE_INVALID),
                new Other("ecdsa-examples/ecdsa-sig-03.json", Reason.ALGORITHM_UNSUPPORTED),
                new Other("eddsa-examples/eddsa-01.json", Reason.COSE_INVALID),
                new Other("eddsa-examples/eddsa-sig-01.json", Reason.ALGORITHM_UNSUPPORTED),
                new Other("rsa-pss-examples/rsa-pss-01.json", Reason.COSE_INVALID),
                new Other("rsa-pss-examples/rsa-pss-03.json", Reason.COSE_INVALID),
                new Other("x509-examples/signed-01.json", Reason.COSE_INVALID),
                new Other("x509-examples/signed-03.json", Reason.COSE_INVALID),
                new Other("x509-examples/signed-05.json", Reason.COSE_INVALID),
                new Other("CWT/A_5.json", Reason.COSE_INVALID),
                new Other("CWT/A_7.json", Reason.COSE_INVALID))) {
            assertThat(refusal(ThirdPartyVectors.json(FOLDER, other.file())))
                    .as(other.file())
                    .hasValue(other.reason());
        }
    }
}
