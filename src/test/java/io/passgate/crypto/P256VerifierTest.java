package io.passgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.ThirdPartyVectors;
import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import io.passgate.testing.TestIssuer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that come with their signature, on the provider in use and on the fallback. */
final class P256VerifierTest {
    private static final BigInteger N = SECNamedCurves.getByName("secp256r1").getN();
    private static final BigInteger P =
            SECNamedCurves.getByName("secp256r1").getCurve().getField().getCharacteristic();
    private static final byte[] MESSAGE = "a message, and what it stands in".getBytes(StandardCharsets.US_ASCII);
    private static final Slice SIGNED = Slice.of(MESSAGE, 2, 7);

    private final TestIssuer signer = TestIssuer.shared(Algorithm.ES256);
    private final byte[] point = point(signer.spki());
    private final byte[] signature = signer.sign(SIGNED.toByteArray());

    private enum On {
        PREFERRED(CryptoProviders.preferred()),
        FALLBACK(CryptoProviders.fallback());

        @SuppressWarnings("ImmutableEnumChecker")
        private final P256Verifier verifier;

        On(Provider provider) {
            this.verifier = new P256Verifier(provider);
        }
    }

    private static byte[] point(byte[] spki) {
        return Arrays.copyOfRange(spki, spki.length - P256Verifier.POINT_BYTES, spki.length);
    }

    private static boolean verifies(On on, byte[] point, byte[] signature) {
        return on.verifier.verify(point, SIGNED, Slice.of(signature));
    }

    private static byte[] halves(BigInteger first, BigInteger second) {
        byte[] bytes = new byte[64];
        for (int i = 0; i < 32; i++) {
            bytes[i] = first.shiftRight(8 * (31 - i)).byteValue();
            bytes[32 + i] = second.shiftRight(8 * (31 - i)).byteValue();
        }
        return bytes;
    }

    private static BigInteger half(byte[] bytes, int index) {
        return new BigInteger(1, bytes, 32 * index, 32);
    }

