package io.passgate.p256;

import java.math.BigInteger;

/**
 * Builds the table of a key: for each window i the odd multiples 1, 3, ... 2^w - 1 of 2^(w i) Q, affine, in Montgomery
 * form as two times four words. All windows are doubled in size at once, so that one inversion serves a whole step. No
 * addition here meets equal or opposite points: their multiples of Q differ by less than 2^(w+1) times a power of two,
 * which the prime n does not divide.
 */
final class TableBuilder {
    /** Words of a row: x then y. */
    static final int ROW = 2 * UInt256.COUNT;

    /** Puts the rows of a large array on cache lines: the elements of a long[] start at 16 bytes. */
    static final int FIRST = 6;

    private static final int L = Limbs52.COUNT;

    private final int windowBits;
    private final int windows;
    private final int half;
    private final long[] doubledX;
    private final long[] doubledY;
    private final long[] x;
    private final long[] y;
    private final long[] prefix;
    private final long[] slope = new long[L];
    private final long[] difference = new long[L];
    private final long[] sumX = new long[L];
    private final long[] inverse = new long[L];
    private final long[] words = new long[UInt256.COUNT];
    private final Inverse inversion = new Inverse(Curve.P);

    private TableBuilder(int windowBits) {
        this.windowBits = windowBits;
        this.windows = SignedWindows.count(windowBits);
        this.half = 1 << (windowBits - 1);
        int doublings = windows * windowBits;
        this.doubledX = new long[doublings * L];
        this.doubledY = new long[doublings * L];
        this.x = new long[windows * half * L];
        this.y = new long[windows * half * L];
        this.prefix = new long[Math.max(1, windows * half / 2) * L];
    }

    /**
     * The rows of the table, from {@link #FIRST} on.
     *
     * @param rBits log2 of R of the rows' Montgomery form, 260 or more
     */
    static long[] build(PublicPoint key, int windowBits, int rBits) {
        TableBuilder builder = new TableBuilder(windowBits);
        builder.doubleAll(key);
        builder.addMultiples();
        return builder.pack(rBits);
    }

    /** 2^t Q for every t. */
    private void doubleAll(PublicPoint key) {
        Limbs52.copy(doubledX, 0, Limbs52.montgomery(key.x(), Curve.P), 0);
        Limbs52.copy(doubledY, 0, Limbs52.montgomery(key.y(), Curve.P), 0);
        for (int at = L; at < doubledX.length; at += L) {
            int from = at - L;
            Field.twice(inverse, 0, doubledY, from);
            Field.invert(inverse, 0, words, inversion);
            Field.tangent(slope, doubledX, from);
            Field.mul(slope, 0, slope, 0, inverse, 0);
            addBySlope(doubledX, doubledY, at, doubledX, doubledY, from, doubledX, from);
        }
    }

    /** From 2^j odd multiples of each window's base to twice as many, by adding 2^(j+1) times the base to each. */
    private void addMultiples() {
        for (int i = 0; i < windows; i++) {
            Limbs52.copy(x, i * half * L, doubledX, i * windowBits * L);
            Limbs52.copy(y, i * half * L, doubledY, i * windowBits * L);
        }
        for (int j = 0; j < windowBits - 1; j++) {
            int known = 1 << j;
            multiplyDifferences(j, known);
            int last = windows * known - 1;
            Limbs52.copy(inverse, 0, prefix, last * L);
            Field.invert(inverse, 0, words, inversion);
            for (int n = last; n >= 0; n--) {
                int i = n >> j;
                int left = (i * half + (n & (known - 1))) * L;
                int right = (i * windowBits + j + 1) * L;
                Field.subtract(difference, 0, doubledX, right, x, left);
                if (n == 0) {
                    Limbs52.copy(slope, 0, inverse, 0);
                } else {
                    Field.mul(slope, 0, inverse, 0, prefix, (n - 1) * L);
                    Field.mul(inverse, 0, difference, 0, inverse, 0);
                }
                Field.subtract(difference, 0, doubledY, right, y, left);
                Field.mul(slope, 0, difference, 0, slope, 0);
                addBySlope(x, y, left + known * L, x, y, left, doubledX, right);
            }
        }
    }

    private void multiplyDifferences(int j, int known) {
        for (int n = 0; n < windows * known; n++) {
            int i = n >> j;
            int left = (i * half + (n & (known - 1))) * L;
            int right = (i * windowBits + j + 1) * L;
            Field.subtract(difference, 0, doubledX, right, x, left);
            if (n == 0) {
                Limbs52.copy(prefix, 0, difference, 0);
            } else {
                Field.mul(prefix, n * L, difference, 0, prefix, (n - 1) * L);
            }
        }
    }

    /**
     * The third point on the line with {@link #slope} through a first point and one with x-coordinate {@code x2},
     * mirrored.
     */
    private void addBySlope(long[] rx, long[] ry, int ro, long[] x1, long[] y1, int at1, long[] x2, int at2) {
        FieldSquare.squareSubtract(sumX, 0, slope, 0, x1, at1, x2, at2);
        Field.subtract(difference, 0, x1, at1, sumX, 0);
        Field.mulSubtract(ry, ro, difference, 0, slope, 0, y1, at1);
        Field.reduce(ry, ro);
        Limbs52.copy(rx, ro, sumX, 0);
    }

    private long[] pack(int rBits) {
        long[] factor = Limbs52.montgomery(BigInteger.ONE.shiftLeft(rBits - Limbs52.R_BITS), Curve.P);
        long[] table = new long[FIRST + windows * half * ROW];
        for (int n = 0; n < windows * half; n++) {
            int row = FIRST + n * ROW;
            packOne(table, row, x, n * L, factor);
            packOne(table, row + UInt256.COUNT, y, n * L, factor);
        }
        return table;
    }

    private void packOne(long[] table, int at, long[] coordinate, int from, long[] factor) {
        Field.mul(difference, 0, coordinate, from, factor, 0);
        Limbs52.toCanonicalWords(table, at, difference, 0, Field.P);
    }
}
