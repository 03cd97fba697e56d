package io.passgate.codec;

import java.util.Arrays;

/**
 * One canonical Huffman code of DEFLATE (RFC 1951 section 3.2.2), rebuilt for each block. Codes up to a table's width
 * are found by one look-up, longer ones by comparing with the last code of each length.
 */
final class HuffmanCode {
    static final int MAX_BITS = 15;

    /** Shape of an entry: the symbol above, its code's length in these bits. */
    static final int LENGTH_BITS = 4;

    static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    /** What {@link #find} gives when no code fits. */
    static final int NO_CODE = -1;

    private static final int MAX_FAST_BITS = 10;

    /** The numbers of {@link #MAX_FAST_BITS} bits backwards: codes come with their first bit lowest. */
    private static final short[] BACKWARDS = new short[1 << MAX_FAST_BITS];

    static {
        for (int i = 0; i < BACKWARDS.length; i++) {
            BACKWARDS[i] = (short) (Integer.reverse(i) >>> (Integer.SIZE - MAX_FAST_BITS));
        }
    }

    private final int fastBits;

    /** By the next {@link #fastBits} bits: the entry, or 0 if the code is longer or there is none. */
    private final short[] fast;

    private final short[] count = new short[MAX_BITS + 1];
    private final short[] symbols;
    private final int[] place = new int[MAX_BITS + 2];

    /**
     * A code that is to be built.
     *
     * @param fastBits the width of the table: 1 to 10
     */
    HuffmanCode(int maxSymbols, int fastBits) {
        this.symbols = new short[maxSymbols];
        this.fastBits = fastBits;
        this.fast = new short[1 << fastBits];
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
        for (int i = offset; i < offset + size; i++) {
            count[lengths[i]]++;
        }
        count[0] = 0;
        int left = 1;
        int longest = 0;
        place[1] = 0;
        for (int bits = 1; bits <= MAX_BITS; bits++) {
            left = (left << 1) - count[bits];
            if (left < 0) {
                return false;
            }
            longest = count[bits] > 0 ? bits : longest;
            place[bits + 1] = place[bits] + count[bits];
        }
        if (left > 0 && longest != 0 && !(mayBeSingle && longest == 1)) {
            return false;
        }
        for (int symbol = 0; symbol < size; symbol++) {
            int bits = lengths[offset + symbol];
            if (bits > 0) {
                symbols[place[bits]++] = (short) symbol;
            }
        }
        fillTable();
        return true;
    }

    /** Enters the codes by ascending length. A table of one bit more is the one before twice, which copies entries. */
    private void fillTable() {
        int code = 0;
        int index = 0;
        fast[0] = 0;
        for (int bits = 1; bits <= fastBits; bits++) {
            int half = 1 << (bits - 1);
            System.arraycopy(fast, 0, fast, half, half);
            code <<= 1;
            for (int n = count[bits]; n > 0; n--) {
                fast[BACKWARDS[code++] >> (MAX_FAST_BITS - bits)] = (short) (symbols[index++] << LENGTH_BITS | bits);
            }
        }
    }

    /** Symbol and length of the code at the low end of {@code bits}, or {@link #NO_CODE}. */
    int find(long bits) {
        int entry = fast[(int) bits & (fast.length - 1)];
        return entry != 0 ? entry : findLong((int) bits);
    }

    /** The same by the first code and the number of codes of each length. */
    private int findLong(int bits) {
        int ahead = Integer.reverse(bits);
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MAX_BITS; length++) {
            int here = count[length];
            int behind = (ahead >>> (Integer.SIZE - length)) - first;
            if (behind < here) {
                return symbols[index + behind] << LENGTH_BITS | length;
            }
            index += here;
            first = (first + here) << 1;
        }
        return NO_CODE;
    }
}
