package io.passgate.p256;

import static io.passgate.p256.Field.P4;
import static io.passgate.p256.Limbs52.MASK;

/** A square of {@link Field} and what is taken from it, in the same form and by the same reduction. */
final class FieldSquare {
    private FieldSquare() {}

    /**
     * r = a^2 / R - c - d, less multiples of p: in (-2^241, 2^256 + 2^241), and for c and d of a tree
     * within 2^227; r may be any of them.
     *
     * @param a limbs below 2^52 in magnitude, the highest below 2^51
     * @param c below 2^16 p in magnitude, limbs below 2^60
     * @param d the same
     */
    static void squareSubtract(long[] r, int ro, long[] a, int ao, long[] c, int co, long[] d, int dOffset) {
        long a0 = a[ao];
        long a1 = a[ao + 1];
        long a2 = a[ao + 2];
        long a3 = a[ao + 3];
        long a4 = a[ao + 4];
        long z0 = a0 << 11;
        long z1 = a1 << 11;
        long z2 = a2 << 11;
        long z3 = a3 << 11;
        long z4 = a4 << 11;
        long s0 = a0 << 1;
        long s1 = a1 << 1;
        long s2 = a2 << 1;
        long s3 = a3 << 1;
        long u0 = Math.multiplyHigh(a0, z0);
        long t0 = a0 * a0 - (u0 << 53);
        long m0 = t0 & MASK;
        long w0 = Math.multiplyHigh(P4, m0 << 11);
        long u1 = Math.multiplyHigh(s0, z1);
        long t1 = s0 * a1 - (u1 << 53) + (u0 << 1) + (t0 >> 52) + ((m0 & 0xff) << 44);
        long m1 = t1 & MASK;
        long w1 = Math.multiplyHigh(P4, m1 << 11);
        long u2 = Math.multiplyHigh(s0, z2) + Math.multiplyHigh(a1, z1);
        long t2 = s0 * a2 + a1 * a1 - (u2 << 53) + (u1 << 1) + (m0 >>> 8) + (t1 >> 52) + ((m1 & 0xff) << 44);
        long m2 = t2 & MASK;
        long w2 = Math.multiplyHigh(P4, m2 << 11);
        long u3 = Math.multiplyHigh(s0, z3) + Math.multiplyHigh(s1, z2);
        long t3 = s0 * a3
                + s1 * a2
                - (u3 << 53)
                + (u2 << 1)
                + ((m0 & 0xffff) << 36)
                + (m1 >>> 8)
                + (t2 >> 52)
                + ((m2 & 0xff) << 44);
        long m3 = t3 & MASK;
        long w3 = Math.multiplyHigh(P4, m3 << 11);
        long u4 = Math.multiplyHigh(s0, z4) + Math.multiplyHigh(s1, z3) + Math.multiplyHigh(a2, z2);
        long t4 = s0 * a4
                + s1 * a3
                + a2 * a2
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
        long u5 = Math.multiplyHigh(s1, z4) + Math.multiplyHigh(s2, z3);
        long t5 = s1 * a4
                + s2 * a3
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
        long u6 = Math.multiplyHigh(s2, z4) + Math.multiplyHigh(a3, z3);
        long t6 = s2 * a4
                + a3 * a3
                - (u6 << 53)
                + (u5 << 1)
                + (w1 << 1)
                + (m2 >>> 16)
                + m2 * P4
                - (w2 << 53)
                + ((m3 & 0xffff) << 36)
                + (m4 >>> 8);
        long u7 = Math.multiplyHigh(s3, z4);
        long t7 = s3 * a4
                - (u7 << 53)
                + (u6 << 1)
                + (w2 << 1)
                + (m3 >>> 16)
                + m3 * P4
                - (w3 << 53)
                + ((m4 & 0xffff) << 36);
        long u8 = Math.multiplyHigh(a4, z4);
        long t8 = a4 * a4 - (u8 << 53) + (u7 << 1) + (w3 << 1) + (m4 >>> 16) + m4 * P4 - (w4 << 53);
        long t9 = (u8 << 1) + (w4 << 1);
        t9 -= c[co + 4] + d[dOffset + 4];
        long q = t9 >> 48;
        t5 += q - c[co] - d[dOffset];
        t6 += (t5 >> 52) - (q << 44) - c[co + 1] - d[dOffset + 1];
        t7 += (t6 >> 52) - c[co + 2] - d[dOffset + 2];
        t8 += (t7 >> 52) - (q << 36) - c[co + 3] - d[dOffset + 3];
        r[ro] = t5 & MASK;
        r[ro + 1] = t6 & MASK;
        r[ro + 2] = t7 & MASK;
        r[ro + 3] = t8 & MASK;
        r[ro + 4] = t9 + (t8 >> 52) + (q << 16) - (q << 48);
    }
}
