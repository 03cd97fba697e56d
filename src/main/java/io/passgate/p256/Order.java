package io.passgate.p256;

import static io.passgate.p256.Limbs52.MASK;

import java.math.BigInteger;

/**
 * Multiplication mod n in Montgomery form with R = 2^260, in the radix of {@link Limbs52}. Variable time. The order has no
 * sparse form, so that each step of the reduction is a row of products.
 */
final class Order {
    static final long[] N = Words.of(Curve.N);

    /** R^2 mod n: times it goes into Montgomery form. */
    static final long[] R_SQUARED =
            Limbs52.of(BigInteger.ONE.shiftLeft(2 * Limbs52.R_BITS).mod(Curve.N));

    private static final long[] N_LIMBS = Limbs52.of(Curve.N);
    private static final long N0 = N_LIMBS[0];
    private static final long N1 = N_LIMBS[1];
    private static final long N2 = N_LIMBS[2];
    private static final long N3 = N_LIMBS[3];
    private static final long N4 = N_LIMBS[4];

    /** -1/n mod 2^52. */
    private static final long MINUS_INVERSE = BigInteger.ONE
            .shiftLeft(52)
            .subtract(Curve.N.modInverse(BigInteger.ONE.shiftLeft(52)))
            .longValue();

    private Order() {}

    /**
     * r = a * b / R, in [0, 2n); r may be a or b.
     *
     * @param a limbs in [0, 2^52) of a number below 2n  @param b the same
     */
    static void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long a0 = a[ao];
        long a1 = a[ao + 1];
        long a2 = a[ao + 2];
        long a3 = a[ao + 3];
        long a4 = a[ao + 4];
        long g0 = a0 << 6;
        long g1 = a1 << 6;
        long g2 = a2 << 6;
        long g3 = a3 << 6;
        long g4 = a4 << 6;
        long t0 = 0;
        long t1 = 0;
        long t2 = 0;
        long t3 = 0;
        long t4 = 0;
        for (int i = 0; i < Limbs52.COUNT; i++) {
            long y = b[bo + i];
            long m = ((t0 + a0 * y) & MASK) * MINUS_INVERSE & MASK;
            long yHigh = y << 6;
            long mHigh = m << 6;
            long h0 = Math.multiplyHigh(g0, yHigh) + Math.multiplyHigh(N0 << 6, mHigh);
            long h1 = Math.multiplyHigh(g1, yHigh) + Math.multiplyHigh(N1 << 6, mHigh);
            long h2 = Math.multiplyHigh(g2, yHigh) + Math.multiplyHigh(N2 << 6, mHigh);
            long h3 = Math.multiplyHigh(g3, yHigh) + Math.multiplyHigh(N3 << 6, mHigh);
            long h4 = Math.multiplyHigh(g4, yHigh) + Math.multiplyHigh(N4 << 6, mHigh);
            t0 += a0 * y + N0 * m - (h0 << 52);
            t1 += a1 * y + N1 * m - (h1 << 52) + h0 + (t0 >> 52);
            t2 += a2 * y + N2 * m - (h2 << 52) + h1;
            t3 += a3 * y + N3 * m - (h3 << 52) + h2;
            t4 += a4 * y + N4 * m - (h4 << 52) + h3;
            t0 = t1;
            t1 = t2;
            t2 = t3;
            t3 = t4;
            t4 = h4;
        }
        t1 += t0 >> 52;
        t2 += t1 >> 52;
        t3 += t2 >> 52;
        t4 += t3 >> 52;
        r[ro] = t0 & MASK;
        r[ro + 1] = t1 & MASK;
        r[ro + 2] = t2 & MASK;
        r[ro + 3] = t3 & MASK;
        r[ro + 4] = t4;
    }
}
