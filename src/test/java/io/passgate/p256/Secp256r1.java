package io.passgate.p256;

import java.math.BigInteger;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** The curve by BouncyCastle: what the tests compute with, slow and independent of what they test. */
final class Secp256r1 {
    static final ECDomainParameters DOMAIN = new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));
    static final BigInteger P = DOMAIN.getCurve().getField().getCharacteristic();
    static final BigInteger N = DOMAIN.getN();
    static final ECPoint G = DOMAIN.getG();

    private static final int SCALAR_BYTES = 32;

    private Secp256r1() {}

    static ECPoint timesG(BigInteger scalar) {
        return new FixedPointCombMultiplier().multiply(G, scalar.mod(N)).normalize();
    }

    static BigInteger x(ECPoint point) {
        return point.normalize().getAffineXCoord().toBigInteger();
    }

    static BigInteger y(ECPoint point) {
        return point.normalize().getAffineYCoord().toBigInteger();
    }

    /** One of the two points with this x, if there are any. */
    static Optional<ECPoint> withX(BigInteger x) {
        ECCurve curve = DOMAIN.getCurve();
        ECFieldElement at = curve.fromBigInteger(x);
        ECFieldElement square = at.square().add(curve.getA()).multiply(at).add(curve.getB());
        return Optional.ofNullable(square.sqrt()).map(y -> curve.createPoint(x, y.toBigInteger()));
    }

    /** Uniform in [1, n). */
    static BigInteger randomScalar(SplittableRandom random) {
        byte[] bytes = new byte[SCALAR_BYTES];
        BigInteger scalar;
        do {
            random.nextBytes(bytes);
            scalar = new BigInteger(1, bytes);
        } while (scalar.signum() == 0 || scalar.compareTo(N) >= 0);
        return scalar;
    }

    /** 32 bytes, big-endian. */
    static byte[] bytes(BigInteger value) {
        return BigIntegers.asUnsignedByteArray(SCALAR_BYTES, value);
    }

    /** A raw signature: r then s. */
    static byte[] signature(BigInteger r, BigInteger s) {
        byte[] both = new byte[2 * SCALAR_BYTES];
        System.arraycopy(bytes(r), 0, both, 0, SCALAR_BYTES);
        System.arraycopy(bytes(s), 0, both, SCALAR_BYTES, SCALAR_BYTES);
        return both;
    }

    static BigInteger r(byte[] signature) {
        return new BigInteger(1, signature, 0, SCALAR_BYTES);
    }

    static BigInteger s(byte[] signature) {
        return new BigInteger(1, signature, SCALAR_BYTES, SCALAR_BYTES);
    }
}