    @ParameterizedTest
    @EnumSource
    void aSignature_isOfItsMessageOnly(On on) {
        assertThat(verifies(on, point, signature)).isTrue();
        byte[] within = new byte[70];
        System.arraycopy(signature, 0, within, 5, 64);
        assertThat(on.verifier.verify(point, SIGNED, Slice.of(within, 5, 64))).isTrue();
        assertThat(on.verifier.verify(point, Slice.of(MESSAGE, 2, 8), Slice.of(signature)))
                .isFalse();
        assertThat(on.verifier.verify(point, Slice.of(MESSAGE, 3, 7), Slice.of(signature)))
                .isFalse();
        assertThat(on.verifier.verify(point, Slice.empty(), Slice.of(signature)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anotherKeysSignature_isRefused(On on) {
        byte[] other = point(TestIssuer.ec256("XX").spki());
        assertThat(verifies(on, other, signature)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void eachBitOfTheSignature_matters(On on) {
        for (int bit = 0; bit < 512; bit++) {
            byte[] mutated = signature.clone();
            mutated[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(verifies(on, point, mutated)).as("bit %d", bit).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOtherS_isASignatureToo(On on) {
        byte[] other = halves(half(signature, 0), N.subtract(half(signature, 1)));
        assertThat(other).isNotEqualTo(signature);
        assertThat(verifies(on, point, other)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void halvesOutOfRange_areRefused(On on) {
        BigInteger r = half(signature, 0);
        BigInteger s = half(signature, 1);
        BigInteger top = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
        for (BigInteger out : new BigInteger[] {BigInteger.ZERO, N, N.add(BigInteger.ONE), top}) {
            assertThat(verifies(on, point, halves(out, s))).isFalse();
            assertThat(verifies(on, point, halves(r, out))).isFalse();
        }
        assertThat(verifies(on, point, new byte[64])).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anotherLength_isRefused(On on) {
        for (int length : new int[] {0, 1, 63, 65, 72, 128}) {
            assertThat(verifies(on, point, Arrays.copyOf(signature, length))).isFalse();
            assertThat(verifies(on, Arrays.copyOf(point, length), signature)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPointOffTheCurve_hasNoSignatures(On on) {
        byte[] off = point.clone();
        off[63] ^= 1;
        assertThat(verifies(on, off, signature)).isFalse();
        assertThat(verifies(on, new byte[64], signature)).isFalse();
    }

    @Test
    void onTheCurve_areItsPointsWithCoordinatesBelowP() {
        assertThat(P256Verifier.isOnCurve(point)).isTrue();
        BigInteger x = half(point, 0);
        BigInteger y = half(point, 1);
        assertThat(P256Verifier.isOnCurve(halves(x, P.subtract(y)))).isTrue();
        assertThat(P256Verifier.isOnCurve(halves(y, x))).isFalse();
        assertThat(P256Verifier.isOnCurve(halves(x, y.add(BigInteger.ONE)))).isFalse();
        assertThat(P256Verifier.isOnCurve(halves(BigInteger.ZERO, BigInteger.ZERO)))
                .isFalse();
        for (int length : new int[] {0, 32, 33, 63, 65}) {
            assertThat(P256Verifier.isOnCurve(Arrays.copyOf(point, length))).isFalse();
        }
    }

    /** x = 5 is on the curve, and x + p fits into 32 bytes. */
    @Test
    void aCoordinateFromPOn_isRefused() {
        BigInteger x = BigInteger.valueOf(5);
        BigInteger square = x.pow(3)
                .subtract(x.multiply(BigInteger.valueOf(3)))
                .add(SECNamedCurves.getByName("secp256r1").getCurve().getB().toBigInteger())
                .mod(P);
        BigInteger y = square.modPow(P.add(BigInteger.ONE).shiftRight(2), P);
        assertThat(P256Verifier.isOnCurve(halves(x, y))).isTrue();
        assertThat(P256Verifier.isOnCurve(halves(x.add(P), y))).isFalse();
    }

    @Test
    void aProviderWithoutTheAlgorithm_isAMistake() {
        Provider empty = new Provider("Empty", "1", "nothing at all") {};
        assertThatThrownBy(() -> new P256Verifier(empty)).isInstanceOf(IllegalStateException.class);
    }

    @ThirdPartyVectors.Needed
    @ParameterizedTest
    @EnumSource
    void theVerifier_agreesWithEveryVerdictOfWycheproof(On on) {
        JsonNode document = ThirdPartyVectors.json("wycheproof", "ecdsa_secp256r1_sha256_p1363_test.json");
        int checked = 0;
        for (JsonNode group : document.path("testGroups")) {
            byte[] key = point(hex(group.path("publicKeyDer")));
            for (JsonNode test : group.path("tests")) {
                boolean valid = test.path("result").asText().equals("valid");
                assertThat(on.verifier.verify(key, Slice.of(hex(test.path("msg"))), Slice.of(hex(test.path("sig")))))
                        .as("tcId %s %s", test.path("tcId"), test.path("comment"))
                        .isEqualTo(valid);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(document.path("numberOfTests").asInt()).isGreaterThan(100);
    }

    private static byte[] hex(JsonNode node) {
        return HexFormat.of().parseHex(node.asText());
    }

    @Test
    void manyThreads_shareOne() {
        P256Verifier verifier = On.PREFERRED.verifier;
        assertThat(Stream.generate(() -> signature)
                        .limit(400)
                        .parallel()
                        .allMatch(each -> verifier.verify(point, SIGNED, Slice.of(each))))
                .isTrue();
    }

    @Test
    void aKeyThatHoldsMemory_isLetGoOf_whateverBecomesOfItsSignature() {
        DestroyableKeys provider = new DestroyableKeys();
        P256Verifier verifier = new P256Verifier(provider);
        byte[] wrong = signature.clone();
        wrong[63] ^= 1;

        assertThat(verifier.verify(point, SIGNED, Slice.of(signature))).isTrue();
        assertThat(verifier.verify(point, SIGNED, Slice.of(wrong))).isFalse();

        assertThat(provider.made).isEqualTo(2);
        assertThat(provider.destroyed).isEqualTo(2);
    }
}
