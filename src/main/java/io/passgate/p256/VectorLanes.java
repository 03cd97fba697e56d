package io.passgate.p256;

import static io.passgate.p256.VectorField.ELEMENT;
import static io.passgate.p256.VectorField.LANES;
import static io.passgate.p256.VectorField.LIMBS;
import static io.passgate.p256.VectorField.LIMB_MASK;

import java.math.BigInteger;

/**
 * Single lanes of {@link VectorField}'s elements: a lane's limbs start at {@code offset + lane}, a stride of LANES
 * apart.
 */
final class VectorLanes {
    private VectorLanes() {}

    /** The Montgomery form of a number in all lanes. */
    static long[] ofMontgomery(BigInteger number) {
        return of(number.shiftLeft(VectorField.R_BITS).mod(Curve.P));
    }

    /** A number in [0, p) in all lanes. */
    static long[] of(BigInteger number) {
        long[] element = new long[ELEMENT];
        long[] words = UInt256.of(number);
        for (int lane = 0; lane < LANES; lane++) {
            write(element, lane, words, 0, 0);
        }
        return element;
    }

    /** Writes words into a lane; all limbs turned if {@code sign} is -1, not if it is 0. */
    static void write(long[] element, int at, long[] words, int wo, long sign) {
        long w0 = words[wo];
        long w1 = words[wo + 1];
        long w2 = words[wo + 2];
        long w3 = words[wo + 3];
        element[at] = (w0 & LIMB_MASK ^ sign) - sign;
        element[at + LANES] = (w0 >>> 29 & LIMB_MASK ^ sign) - sign;
        element[at + 2 * LANES] = ((w0 >>> 58 | w1 << 6) & LIMB_MASK ^ sign) - sign;
        element[at + 3 * LANES] = (w1 >>> 23 & LIMB_MASK ^ sign) - sign;
        element[at + 4 * LANES] = ((w1 >>> 52 | w2 << 12) & LIMB_MASK ^ sign) - sign;
        element[at + 5 * LANES] = (w2 >>> 17 & LIMB_MASK ^ sign) - sign;
        element[at + 6 * LANES] = ((w2 >>> 46 | w3 << 18) & LIMB_MASK ^ sign) - sign;
        element[at + 7 * LANES] = (w3 >>> 11 & LIMB_MASK ^ sign) - sign;
        element[at + 8 * LANES] = (w3 >>> 40 ^ sign) - sign;
    }

    /** Copies one lane. */
    static void copy(long[] r, int ro, long[] a, int ao) {
        for (int i = 0; i < ELEMENT; i += LANES) {
            r[ro + i] = a[ao + i];
        }
    }

    /** Doubles one lane, and carries: limbs 0 to 7 end in [0, 2^29). */
    static void twice(long[] r, int ro, long[] a, int ao) {
        int top = ELEMENT - LANES;
        long carry = 0;
        for (int i = 0; i < top; i += LANES) {
            long limb = 2 * a[ao + i] + carry;
            r[ro + i] = limb & LIMB_MASK;
            carry = limb >> VectorField.BITS;
        }
        r[ro + top] = 2 * a[ao + top] + carry;
    }

    /** Whether a lane below 64p in magnitude is 0 mod p. {@code words} is scratch of four. */
    static boolean isZero(long[] element, int at, long[] words) {
        read(words, 0, element, at);
        return UInt256.areZero(words, 0);
    }

    /** The words in [0, p) of a lane below 64p in magnitude. */
    static void read(long[] words, int wo, long[] element, int at) {
        words[wo] = 0;
        words[wo + 1] = 0;
        words[wo + 2] = 0;
        words[wo + 3] = 0;
        long carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            long limb = element[at + i * LANES] + carry;
            carry = i < LIMBS - 1 ? limb >> VectorField.BITS : limb >> 24;
            long bits = i < LIMBS - 1 ? limb & LIMB_MASK : limb & (1L << 24) - 1;
            int bit = i * VectorField.BITS;
            words[wo + (bit >>> 6)] |= bits << bit;
            if ((bit & 63) > Long.SIZE - VectorField.BITS && (bit >>> 6) + 1 < UInt256.COUNT) {
                words[wo + (bit >>> 6) + 1] |= bits >>> Long.SIZE - (bit & 63);
            }
        }
        while (carry < 0) {
            carry += UInt256.add(words, wo, words, wo, Field.P, 0);
        }
        while (carry > 0 || !UInt256.areLess(words, wo, Field.P, 0)) {
            carry -= UInt256.subtract(words, wo, words, wo, Field.P, 0);
        }
    }
}
