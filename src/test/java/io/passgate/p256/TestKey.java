package io.passgate.p256;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;

/** A public key with the window of its table, and BouncyCastle's decisions on its signatures. Shared by threads. */
final class TestKey {
    private final ECPoint point;
    private final Optional<BigInteger> scalar;
    private final int windowBits;
    private final ECDSASigner reference = new ECDSASigner();

    private TestKey(ECPoint point, Optional<BigInteger> scalar, int windowBits) {
        this.point = point.normalize();
        this.scalar = scalar;
        this.windowBits = windowBits;
        reference.init(false, new ECPublicKeyParameters(this.point, Secp256r1.DOMAIN));
    }

    /** The key of a private scalar in [1, n). */
    static TestKey of(BigInteger scalar, int windowBits) {
        return new TestKey(Secp256r1.timesG(scalar), Optional.of(scalar), windowBits);
    }

    /** A key whose private scalar nobody knows. */
    static TestKey of(ECPoint point, int windowBits) {
        return new TestKey(point, Optional.empty(), windowBits);
    }

    ECPoint point() {
        return point;
    }

    BigInteger scalar() {
        return scalar.orElseThrow();
    }

    int windowBits() {
        return windowBits;
    }

    PublicPoint publicPoint() {
        return PublicPoint.of(Secp256r1.x(point), Secp256r1.y(point)).orElseThrow();
    }

    /** BouncyCastle's decision. */
    boolean accepts(byte[] digest, byte[] signature) {
        return reference.verifySignature(digest, Secp256r1.r(signature), Secp256r1.s(signature));
    }

    @Override
    public String toString() {
        return "key %s, window %d"
                .formatted(
                        scalar.map(d -> "d=" + d.toString(16))
                                .orElseGet(() -> "x=" + Secp256r1.x(point).toString(16) + " y="
                                        + Secp256r1.y(point).toString(16)),
                        windowBits);
    }
}
