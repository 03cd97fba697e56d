package io.passgate.p256;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Inverses modulo an odd number of 256 bits by division steps (Bernstein and Yang, "Fast constant-time gcd computation
 * and modular inversion", 2019), 30 steps at a time on the lowest words, zeros skipped by counting them: variable time.
 * Numbers are nine signed limbs of 30 bits here. Belongs to one thread.
 *
 * <p>f and g start as the modulus and the number, d and e as 0 and 1; number * d = f and number * e = g mod modulus
 * stay true while g falls to 0 and f to 1 or -1, so that d is the inverse then.
 */
final class Inverse {
    private static final int LIMBS = 9;
    private static final int BITS = 30;
    private static final long MASK = (1L << BITS) - 1;

    private final long[] modulus = new long[LIMBS];
    private final long[] modulusWords;

    /** 1/modulus mod 2^30. */
    private final long modulusInverse;

    private final long[] d = new long[LIMBS];
    private final long[] e = new long[LIMBS];
    private final long[] f = new long[LIMBS];
    private final long[] g = new long[LIMBS];

    /** The product of 30 division steps' matrices, (u v; q r) / 2^30 on (f, g). */
    private long u;

    private long v;
    private long q;
    private long r;

    /** @param modulus odd, in (2^255, 2^256) */
    Inverse(BigInteger modulus) {
        this.modulusWords = UInt256.of(modulus);
        fromWords(this.modulus, modulusWords, 0);
        this.modulusInverse = modulus.modInverse(BigInteger.ONE.shiftLeft(BITS)).longValue();
    }

    /**
     * Inverts the words at {@code at} in place.
     *
     * @param words a number in [0, modulus); the inverse of 0 is 0
     */
    void invert(long[] words, int at) {
        fromWords(g, words, at);
        System.arraycopy(modulus, 0, f, 0, LIMBS);
        Arrays.fill(d, 0);
        Arrays.fill(e, 0);
        e[0] = 1;
        long eta = -1;
        while (!isZero(g)) {
            eta = divisionSteps(eta);
            updateCofactors();
            updateNumbers();
        }
        boolean negative = f[LIMBS - 1] < 0;
        toWords(words, at, negative);
    }

    private static boolean isZero(long[] number) {
        long any = 0;
        for (int i = 0; i < LIMBS; i++) {
            any |= number[i];
        }
        return any == 0;
    }

    /**
     * Thirty division steps on the lowest bits of f and g.
     *
     * @param minusDelta the negated delta of the paper
     * @return the same after the steps
     */
    private long divisionSteps(long minusDelta) {
        long eta = minusDelta;
        long x = f[0] | f[1] << BITS;
        long y = g[0] | g[1] << BITS;
        long fu = 1;
        long fv = 0;
        long gu = 0;
        long gv = 1;
        int left = BITS;
        while (true) {
            int zeros = Long.numberOfTrailingZeros(y | -1L << left);
            y >>= zeros;
            fu <<= zeros;
            fv <<= zeros;
            eta -= zeros;
            left -= zeros;
            if (left == 0) {
                break;
            }
            if (eta < 0) {
                eta = -eta;
                long swap = x;
                x = y;
                y = -swap;
                swap = fu;
                fu = gu;
                gu = -swap;
                swap = fv;
                fv = gv;
                gv = -swap;
            }
            // x * (2 - x * x) is 1/x mod 2^6 up to sign, so that this multiple of x clears as many bits as may be
            // cleared.
            int limit = (int) Math.min(Math.min(eta + 1, left), 6);
            long w = y * x * (x * x - 2) & (1L << limit) - 1;
            y += x * w;
            gu += fu * w;
            gv += fv * w;
        }
        u = fu;
        v = fv;
        q = gu;
        r = gv;
        return eta;
    }

    /** (d, e) = (u d + v e, q d + r e) / 2^30 mod modulus, both kept in (-2 modulus, modulus). */
    private void updateCofactors() {
        long dSign = d[LIMBS - 1] >> 63;
        long eSign = e[LIMBS - 1] >> 63;
        long dTimes = (u & dSign) + (v & eSign);
        long eTimes = (q & dSign) + (r & eSign);
        long dCarry = u * d[0] + v * e[0];
        long eCarry = q * d[0] + r * e[0];
        dTimes -= modulusInverse * dCarry + dTimes & MASK;
        eTimes -= modulusInverse * eCarry + eTimes & MASK;
        dCarry = dCarry + modulus[0] * dTimes >> BITS;
        eCarry = eCarry + modulus[0] * eTimes >> BITS;
        for (int i = 1; i < LIMBS; i++) {
            long di = d[i];
            long ei = e[i];
            dCarry += u * di + v * ei + modulus[i] * dTimes;
            eCarry += q * di + r * ei + modulus[i] * eTimes;
            d[i - 1] = dCarry & MASK;
            e[i - 1] = eCarry & MASK;
            dCarry >>= BITS;
            eCarry >>= BITS;
        }
        d[LIMBS - 1] = dCarry;
        e[LIMBS - 1] = eCarry;
    }

    /** (f, g) = (u f + v g, q f + r g) / 2^30, which is exact. */
    private void updateNumbers() {
        long fCarry = u * f[0] + v * g[0] >> BITS;
        long gCarry = q * f[0] + r * g[0] >> BITS;
        for (int i = 1; i < LIMBS; i++) {
            long fi = f[i];
            long gi = g[i];
            fCarry += u * fi + v * gi;
            gCarry += q * fi + r * gi;
            f[i - 1] = fCarry & MASK;
            g[i - 1] = gCarry & MASK;
            fCarry >>= BITS;
            gCarry >>= BITS;
        }
        f[LIMBS - 1] = fCarry;
        g[LIMBS - 1] = gCarry;
    }

    private static void fromWords(long[] limbs, long[] words, int at) {
        for (int i = 0; i < LIMBS; i++) {
            int bit = i * BITS;
            int word = bit >>> 6;
            int shift = bit & 63;
            long bits = words[at + word] >>> shift;
            if (shift > Long.SIZE - BITS && word + 1 < UInt256.COUNT) {
                bits |= words[at + word + 1] << Long.SIZE - shift;
            }
            limbs[i] = bits & MASK;
        }
    }

    /** Writes d, or -d, as words in [0, modulus). */
    private void toWords(long[] words, int at, boolean negated) {
        long carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            long limb = (negated ? -d[i] : d[i]) + carry;
            f[i] = limb & MASK;
            carry = limb >> BITS;
        }
        f[LIMBS - 1] |= carry << BITS;
        words[at] = f[0] | f[1] << 30 | f[2] << 60;
        words[at + 1] = f[2] >>> 4 | f[3] << 26 | f[4] << 56;
        words[at + 2] = f[4] >>> 8 | f[5] << 22 | f[6] << 52;
        words[at + 3] = f[6] >>> 12 | f[7] << 18 | f[8] << 48;
        long above = f[LIMBS - 1] >> 16;
        while (above < 0) {
            above += UInt256.add(words, at, words, at, modulusWords, 0);
        }
        while (above > 0 || !UInt256.areLess(words, at, modulusWords, 0)) {
            above -= UInt256.subtract(words, at, words, at, modulusWords, 0);
        }
    }
}
