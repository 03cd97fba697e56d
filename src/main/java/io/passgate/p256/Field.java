package io.passgate.p256;

import static io.passgate.p256.Limbs52.MASK;

import java.math.BigInteger;

/**
 * Arithmetic mod p in Montgomery form with R = 2^260, in the radix of {@link Limbs52}. Variable time.
 *
 * <p>An element stands for any number of its class mod p. Products take a first factor of magnitude below 64p with
 * limbs below 2^55 and a second one below 8p with limbs below 2^52, and give a number in (-256p, 257p), in detail
 * |a||b|/R + p, with limbs 0 to 3 in [0, 2^52).
 *
 * <p>p = 2^256 - 2^224 + 2^192 + 2^96 - 1, so -1/p mod 2^52 is 1: the quotient digit of Montgomery reduction is the
 * lowest limb itself, and the digit times p is four shifts (Montgomery 1985; Gueron and Krasnov 2013, section 4, for
 * the "friendly" modulus). A column's
 * high part is the sum of multiplyHigh of its factors, one of each pair shifted left by 11 bits, which divides the
 * product by 2^53; its low part follows by subtraction and is not negative, so that nothing is carried from product to
 * product.
 */
final class Field {
    static final long[] P = UInt256.of(Curve.P);

    /** 1 in Montgomery form. */
    static final long[] ONE = Limbs52.montgomery(BigInteger.ONE, Curve.P);

    /** The highest limb of p: 2^48 - 2^16. */
    static final long P4 = 0xffff_ffff_0000L;

    /** R^3 mod p: turns the inverse of a Montgomery form into the Montgomery form of the inverse. */
    private static final long[] R_CUBED =
            Limbs52.of(BigInteger.ONE.shiftLeft(3 * Limbs52.R_BITS).mod(Curve.P));

    /** The number 1: times it goes out of Montgomery form. */
    private static final long[] PLAIN_ONE = Limbs52.of(BigInteger.ONE);

    private Field() {}

