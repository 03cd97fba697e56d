package io.passgate.p256;

import static io.passgate.p256.Limbs52.MASK;

import java.math.BigInteger;

/**
 * Multiplication mod n in Montgomery form with R = 2^260, in the radix of {@link Limbs52}. Variable time. The order has
 * no sparse form, so that each step of the reduction is a row of products.
 */
final class Order {
    static final long[] N = UInt256.of(Curve.N);

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
     * @param a limbs in [0, 2^52) of a number below 2n
     * @param b the same
     */
    static void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long a0 = a[ao];
        long a1 = a[ao + 1];
        long a2 = a[ao + 2];
        long a3 = a[ao + 3];
        long a4 = a[ao + 4];
        long b0 = b[bo];
        long z0 = b0 << 11;
        long m0 = ((a0 * b0) & MASK) * MINUS_INVERSE & MASK;
        long w0 = m0 << 11;
        long h00 = Math.multiplyHigh(a0, z0) + Math.multiplyHigh(N0, w0);
        long h01 = Math.multiplyHigh(a1, z0) + Math.multiplyHigh(N1, w0);
        long h02 = Math.multiplyHigh(a2, z0) + Math.multiplyHigh(N2, w0);
        long h03 = Math.multiplyHigh(a3, z0) + Math.multiplyHigh(N3, w0);
        long h04 = Math.multiplyHigh(a4, z0) + Math.multiplyHigh(N4, w0);
        long t0 = a0 * b0 + N0 * m0 - (h00 << 53);
        long t1 = a1 * b0 + N1 * m0 - (h01 << 53) + (h00 << 1) + (t0 >> 52);
        long t2 = a2 * b0 + N2 * m0 - (h02 << 53) + (h01 << 1);
        long t3 = a3 * b0 + N3 * m0 - (h03 << 53) + (h02 << 1);
        long t4 = a4 * b0 + N4 * m0 - (h04 << 53) + (h03 << 1);
        long t5 = h04 << 1;
        long b1 = b[bo + 1];
        long z1 = b1 << 11;
        long m1 = ((t1 + a0 * b1) & MASK) * MINUS_INVERSE & MASK;
        long w1 = m1 << 11;
        long h10 = Math.multiplyHigh(a0, z1) + Math.multiplyHigh(N0, w1);
        long h11 = Math.multiplyHigh(a1, z1) + Math.multiplyHigh(N1, w1);
        long h12 = Math.multiplyHigh(a2, z1) + Math.multiplyHigh(N2, w1);
        long h13 = Math.multiplyHigh(a3, z1) + Math.multiplyHigh(N3, w1);
        long h14 = Math.multiplyHigh(a4, z1) + Math.multiplyHigh(N4, w1);
        t1 += a0 * b1 + N0 * m1 - (h10 << 53);
        t2 += a1 * b1 + N1 * m1 - (h11 << 53) + (h10 << 1) + (t1 >> 52);
        t3 += a2 * b1 + N2 * m1 - (h12 << 53) + (h11 << 1);
        t4 += a3 * b1 + N3 * m1 - (h13 << 53) + (h12 << 1);
        t5 += a4 * b1 + N4 * m1 - (h14 << 53) + (h13 << 1);
        long t6 = h14 << 1;
        long b2 = b[bo + 2];
        long z2 = b2 << 11;
        long m2 = ((t2 + a0 * b2) & MASK) * MINUS_INVERSE & MASK;
        long w2 = m2 << 11;
        long h20 = Math.multiplyHigh(a0, z2) + Math.multiplyHigh(N0, w2);
        long h21 = Math.multiplyHigh(a1, z2) + Math.multiplyHigh(N1, w2);
        long h22 = Math.multiplyHigh(a2, z2) + Math.multiplyHigh(N2, w2);
        long h23 = Math.multiplyHigh(a3, z2) + Math.multiplyHigh(N3, w2);
        long h24 = Math.multiplyHigh(a4, z2) + Math.multiplyHigh(N4, w2);
        t2 += a0 * b2 + N0 * m2 - (h20 << 53);
        t3 += a1 * b2 + N1 * m2 - (h21 << 53) + (h20 << 1) + (t2 >> 52);
        t4 += a2 * b2 + N2 * m2 - (h22 << 53) + (h21 << 1);
        t5 += a3 * b2 + N3 * m2 - (h23 << 53) + (h22 << 1);
        t6 += a4 * b2 + N4 * m2 - (h24 << 53) + (h23 << 1);
        long t7 = h24 << 1;
        long b3 = b[bo + 3];
        long z3 = b3 << 11;
        long m3 = ((t3 + a0 * b3) & MASK) * MINUS_INVERSE & MASK;
        long w3 = m3 << 11;
        long h30 = Math.multiplyHigh(a0, z3) + Math.multiplyHigh(N0, w3);
        long h31 = Math.multiplyHigh(a1, z3) + Math.multiplyHigh(N1, w3);
        long h32 = Math.multiplyHigh(a2, z3) + Math.multiplyHigh(N2, w3);
        long h33 = Math.multiplyHigh(a3, z3) + Math.multiplyHigh(N3, w3);
        long h34 = Math.multiplyHigh(a4, z3) + Math.multiplyHigh(N4, w3);
        t3 += a0 * b3 + N0 * m3 - (h30 << 53);
        t4 += a1 * b3 + N1 * m3 - (h31 << 53) + (h30 << 1) + (t3 >> 52);
        t5 += a2 * b3 + N2 * m3 - (h32 << 53) + (h31 << 1);
        t6 += a3 * b3 + N3 * m3 - (h33 << 53) + (h32 << 1);
        t7 += a4 * b3 + N4 * m3 - (h34 << 53) + (h33 << 1);
        long t8 = h34 << 1;
        long b4 = b[bo + 4];
        long z4 = b4 << 11;
        long m4 = ((t4 + a0 * b4) & MASK) * MINUS_INVERSE & MASK;
        long w4 = m4 << 11;
        long h40 = Math.multiplyHigh(a0, z4) + Math.multiplyHigh(N0, w4);
        long h41 = Math.multiplyHigh(a1, z4) + Math.multiplyHigh(N1, w4);
        long h42 = Math.multiplyHigh(a2, z4) + Math.multiplyHigh(N2, w4);
        long h43 = Math.multiplyHigh(a3, z4) + Math.multiplyHigh(N3, w4);
        long h44 = Math.multiplyHigh(a4, z4) + Math.multiplyHigh(N4, w4);
        t4 += a0 * b4 + N0 * m4 - (h40 << 53);
        t5 += a1 * b4 + N1 * m4 - (h41 << 53) + (h40 << 1) + (t4 >> 52);
        t6 += a2 * b4 + N2 * m4 - (h42 << 53) + (h41 << 1);
        t7 += a3 * b4 + N3 * m4 - (h43 << 53) + (h42 << 1);
        t8 += a4 * b4 + N4 * m4 - (h44 << 53) + (h43 << 1);
        long t9 = h44 << 1;
        t6 += t5 >> 52;
        t7 += t6 >> 52;
        t8 += t7 >> 52;
        r[ro] = t5 & MASK;
        r[ro + 1] = t6 & MASK;
        r[ro + 2] = t7 & MASK;
        r[ro + 3] = t8 & MASK;
        r[ro + 4] = t9 + (t8 >> 52);
    }
}
