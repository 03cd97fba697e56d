package io.passgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.crypto.OnProvider.Signed;
import io.passgate.crypto.SignatureBatch.Decision;
import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import io.passgate.testing.TestIssuer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each signature of a batch is decided by itself. */
final class SignatureBatchTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    private static byte[] halves(BigInteger r, BigInteger s, int bytes) {
        byte[] out = new byte[2 * bytes];
        put(out, 0, bytes, r);
        put(out, bytes, bytes, s);
        return out;
    }

    private static void put(byte[] out, int at, int bytes, BigInteger value) {
        byte[] big = value.toByteArray();
        int skip = Math.max(0, big.length - bytes);
        System.arraycopy(big, skip, out, at + bytes - (big.length - skip), big.length - skip);
    }

    private static BigInteger half(byte[] signature, int which) {
        int bytes = signature.length / 2;
        return new BigInteger(1, Arrays.copyOfRange(signature, which * bytes, (which + 1) * bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "PREFERRED, ES256, secp256r1",
        "FALLBACK, ES256, secp256r1",
        "TABLES, ES256, secp256r1",
        "PREFERRED, ES384, secp384r1",
        "FALLBACK, ES384, secp384r1",
    })
    void aHalfOutOfRange_isInvalid(OnProvider on, Algorithm algorithm, String curve) {
        BigInteger n = SECNamedCurves.getByName(curve).getN();
        int bytes = n.bitLength() / 8;
        BigInteger top = BigInteger.ONE.shiftLeft(8 * bytes).subtract(BigInteger.ONE);
        TestIssuer issuer = TestIssuer.shared(algorithm);
        VerificationKey key = on.key(issuer.spki());
        byte[] good = issuer.sign(MESSAGE);
        BigInteger r = half(good, 0);
        BigInteger s = half(good, 1);
        assertThat(on.decide(key, MESSAGE, halves(r, s, bytes))).isEqualTo(Decision.VALID);
        for (BigInteger wrong : List.of(BigInteger.ZERO, n, n.add(BigInteger.ONE), top)) {
            assertThat(on.decide(key, MESSAGE, halves(wrong, s, bytes))).isEqualTo(Decision.INVALID);
            assertThat(on.decide(key, MESSAGE, halves(r, wrong, bytes))).isEqualTo(Decision.INVALID);
        }
        for (BigInteger edge : List.of(BigInteger.ONE, n.subtract(BigInteger.ONE))) {
            assertThat(on.decide(key, MESSAGE, halves(edge, s, bytes))).isEqualTo(Decision.INVALID);
            assertThat(on.decide(key, MESSAGE, halves(r, edge, bytes))).isEqualTo(Decision.INVALID);
        }
    }

    /** Known malleability of ECDSA: why a revocation entry hashes the first half only. */
    @ParameterizedTest
    @EnumSource
    void theOtherSOfASignature_isValidToo(OnProvider on) {
        BigInteger n = SECNamedCurves.getByName("secp256r1").getN();
        TestIssuer issuer = TestIssuer.ec256("XX");
        byte[] good = issuer.sign(MESSAGE);
        byte[] other = halves(half(good, 0), n.subtract(half(good, 1)), 32);
        assertThat(on.decide(on.key(issuer.spki()), MESSAGE, other)).isEqualTo(Decision.VALID);
    }

    @ParameterizedTest
    @CsvSource({
        "PREFERRED, ES256", "PREFERRED, ES384", "PREFERRED, PS256",
        "FALLBACK, ES256", "FALLBACK, ES384", "FALLBACK, PS256",
        "TABLES, ES256", "TABLES, ES384", "TABLES, PS256",
    })
    void anotherLength_isInvalid(OnProvider on, Algorithm algorithm) {
        TestIssuer issuer = TestIssuer.shared(algorithm);
        VerificationKey key = on.key(issuer.spki());
        byte[] good = issuer.sign(MESSAGE);
        assertThat(on.decide(key, MESSAGE, good)).isEqualTo(Decision.VALID);
        for (int length : new int[] {0, 1, good.length - 1, good.length + 1, 2 * good.length}) {
            assertThat(on.decide(key, MESSAGE, Arrays.copyOf(good, length))).isEqualTo(Decision.INVALID);
        }
        byte[] padded = new byte[good.length + 1];
        System.arraycopy(good, 0, padded, 1, good.length);
        assertThat(on.decide(key, MESSAGE, padded)).isEqualTo(Decision.INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        "PREFERRED, ES256",
        "PREFERRED, PS256",
        "PREFERRED, ES384",
        "FALLBACK, ES256",
        "FALLBACK, PS256",
        "TABLES, ES256",
    })
    void oneFlippedBitAnywhere_isInvalid(OnProvider on, Algorithm algorithm) {
        TestIssuer issuer = TestIssuer.shared(algorithm);
        VerificationKey key = on.key(issuer.spki());
        byte[] good = issuer.sign(MESSAGE);
        List<Signed> all = new ArrayList<>();
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            all.add(new Signed(key, MESSAGE, flipped));
        }
        for (int bit = 0; bit < 8 * MESSAGE.length; bit++) {
            byte[] flipped = MESSAGE.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            all.add(new Signed(key, flipped, good));
        }
        assertThat(on.decide(all)).containsOnly(Decision.INVALID);
    }

    @ParameterizedTest
    @EnumSource
    void neighbours_doNotChangeADecision(OnProvider on) {
        List<Signed> all = new ArrayList<>();
        List<Decision> expected = new ArrayList<>();
        for (Algorithm algorithm : Algorithm.values()) {
            TestIssuer issuer = TestIssuer.shared(algorithm);
            VerificationKey key = on.key(issuer.spki());
            byte[] good = issuer.sign(MESSAGE);
            for (byte[] signature : new byte[][] {good, new byte[good.length], good, new byte[0], good}) {
                all.add(new Signed(key, MESSAGE, signature));
                expected.add(Arrays.equals(signature, good) ? Decision.VALID : Decision.INVALID);
            }
        }
        assertThat(on.decide(all)).isEqualTo(expected);
        assertThat(on.decide(all.reversed())).isEqualTo(expected.reversed());
    }

    @ParameterizedTest
    @EnumSource
    void aClearedBatch_startsAnew_andAFullOneSaysSo(OnProvider on) {
        TestIssuer issuer = TestIssuer.ec256("XX");
        VerificationKey key = on.key(issuer.spki());
        Slice message = Slice.of(MESSAGE);
        Slice good = Slice.of(issuer.sign(MESSAGE));
        SignatureBatch batch = on.batch(1, List.of(key));
        assertThat(batch.add(key, message, good)).isZero();
        assertThatThrownBy(() -> batch.add(key, message, good)).isInstanceOf(IllegalStateException.class);
        batch.verify();
        assertThat(batch.decision(0)).isEqualTo(Decision.VALID);
        batch.clear();
        assertThat(batch.add(key, message, Slice.of(new byte[64]))).isZero();
        batch.verify();
        assertThat(batch.decision(0)).isEqualTo(Decision.INVALID);
    }

    /** A slice's array is larger than the slice: the bytes around it are no part of it. */
    @ParameterizedTest
    @EnumSource
    void bytesAroundASlice_doNotCount(OnProvider on) {
        TestIssuer issuer = TestIssuer.ec256("XX");
        VerificationKey key = on.key(issuer.spki());
        byte[] good = issuer.sign(MESSAGE);
        byte[] both = new byte[3 + MESSAGE.length + good.length + 3];
        Arrays.fill(both, (byte) 0x5a);
        System.arraycopy(MESSAGE, 0, both, 3, MESSAGE.length);
        System.arraycopy(good, 0, both, 3 + MESSAGE.length, good.length);
        SignatureBatch batch = on.batch(1, List.of(key));
        int index = batch.add(key, Slice.of(both, 3, MESSAGE.length), Slice.of(both, 3 + MESSAGE.length, good.length));
        batch.verify();
        assertThat(batch.decision(index)).isEqualTo(Decision.VALID);
    }
}
