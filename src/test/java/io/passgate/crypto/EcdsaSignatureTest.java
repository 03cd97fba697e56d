package io.passgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import java.math.BigInteger;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The range of r and s, which the providers check too: here by itself, so that it cannot rot unseen. */
final class EcdsaSignatureTest {
    private static Slice halves(BigInteger r, BigInteger s, int bytes) {
        byte[] out = new byte[2 * bytes + 2];
        for (int i = 0; i < bytes; i++) {
            out[1 + i] = r.shiftRight(8 * (bytes - 1 - i)).byteValue();
            out[1 + bytes + i] = s.shiftRight(8 * (bytes - 1 - i)).byteValue();
        }
        return Slice.of(out, 1, 2 * bytes);
    }

    @ParameterizedTest
    @CsvSource({"ES256, secp256r1", "ES384, secp384r1"})
    void eachHalf_liesBetween1AndTheOrder(Algorithm algorithm, String curve) {
        BigInteger one = BigInteger.ONE;
        BigInteger n = SECNamedCurves.getByName(curve).getN();
        int bytes = n.bitLength() / 8;
        BigInteger last = n.subtract(one);
        BigInteger top = one.shiftLeft(8 * bytes).subtract(one);
        for (BigInteger in : new BigInteger[] {one, last}) {
            for (BigInteger alsoIn : new BigInteger[] {one, last}) {
                assertThat(EcdsaSignature.isInRange(algorithm, halves(in, alsoIn, bytes)))
                        .isTrue();
            }
            for (BigInteger out : new BigInteger[] {BigInteger.ZERO, n, n.add(one), top}) {
                assertThat(EcdsaSignature.isInRange(algorithm, halves(in, out, bytes)))
                        .isFalse();
                assertThat(EcdsaSignature.isInRange(algorithm, halves(out, in, bytes)))
                        .isFalse();
            }
        }
    }
}
