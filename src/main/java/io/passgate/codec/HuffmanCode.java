package io.passgate.codec;

import java.util.Arrays;

/**
 * One canonical Huffman code of DEFLATE (RFC 1951 section 3.2.2), rebuilt for each block. Codes of up to {@link
 * #FAST_BITS} bits are found by one look-up, longer ones bit by bit.
 */
final class HuffmanCode {
    static final int FAST_BITS = 9;
    static final int MAX_BITS = 15;

    /** Shape of an entry of {@link #fast}: the symbol above, its code's length in these bits. */
    static final int LENGTH_BITS = 4;

    /** What {@link #slow} gives when no code fits. */
    static final int NO_CODE = -1;

    private final short[] fast = new short[1 << FAST_BITS];
    private final short[] count = new short[MAX_BITS + 1];
    private final short[] symbols;
    private final int[] next = new int[MAX_BITS + 1];
    private final int[] place = new int[MAX_BITS + 1];

    HuffmanCode(int maxSymbols) {
        symbols = new short[maxSymbols];
    }

    /**
     * Builds the code whose symbol {@code i} has {@code lengths[offset + i]} bits, 0 for none.
     *
     * @param mayBeSingle whether one code of one bit is allowed although it leaves the other unused, as zlib's encoder
     *     writes it
     * @return false if the lengths make no code: too many for their bits, or too few to use all of them
     */
    boolean build(byte[] lengths, int offset, int size, boolean mayBeSingle) {
        Arrays.fill(count, (short) 0);
        Arrays.fill(fast, (short) 0);
        for (int i = 0; i < size; i++) {
            count[lengths[offset + i]]++;
        }
        count[0] = 0;
        int left = 1;
        int longest = 0;
        next[0] = 0;
        place[0] = 0;
        for (int bits = 1; bits <= MAX_BITS; bits++) {
            left = (left << 1) - count[bits];
            if (left < 0) {
                return false;
            }
            longest = count[bits] > 0 ? bits : longest;
            next[bits] = (next[bits - 1] + count[bits - 1]) << 1;
            place[bits] = place[bits - 1] + count[bits - 1];
        }
        if (left > 0 && longest != 0 && !(mayBeSingle && longest == 1)) {
            return false;
        }
        for (int symbol = 0; symbol < size; symbol++) {
            int bits = lengths[offset + symbol];
            if (bits > 0) {
                symbols[place[bits]++] = (short) symbol;
                enter(symbol, next[bits]++, bits);
            }
        }
        return true;
    }

    /** Codes come with their first bit lowest, so that the table is indexed by the code backwards. */
    private void enter(int symbol, int code, int bits) {
        if (bits > FAST_BITS) {
            return;
        }
        short entry = (short) (symbol << LENGTH_BITS | bits);
        int backwards = Integer.reverse(code) >>> (Integer.SIZE - bits);
        for (int i = backwards; i < fast.length; i += 1 << bits) {
            fast[i] = entry;
        }
    }

    /** Symbol and length of the code at the low end of {@code bits}, or 0 if it is longer than the table or none. */
    int fast(long bits) {
        return fast[(int) bits & ((1 << FAST_BITS) - 1)];
    }

    /** The same bit by bit, or {@link #NO_CODE}. */
    int slow(long bits) {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MAX_BITS; length++) {
            code |= (int) (bits >>> (length - 1)) & 1;
            int here = count[length];
            if (code - first < here) {
                return symbols[index + code - first] << LENGTH_BITS | length;
            }
            index += here;
            first = (first + here) << 1;
            code <<= 1;
        }
        return NO_CODE;
    }
}
