package io.passgate.p256;

import static io.passgate.p256.Limbs52.MASK;

import java.math.BigInteger;

/**
 * Arithmetic mod p in Montgomery form with R = 2^260, in the radix of {@link Limbs52}. Variable time.
 *
 * <p>An element stands for any number of its class mod p. Products take factors of magnitude below 64p with limbs below
 * 2^55, and give a number in (-256p, 257p), in detail |a||b|/R + p, with limbs 0 to 3 in [0, 2^52).
 *
 * <p>p = 2^256 - 2^224 + 2^192 + 2^96 - 1, so -1/p mod 2^52 is 1: the quotient digit of Montgomery reduction is the lowest
 * limb itself, and the digit times p is four shifts (Montgomery 1985; Gueron and Krasnov 2013, section 4, for the
 * "friendly" modulus). A column's high part is a sum of multiplyHigh of factors shifted left by 6 bits each, which divides
 * the product by 2^52; its low part follows by subtraction.
 */
final class Field {
    static final long[] P = Words.of(Curve.P);

    /** 1 in Montgomery form. */
    static final long[] ONE = Limbs52.montgomery(BigInteger.ONE, Curve.P);

    /** R^3 mod p: turns the inverse of a Montgomery form into the Montgomery form of the inverse. */
    private static final long[] R_CUBED =
            Limbs52.of(BigInteger.ONE.shiftLeft(3 * Limbs52.R_BITS).mod(Curve.P));

    /** The number 1: times it goes out of Montgomery form. */
    private static final long[] PLAIN_ONE = Limbs52.of(BigInteger.ONE);

    private Field() {}