    /** r = a * b / R, for b with limbs below 2^52 in magnitude, the highest below 2^51; r may be a or b. */
    static void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long a0 = a[ao];
        long a1 = a[ao + 1];
        long a2 = a[ao + 2];
        long a3 = a[ao + 3];
        long a4 = a[ao + 4];
        long b0 = b[bo];
        long z0 = b0 << 11;
        long b1 = b[bo + 1];
        long z1 = b1 << 11;
        long b2 = b[bo + 2];
        long z2 = b2 << 11;
        long b3 = b[bo + 3];
        long z3 = b3 << 11;
        long b4 = b[bo + 4];
        long z4 = b4 << 11;
        long u0 = Math.multiplyHigh(a0, z0);
        long t0 = a0 * b0 - (u0 << 53);
        long m0 = t0 & MASK;
        long w0 = Math.multiplyHigh(P4, m0 << 11);
        long u1 = Math.multiplyHigh(a0, z1) + Math.multiplyHigh(a1, z0);
        long t1 = a0 * b1 + a1 * b0 - (u1 << 53) + (u0 << 1) + (t0 >> 52) + ((m0 & 0xff) << 44);
        long m1 = t1 & MASK;
        long w1 = Math.multiplyHigh(P4, m1 << 11);
        long u2 = Math.multiplyHigh(a0, z2) + Math.multiplyHigh(a1, z1) + Math.multiplyHigh(a2, z0);
        long t2 = a0 * b2 + a1 * b1 + a2 * b0 - (u2 << 53) + (u1 << 1) + (m0 >>> 8) + (t1 >> 52) + ((m1 & 0xff) << 44);
        long m2 = t2 & MASK;
        long w2 = Math.multiplyHigh(P4, m2 << 11);
        long u3 = Math.multiplyHigh(a0, z3)
                + Math.multiplyHigh(a1, z2)
                + Math.multiplyHigh(a2, z1)
                + Math.multiplyHigh(a3, z0);
        long t3 = a0 * b3
                + a1 * b2
                + a2 * b1
                + a3 * b0
                - (u3 << 53)
                + (u2 << 1)
                + ((m0 & 0xffff) << 36)
                + (m1 >>> 8)
                + (t2 >> 52)
                + ((m2 & 0xff) << 44);
        long m3 = t3 & MASK;
        long w3 = Math.multiplyHigh(P4, m3 << 11);
        long u4 = Math.multiplyHigh(a0, z4)
                + Math.multiplyHigh(a1, z3)
                + Math.multiplyHigh(a2, z2)
                + Math.multiplyHigh(a3, z1)
                + Math.multiplyHigh(a4, z0);
        long t4 = a0 * b4
                + a1 * b3
                + a2 * b2
                + a3 * b1
                + a4 * b0
                - (u4 << 53)
                + (u3 << 1)
                + (m0 >>> 16)
                + m0 * P4
                - (w0 << 53)
                + ((m1 & 0xffff) << 36)
                + (m2 >>> 8)
                + (t3 >> 52)
                + ((m3 & 0xff) << 44);
        long m4 = t4 & MASK;
        long w4 = Math.multiplyHigh(P4, m4 << 11);
        long u5 = Math.multiplyHigh(a1, z4)
                + Math.multiplyHigh(a2, z3)
                + Math.multiplyHigh(a3, z2)
                + Math.multiplyHigh(a4, z1);
        long t5 = a1 * b4
                + a2 * b3
                + a3 * b2
                + a4 * b1
                - (u5 << 53)
                + (u4 << 1)
                + (w0 << 1)
                + (m1 >>> 16)
                + m1 * P4
                - (w1 << 53)
                + ((m2 & 0xffff) << 36)
                + (m3 >>> 8)
                + (t4 >> 52)
                + ((m4 & 0xff) << 44);
        long u6 = Math.multiplyHigh(a2, z4) + Math.multiplyHigh(a3, z3) + Math.multiplyHigh(a4, z2);
        long t6 = a2 * b4
                + a3 * b3
                + a4 * b2
                - (u6 << 53)
                + (u5 << 1)
                + (w1 << 1)
                + (m2 >>> 16)
                + m2 * P4
                - (w2 << 53)
                + ((m3 & 0xffff) << 36)
                + (m4 >>> 8);
        long u7 = Math.multiplyHigh(a3, z4) + Math.multiplyHigh(a4, z3);
        long t7 = a3 * b4
                + a4 * b3
                - (u7 << 53)
                + (u6 << 1)
                + (w2 << 1)
                + (m3 >>> 16)
                + m3 * P4
                - (w3 << 53)
                + ((m4 & 0xffff) << 36);
        long u8 = Math.multiplyHigh(a4, z4);
        long t8 = a4 * b4 - (u8 << 53) + (u7 << 1) + (w3 << 1) + (m4 >>> 16) + m4 * P4 - (w4 << 53);
        long t9 = (u8 << 1) + (w4 << 1);
        t6 += t5 >> 52;
        t7 += t6 >> 52;
        t8 += t7 >> 52;
        r[ro] = t5 & MASK;
        r[ro + 1] = t6 & MASK;
        r[ro + 2] = t7 & MASK;
        r[ro + 3] = t8 & MASK;
        r[ro + 4] = t9 + (t8 >> 52);
    }

    /** r = a * b / R - c, for such b and for c with limbs below 2^60; r may be any of them. */
    static void mulSubtract(long[] r, int ro, long[] a, int ao, long[] b, int bo, long[] c, int co) {
        long a0 = a[ao];
        long a1 = a[ao + 1];
        long a2 = a[ao + 2];
        long a3 = a[ao + 3];
        long a4 = a[ao + 4];
        long b0 = b[bo];
        long z0 = b0 << 11;
        long b1 = b[bo + 1];
        long z1 = b1 << 11;
        long b2 = b[bo + 2];
        long z2 = b2 << 11;
        long b3 = b[bo + 3];
        long z3 = b3 << 11;
        long b4 = b[bo + 4];
        long z4 = b4 << 11;
        long u0 = Math.multiplyHigh(a0, z0);
        long t0 = a0 * b0 - (u0 << 53);
        long m0 = t0 & MASK;
        long w0 = Math.multiplyHigh(P4, m0 << 11);
        long u1 = Math.multiplyHigh(a0, z1) + Math.multiplyHigh(a1, z0);
        long t1 = a0 * b1 + a1 * b0 - (u1 << 53) + (u0 << 1) + (t0 >> 52) + ((m0 & 0xff) << 44);
        long m1 = t1 & MASK;
        long w1 = Math.multiplyHigh(P4, m1 << 11);
        long u2 = Math.multiplyHigh(a0, z2) + Math.multiplyHigh(a1, z1) + Math.multiplyHigh(a2, z0);
        long t2 = a0 * b2 + a1 * b1 + a2 * b0 - (u2 << 53) + (u1 << 1) + (m0 >>> 8) + (t1 >> 52) + ((m1 & 0xff) << 44);
        long m2 = t2 & MASK;
        long w2 = Math.multiplyHigh(P4, m2 << 11);
        long u3 = Math.multiplyHigh(a0, z3)
                + Math.multiplyHigh(a1, z2)
                + Math.multiplyHigh(a2, z1)
                + Math.multiplyHigh(a3, z0);
        long t3 = a0 * b3
                + a1 * b2
                + a2 * b1
                + a3 * b0
                - (u3 << 53)
                + (u2 << 1)
                + ((m0 & 0xffff) << 36)
                + (m1 >>> 8)
                + (t2 >> 52)
                + ((m2 & 0xff) << 44);
        long m3 = t3 & MASK;
        long w3 = Math.multiplyHigh(P4, m3 << 11);
        long u4 = Math.multiplyHigh(a0, z4)
                + Math.multiplyHigh(a1, z3)
                + Math.multiplyHigh(a2, z2)
                + Math.multiplyHigh(a3, z1)
                + Math.multiplyHigh(a4, z0);
        long t4 = a0 * b4
                + a1 * b3
                + a2 * b2
                + a3 * b1
                + a4 * b0
                - (u4 << 53)
                + (u3 << 1)
                + (m0 >>> 16)
                + m0 * P4
                - (w0 << 53)
                + ((m1 & 0xffff) << 36)
                + (m2 >>> 8)
                + (t3 >> 52)
                + ((m3 & 0xff) << 44);
        long m4 = t4 & MASK;
        long w4 = Math.multiplyHigh(P4, m4 << 11);
        long u5 = Math.multiplyHigh(a1, z4)
                + Math.multiplyHigh(a2, z3)
                + Math.multiplyHigh(a3, z2)
                + Math.multiplyHigh(a4, z1);
        long t5 = a1 * b4
                + a2 * b3
                + a3 * b2
                + a4 * b1
                - (u5 << 53)
                + (u4 << 1)
                + (w0 << 1)
                + (m1 >>> 16)
                + m1 * P4
                - (w1 << 53)
                + ((m2 & 0xffff) << 36)
                + (m3 >>> 8)
                + (t4 >> 52)
                + ((m4 & 0xff) << 44);
        long u6 = Math.multiplyHigh(a2, z4) + Math.multiplyHigh(a3, z3) + Math.multiplyHigh(a4, z2);
        long t6 = a2 * b4
                + a3 * b3
                + a4 * b2
                - (u6 << 53)
                + (u5 << 1)
                + (w1 << 1)
                + (m2 >>> 16)
                + m2 * P4
                - (w2 << 53)
                + ((m3 & 0xffff) << 36)
                + (m4 >>> 8);
        long u7 = Math.multiplyHigh(a3, z4) + Math.multiplyHigh(a4, z3);
        long t7 = a3 * b4
                + a4 * b3
                - (u7 << 53)
                + (u6 << 1)
                + (w2 << 1)
                + (m3 >>> 16)
                + m3 * P4
                - (w3 << 53)
                + ((m4 & 0xffff) << 36);
        long u8 = Math.multiplyHigh(a4, z4);
        long t8 = a4 * b4 - (u8 << 53) + (u7 << 1) + (w3 << 1) + (m4 >>> 16) + m4 * P4 - (w4 << 53);
        long t9 = (u8 << 1) + (w4 << 1);
        t5 -= c[co];
        t6 += (t5 >> 52) - c[co + 1];
        t7 += (t6 >> 52) - c[co + 2];
        t8 += (t7 >> 52) - c[co + 3];
        r[ro] = t5 & MASK;
        r[ro + 1] = t6 & MASK;
        r[ro + 2] = t7 & MASK;
        r[ro + 3] = t8 & MASK;
        r[ro + 4] = t9 + (t8 >> 52) - c[co + 4];
    }

    /** r = a - b, limb by limb without a carry; r may be a or b. */
    static void subtract(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        r[ro] = a[ao] - b[bo];
        r[ro + 1] = a[ao + 1] - b[bo + 1];
        r[ro + 2] = a[ao + 2] - b[bo + 2];
        r[ro + 3] = a[ao + 3] - b[bo + 3];
        r[ro + 4] = a[ao + 4] - b[bo + 4];
    }

    /** r = 2 a, limb by limb without a carry; r may be a. */
    static void twice(long[] r, int ro, long[] a, int ao) {
        for (int i = 0; i < Limbs52.COUNT; i++) {
            r[ro + i] = 2 * a[ao + i];
        }
    }

    /** r = 3 x^2 - 3, the numerator of the slope in a point with this x on a curve with a = -3; r must not be x. */
    static void tangent(long[] r, long[] x, int xo) {
        mul(r, 0, x, xo, x, xo);
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

    /** The number in [0, p) that a, below 64p in magnitude, is the Montgomery form of. */
    static void leave(long[] words, int wo, long[] a, int ao, long[] scratch) {
        mul(scratch, 0, a, ao, PLAIN_ONE, 0);
        Limbs52.toCanonicalWords(words, wo, scratch, 0, P);
    }

    /** Takes off multiples of p and carries: a below 2^16 p in magnitude ends in (-2^241, p + 2^241). */
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

    /** Whether a, of magnitude below 16p, is 0 mod p. */
    static boolean isZero(long[] a, int ao, long[] scratch) {
        // k * p is -k mod 2^52, so almost every other number is told from zero by its lowest limb.
        if (((a[ao] + 16) & MASK) > 32) {
            return false;
        }
        System.arraycopy(a, ao, scratch, 0, Limbs52.COUNT);
        reduce(scratch, 0);
        Limbs52.toCanonicalWords(scratch, Limbs52.COUNT, scratch, 0, P);
        return UInt256.areZero(scratch, Limbs52.COUNT);
    }
}
