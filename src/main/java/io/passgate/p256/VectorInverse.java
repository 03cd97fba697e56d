package io.passgate.p256;

import static io.passgate.p256.VectorField.ELEMENT;
import static io.passgate.p256.VectorField.LANES;

import java.math.BigInteger;

/**
 * Inverts the elements of all lanes with one inversion: the product of all lanes by log2(LANES) products with the lanes
 * turned by half, a quarter, and so on; then back, each product once more with the turned factor. Belongs to one
 * thread.
 */
final class VectorInverse {
    private static final int STEPS = Integer.numberOfTrailingZeros(LANES);
    private static final long[] R_CUBED =
            VectorLanes.of(BigInteger.ONE.shiftLeft(3 * VectorField.R_BITS).mod(Curve.P));

    private final long[] product = new long[ELEMENT];
    private final long[] turned = new long[STEPS * ELEMENT];
    private final long[] words = new long[UInt256.COUNT];
    private final Inverse inversion = new Inverse(Curve.P);

    /**
     * Inverts a in place. Montgomery form in and out.
     *
     * @return false, and a is lost, if a lane is 0 mod p
     */
    boolean invert(long[] a, int ao) {
        System.arraycopy(a, ao, product, 0, ELEMENT);
        for (int step = 0; step < STEPS; step++) {
            turn(turned, step * ELEMENT, product, LANES >> (step + 1));
            VectorField.mul(product, 0, product, 0, turned, step * ELEMENT);
        }
        VectorLanes.read(words, 0, product, 0);
        if (UInt256.areZero(words, 0)) {
            return false;
        }
        inversion.invert(words, 0);
        for (int lane = 0; lane < LANES; lane++) {
            VectorLanes.write(product, lane, words, 0, 0);
        }
        VectorField.mul(product, 0, product, 0, R_CUBED, 0);
        for (int step = 0; step < STEPS; step++) {
            VectorField.mul(product, 0, product, 0, turned, step * ELEMENT);
        }
        System.arraycopy(product, 0, a, ao, ELEMENT);
        return true;
    }

    private static void turn(long[] r, int ro, long[] a, int by) {
        for (int i = 0; i < ELEMENT; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                r[ro + i + lane] = a[i + (lane + by & LANES - 1)];
            }
        }
    }
}
