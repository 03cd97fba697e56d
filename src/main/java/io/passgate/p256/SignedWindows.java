package io.passgate.p256;

/**
 * Scalars as odd signed digits, so that no digit is zero and each look-up gives a point. An odd k is the sum of
 * (2 b - 1) 2^j over the bits b of k' = floor(k / 2) + 2^(L - 1), L bits in all; w of these bits with the value v make
 * the digit 2 v - (2^w - 1). An even k is taken as n - k with all signs turned. (Joye and Tunstall 2009, section 3.)
 */
final class SignedWindows {
    private final long[] bits = new long[UInt256.COUNT + 2];

    /** How many digits of {@code windowBits} a scalar has. */
    static int count(int windowBits) {
        return (256 + windowBits - 1) / windowBits;
    }

    /** Points in a table: the odd multiples 1, 3, ... 2^w - 1 of 2^(w i) times the base, for each window i. */
    static int rows(int windowBits) {
        return count(windowBits) << (windowBits - 1);
    }

    /**
     * Writes a scalar's digits, window i at {@code codes[at + i * stride]}, as twice the row of the table plus 1 if the
     * row's point is to be negated.
     *
     * @param scalar words of a number in [0, n); 0 becomes n
     */
    void digits(long[] scalar, int so, int windowBits, int[] codes, int at, int stride) {
        int flip = 0;
        if ((scalar[so] & 1) == 0) {
            UInt256.subtract(bits, 0, Order.N, 0, scalar, so);
            flip = 1;
        } else {
            System.arraycopy(scalar, so, bits, 0, UInt256.COUNT);
        }
        for (int i = 0; i < UInt256.COUNT - 1; i++) {
            bits[i] = bits[i] >>> 1 | bits[i + 1] << 63;
        }
        bits[UInt256.COUNT - 1] >>>= 1;
        bits[UInt256.COUNT] = 0;
        int windows = count(windowBits);
        int top = windows * windowBits - 1;
        bits[top >>> 6] |= 1L << top;
        int half = 1 << (windowBits - 1);
        for (int i = 0; i < windows; i++) {
            int bit = i * windowBits;
            int word = bit >>> 6;
            int shift = bit & 63;
            long value = bits[word] >>> shift | bits[word + 1] << 1 << (63 - shift);
            int digit = (int) value & (2 * half - 1);
            int negative = digit < half ? 1 : 0;
            int row = (digit ^ -negative) & (half - 1);
            codes[at + i * stride] = (i * half + row) << 1 | (negative ^ flip);
        }
    }
}
