package io.passgate.p256;

import java.math.BigInteger;
import java.util.Optional;

/** A point on P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3), checked: not the point at infinity, on the curve. */
public final class PublicPoint {
    private final BigInteger x;
    private final BigInteger y;

    private PublicPoint(BigInteger x, BigInteger y) {
        this.x = x;
        this.y = y;
    }

    /**
     * The point with these affine coordinates, each in [0, p); empty if it is not on the curve. The point at infinity
     * has none.
     */
    public static Optional<PublicPoint> of(BigInteger x, BigInteger y) {
        return Curve.holds(x, y) ? Optional.of(new PublicPoint(x, y)) : Optional.empty();
    }

    static PublicPoint generator() {
        return new PublicPoint(Curve.GX, Curve.GY);
    }

    BigInteger x() {
        return x;
    }

    BigInteger y() {
        return y;
    }
}
