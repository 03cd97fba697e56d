package io.passgate.p256;

import java.math.BigInteger;

/**
 * The radix of the scalar arithmetic: a number is five signed limbs of 52 bits, the lowest first. Limbs may leave their
 * 52 bits between carries, which is what makes additions cheap; the number they stand for is what counts.
 */
final class Limbs52 {
    static final int COUNT = 5;
    static final int BITS = 52;
    static final long MASK = (1L << BITS) - 1;

    /** log2 of R of the Montgomery forms in this radix. */
    static final int R_BITS = COUNT * BITS;

    private Limbs52() {}

    static long[] of(BigInteger number) {
        long[] limbs = new long[COUNT];
        fromWords(limbs, 0, UInt256.of(number), 0);
        return limbs;
    }

    /** number * R mod modulus: the Montgomery form. */
    static long[] montgomery(BigInteger number, BigInteger modulus) {
        return of(number.shiftLeft(R_BITS).mod(modulus));
    }

    static void fromWords(long[] r, int ro, long[] words, int wo) {
        long w0 = words[wo];
        long w1 = words[wo + 1];
        long w2 = words[wo + 2];
        long w3 = words[wo + 3];
        r[ro] = w0 & MASK;
        r[ro + 1] = (w0 >>> 52 | w1 << 12) & MASK;
        r[ro + 2] = (w1 >>> 40 | w2 << 24) & MASK;
        r[ro + 3] = (w2 >>> 28 | w3 << 36) & MASK;
        r[ro + 4] = w3 >>> 16;
    }

    /**
     * The words of a number in (-2^256, 2^257), mod 2^256.
     *
     * @param a limbs, each below 2^62 in magnitude
     * @return the number's bits from 256 up: -1, 0 or 1
     */
    static long toWords(long[] words, int wo, long[] a, int ao) {
        long l0 = a[ao];
        long l1 = a[ao + 1] + (l0 >> BITS);
        long l2 = a[ao + 2] + (l1 >> BITS);
        long l3 = a[ao + 3] + (l2 >> BITS);
        long l4 = a[ao + 4] + (l3 >> BITS);
        l0 &= MASK;
        l1 &= MASK;
        l2 &= MASK;
        l3 &= MASK;
        words[wo] = l0 | l1 << 52;
        words[wo + 1] = l1 >>> 12 | l2 << 40;
        words[wo + 2] = l2 >>> 24 | l3 << 28;
        words[wo + 3] = l3 >>> 36 | l4 << 16;
        return l4 >> 48;
    }

    /** The words in [0, modulus) of a number in (-modulus, 2 * modulus). */
    static void toCanonicalWords(long[] words, int wo, long[] a, int ao, long[] modulus) {
        long above = toWords(words, wo, a, ao);
        if (above < 0) {
            UInt256.add(words, wo, words, wo, modulus, 0);
        } else if (above > 0 || !UInt256.areLess(words, wo, modulus, 0)) {
            UInt256.subtract(words, wo, words, wo, modulus, 0);
        }
    }

    static void copy(long[] r, int ro, long[] a, int ao) {
        r[ro] = a[ao];
        r[ro + 1] = a[ao + 1];
        r[ro + 2] = a[ao + 2];
        r[ro + 3] = a[ao + 3];
        r[ro + 4] = a[ao + 4];
    }
}
