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
     * {@return the point with these affine coordinates; empty if it is not on the curve} The point at infinity has
     * none.
     *
     * @param x any number; only one in [0, p) can be a coordinate
     * @param y likewise
     */
    public static Optional<PublicPoint> of(BigInteger x, BigInteger y) {
        return Curve.holds(x, y) ? Optional.of(new PublicPoint(x, y)) : Optional.empty();
    }

    static PublicPoint generator() {
        return new PublicPoint(Curve.GX, Curve.GY);
    }

    /** {@code scalar} times the generator, for a scalar in [1, n); slow, and in variable time. */
    static PublicPoint ofGenerator(BigInteger scalar) {
        PublicPoint sum = generator();
        for (int bit = scalar.bitLength() - 2; bit >= 0; bit--) {
            sum = sum.plus(sum);
            if (scalar.testBit(bit)) {
                sum = sum.plus(generator());
            }
        }
        return sum;
    }

    /** The sum of points that are not opposite. */
    private PublicPoint plus(PublicPoint other) {
        BigInteger three = BigInteger.valueOf(3);
        BigInteger slope = x.equals(other.x)
                ? x.multiply(x)
                        .subtract(BigInteger.ONE)
                        .multiply(three)
                        .multiply(y.shiftLeft(1).modInverse(Curve.P))
                : other.y.subtract(y).multiply(other.x.subtract(x).modInverse(Curve.P));
        BigInteger sumX = slope.multiply(slope).subtract(x).subtract(other.x).mod(Curve.P);
        BigInteger sumY = slope.multiply(x.subtract(sumX)).subtract(y).mod(Curve.P);
        return new PublicPoint(sumX, sumY);
    }

    BigInteger x() {
        return x;
    }

    BigInteger y() {
        return y;
    }
}