    /** r = a * b / R; r may be a or b. */
    static void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long a0 = a[ao];
        long a1 = a[ao + 1];
        long a2 = a[ao + 2];
        long a3 = a[ao + 3];
        long a4 = a[ao + 4];
        long b0 = b[bo];
        long b1 = b[bo + 1];
        long b2 = b[bo + 2];
        long b3 = b[bo + 3];
        long b4 = b[bo + 4];
        long g0 = a0 << 6;
        long g1 = a1 << 6;
        long g2 = a2 << 6;
        long g3 = a3 << 6;
        long g4 = a4 << 6;
        long h0 = b0 << 6;
        long h1 = b1 << 6;
        long h2 = b2 << 6;
        long h3 = b3 << 6;
        long h4 = b4 << 6;
        long u0 = Math.multiplyHigh(g0, h0);
        long t0 = a0 * b0 - (u0 << 52);
        long u1 = Math.multiplyHigh(g0, h1) + Math.multiplyHigh(g1, h0);
        long t1 = a0 * b1 + a1 * b0 - (u1 << 52) + u0;
        long u2 = Math.multiplyHigh(g0, h2) + Math.multiplyHigh(g1, h1) + Math.multiplyHigh(g2, h0);
        long t2 = a0 * b2 + a1 * b1 + a2 * b0 - (u2 << 52) + u1;
        long u3 = Math.multiplyHigh(g0, h3)
                + Math.multiplyHigh(g1, h2)
                + Math.multiplyHigh(g2, h1)
                + Math.multiplyHigh(g3, h0);
        long t3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - (u3 << 52) + u2;
        long u4 = Math.multiplyHigh(g0, h4)
                + Math.multiplyHigh(g1, h3)
                + Math.multiplyHigh(g2, h2)
                + Math.multiplyHigh(g3, h1)
                + Math.multiplyHigh(g4, h0);
        long t4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - (u4 << 52) + u3;
        long u5 = Math.multiplyHigh(g1, h4)
                + Math.multiplyHigh(g2, h3)
                + Math.multiplyHigh(g3, h2)
                + Math.multiplyHigh(g4, h1);
        long t5 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 - (u5 << 52) + u4;
        long u6 = Math.multiplyHigh(g2, h4) + Math.multiplyHigh(g3, h3) + Math.multiplyHigh(g4, h2);
        long t6 = a2 * b4 + a3 * b3 + a4 * b2 - (u6 << 52) + u5;
        long u7 = Math.multiplyHigh(g3, h4) + Math.multiplyHigh(g4, h3);
        long t7 = a3 * b4 + a4 * b3 - (u7 << 52) + u6;
        long u8 = Math.multiplyHigh(g4, h4);
        long t8 = a4 * b4 - (u8 << 52) + u7;
        long t9 = u8;
        long m0 = t0 & MASK;
        t1 += (t0 >> 52) + ((m0 << 44) & MASK);
        t2 += m0 >>> 8;
        t3 += (m0 << 36) & MASK;
        t4 += (m0 >>> 16) + ((m0 << 48) & MASK) - ((m0 << 16) & MASK);
        t5 += (m0 >>> 4) - (m0 >>> 36);
        long m1 = t1 & MASK;
        t2 += (t1 >> 52) + ((m1 << 44) & MASK);
        t3 += m1 >>> 8;
        t4 += (m1 << 36) & MASK;
        t5 += (m1 >>> 16) + ((m1 << 48) & MASK) - ((m1 << 16) & MASK);
        t6 += (m1 >>> 4) - (m1 >>> 36);
        long m2 = t2 & MASK;
        t3 += (t2 >> 52) + ((m2 << 44) & MASK);
        t4 += m2 >>> 8;
        t5 += (m2 << 36) & MASK;
        t6 += (m2 >>> 16) + ((m2 << 48) & MASK) - ((m2 << 16) & MASK);
        t7 += (m2 >>> 4) - (m2 >>> 36);
        long m3 = t3 & MASK;
        t4 += (t3 >> 52) + ((m3 << 44) & MASK);
        t5 += m3 >>> 8;
        t6 += (m3 << 36) & MASK;
        t7 += (m3 >>> 16) + ((m3 << 48) & MASK) - ((m3 << 16) & MASK);
        t8 += (m3 >>> 4) - (m3 >>> 36);
        long m4 = t4 & MASK;
        t5 += (t4 >> 52) + ((m4 << 44) & MASK);
        t6 += m4 >>> 8;
        t7 += (m4 << 36) & MASK;
        t8 += (m4 >>> 16) + ((m4 << 48) & MASK) - ((m4 << 16) & MASK);
        t9 += (m4 >>> 4) - (m4 >>> 36);
        r[ro] = t5 & MASK;
        t6 += t5 >> 52;
        r[ro + 1] = t6 & MASK;
        t7 += t6 >> 52;
        r[ro + 2] = t7 & MASK;
        t8 += t7 >> 52;
        r[ro + 3] = t8 & MASK;
        t9 += t8 >> 52;
        r[ro + 4] = t9;
    }

    /** r = a * a / R; r may be a. */
    static void square(long[] r, int ro, long[] a, int ao) {
        long a0 = a[ao];
        long a1 = a[ao + 1];
        long a2 = a[ao + 2];
        long a3 = a[ao + 3];
        long a4 = a[ao + 4];
        long h0 = a0 << 6;
        long h1 = a1 << 6;
        long h2 = a2 << 6;
        long h3 = a3 << 6;
        long h4 = a4 << 6;
        long e0 = a0 << 1;
        long e1 = a1 << 1;
        long e2 = a2 << 1;
        long e3 = a3 << 1;
        long d0 = a0 << 7;
        long d1 = a1 << 7;
        long d2 = a2 << 7;
        long d3 = a3 << 7;
        long u0 = Math.multiplyHigh(h0, h0);
        long t0 = a0 * a0 - (u0 << 52);
        long u1 = Math.multiplyHigh(d0, h1);
        long t1 = e0 * a1 - (u1 << 52) + u0;
        long u2 = Math.multiplyHigh(d0, h2) + Math.multiplyHigh(h1, h1);
        long t2 = e0 * a2 + a1 * a1 - (u2 << 52) + u1;
        long u3 = Math.multiplyHigh(d0, h3) + Math.multiplyHigh(d1, h2);
        long t3 = e0 * a3 + e1 * a2 - (u3 << 52) + u2;
        long u4 = Math.multiplyHigh(d0, h4) + Math.multiplyHigh(d1, h3) + Math.multiplyHigh(h2, h2);
        long t4 = e0 * a4 + e1 * a3 + a2 * a2 - (u4 << 52) + u3;
        long u5 = Math.multiplyHigh(d1, h4) + Math.multiplyHigh(d2, h3);
        long t5 = e1 * a4 + e2 * a3 - (u5 << 52) + u4;
        long u6 = Math.multiplyHigh(d2, h4) + Math.multiplyHigh(h3, h3);
        long t6 = e2 * a4 + a3 * a3 - (u6 << 52) + u5;
        long u7 = Math.multiplyHigh(d3, h4);
        long t7 = e3 * a4 - (u7 << 52) + u6;
        long u8 = Math.multiplyHigh(h4, h4);
        long t8 = a4 * a4 - (u8 << 52) + u7;
        long t9 = u8;
        long m0 = t0 & MASK;
        t1 += (t0 >> 52) + ((m0 << 44) & MASK);
        t2 += m0 >>> 8;
        t3 += (m0 << 36) & MASK;
        t4 += (m0 >>> 16) + ((m0 << 48) & MASK) - ((m0 << 16) & MASK);
        t5 += (m0 >>> 4) - (m0 >>> 36);
        long m1 = t1 & MASK;
        t2 += (t1 >> 52) + ((m1 << 44) & MASK);
        t3 += m1 >>> 8;
        t4 += (m1 << 36) & MASK;
        t5 += (m1 >>> 16) + ((m1 << 48) & MASK) - ((m1 << 16) & MASK);
        t6 += (m1 >>> 4) - (m1 >>> 36);
        long m2 = t2 & MASK;
        t3 += (t2 >> 52) + ((m2 << 44) & MASK);
        t4 += m2 >>> 8;
        t5 += (m2 << 36) & MASK;
        t6 += (m2 >>> 16) + ((m2 << 48) & MASK) - ((m2 << 16) & MASK);
        t7 += (m2 >>> 4) - (m2 >>> 36);
        long m3 = t3 & MASK;
        t4 += (t3 >> 52) + ((m3 << 44) & MASK);
        t5 += m3 >>> 8;
        t6 += (m3 << 36) & MASK;
        t7 += (m3 >>> 16) + ((m3 << 48) & MASK) - ((m3 << 16) & MASK);
        t8 += (m3 >>> 4) - (m3 >>> 36);
        long m4 = t4 & MASK;
        t5 += (t4 >> 52) + ((m4 << 44) & MASK);
        t6 += m4 >>> 8;
        t7 += (m4 << 36) & MASK;
        t8 += (m4 >>> 16) + ((m4 << 48) & MASK) - ((m4 << 16) & MASK);
        t9 += (m4 >>> 4) - (m4 >>> 36);
        r[ro] = t5 & MASK;
        t6 += t5 >> 52;
        r[ro + 1] = t6 & MASK;
        t7 += t6 >> 52;
        r[ro + 2] = t7 & MASK;
        t8 += t7 >> 52;
        r[ro + 3] = t8 & MASK;
        t9 += t8 >> 52;
        r[ro + 4] = t9;
    }

    /** r = a - b, limb by limb without a carry; r may be a or b. */
    static void subtract(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        for (int i = 0; i < Limbs52.COUNT; i++) {
            r[ro + i] = a[ao + i] - b[bo + i];
        }
    }

    /** r = 2 a, limb by limb without a carry; r may be a. */
    static void twice(long[] r, int ro, long[] a, int ao) {
        for (int i = 0; i < Limbs52.COUNT; i++) {
            r[ro + i] = 2 * a[ao + i];
        }
    }

    /** r = 3 x^2 - 3, the numerator of the slope in a point with this x on a curve with a = -3; r must not be x. */
    static void tangent(long[] r, long[] x, int xo) {
        square(r, 0, x, xo);
        for (int i = 0; i < Limbs52.COUNT; i++) {
            r[i] = 3 * (r[i] - ONE[i]);
        }
    }

    /** Inverts a, of magnitude below 2^16 p and not 0 mod p, in place. {@code words} is scratch of four. */
    static void invert(long[] a, int ao, long[] words, Inverse inversion) {
        reduce(a, ao);
        Limbs52.toCanonicalWords(words, 0, a, ao, P);
        inversion.invert(words, 0);
        Limbs52.fromWords(a, ao, words, 0);
        mul(a, ao, a, ao, R_CUBED, 0);
    }

    /** The number in [0, p) that a, below 8p in magnitude, is the Montgomery form of. */
    static void leave(long[] words, int wo, long[] a, int ao, long[] scratch) {
        mul(scratch, 0, a, ao, PLAIN_ONE, 0);
        Limbs52.toCanonicalWords(words, wo, scratch, 0, P);
    }

    /** Takes off multiples of p and carries: a below 2^16 p in magnitude ends in (-2^226, p + 2^226). */
    static void reduce(long[] a, int ao) {
        long q = a[ao + 4] >> 48;
        long t0 = a[ao] + q;
        long t1 = a[ao + 1] - (q << 44) + (t0 >> 52);
        long t2 = a[ao + 2] + (t1 >> 52);
        long t3 = a[ao + 3] - (q << 36) + (t2 >> 52);
        a[ao] = t0 & MASK;
        a[ao + 1] = t1 & MASK;
        a[ao + 2] = t2 & MASK;
        a[ao + 3] = t3 & MASK;
        a[ao + 4] += (q << 16) - (q << 48) + (t3 >> 52);
    }

    /** Whether a, of magnitude below 8p, is 0 mod p. */
    static boolean isZero(long[] a, int ao, long[] scratch) {
        // k * p is -k mod 2^52, so almost every other number is told from zero by its lowest limb.
        if (((a[ao] + 8) & MASK) > 16) {
            return false;
        }
        System.arraycopy(a, ao, scratch, 0, Limbs52.COUNT);
        reduce(scratch, 0);
        Limbs52.toCanonicalWords(scratch, Limbs52.COUNT, scratch, 0, P);
        return Words.areZero(scratch, Limbs52.COUNT);
    }
}
