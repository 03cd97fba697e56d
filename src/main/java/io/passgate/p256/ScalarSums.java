package io.passgate.p256;

import java.util.Arrays;

/**
 * {@link PointSums} in plain Java: the points of all signatures as one tree. At each level every slot of the lower half
 * is added to its partner in the upper half, in affine coordinates, and one inversion serves the whole level
 * (Montgomery's trick). An addition of equal points takes the tangent instead of the chord; what has no slope at all,
 * because the points are opposite or one is infinity, is settled beside the line with 1 in its place among the
 * denominators, so that no neighbour is touched.
 */
final class ScalarSums implements PointSums {
    private static final int L = Limbs52.COUNT;

    /** What an addition is. */
    private static final byte CHORD = 0;

    private static final byte TANGENT = 1;
    private static final byte LEFT = 2;
    private static final byte RIGHT = 3;
    private static final byte INFINITY = 4;

    /** The points at their nodes: slot by slot, signature by signature. */
    private final long[] x;

    private final long[] y;
    private final long[] rows;
    private final boolean[] infinite;
    private final byte[] kinds;
    private final long[] denominators;
    private final long[] prefix;
    private final long[] slope = new long[L];
    private final long[] inverse = new long[L];
    private final long[] scratch = new long[2 * L];
    private final Inverse inversion = new Inverse(Curve.P);
    private long exceptional;

    /** For up to {@code capacity} signatures at once. */
    ScalarSums(int capacity) {
        int nodes = Summands.maxSlots() * capacity;
        int pairs = (nodes + 1) / 2;
        this.x = new long[nodes * L];
        this.y = new long[nodes * L];
        this.rows = new long[capacity * TableBuilder.ROW];
        this.infinite = new boolean[nodes];
        this.kinds = new byte[pairs];
        this.denominators = new long[pairs * L];
        this.prefix = new long[pairs * L];
    }

    @Override
    public long exceptionalAdditions() {
        return exceptional;
    }

    @Override
    public void sum(Summands summands, long[] sums) {
        load(summands);
        int count = summands.count();
        int slots = summands.slots();
        while (slots > 1) {
            int kept = (slots + 1) / 2;
            addLevel(kept * count, (slots - kept) * count);
            slots = kept;
        }
        for (int i = 0; i < count; i++) {
            if (infinite[i]) {
                Arrays.fill(sums, i * UInt256.COUNT, (i + 1) * UInt256.COUNT, -1);
            } else {
                Field.leave(sums, i * UInt256.COUNT, x, i * L, scratch);
            }
        }
    }

    /** Copies a slot's rows whole before it takes them apart, so that the processor waits for many of them at once. */
    private void load(Summands summands) {
        int count = summands.count();
        int at = 0;
        for (int slot = 0; slot < summands.slots(); slot++) {
            for (int i = 0; i < count; i++) {
                copyRow(summands.table(slot, i), summands.row(slot, i), i * TableBuilder.ROW);
            }
            for (int i = 0; i < count; i++, at += L) {
                long sign = summands.sign(slot, i);
                Limbs52.fromWords(x, at, rows, i * TableBuilder.ROW);
                Limbs52.fromWords(y, at, rows, i * TableBuilder.ROW + UInt256.COUNT);
                y[at] = (y[at] ^ sign) - sign;
                y[at + 1] = (y[at + 1] ^ sign) - sign;
                y[at + 2] = (y[at + 2] ^ sign) - sign;
                y[at + 3] = (y[at + 3] ^ sign) - sign;
                y[at + 4] = (y[at + 4] ^ sign) - sign;
            }
        }
        Arrays.fill(infinite, 0, summands.slots() * count, false);
    }

    private void copyRow(long[] table, int row, int to) {
        rows[to] = table[row];
        rows[to + 1] = table[row + 1];
        rows[to + 2] = table[row + 2];
        rows[to + 3] = table[row + 3];
        rows[to + 4] = table[row + 4];
        rows[to + 5] = table[row + 5];
        rows[to + 6] = table[row + 6];
        rows[to + 7] = table[row + 7];
    }

    /** Adds node {@code distance + n} to node n, for each n below {@code pairs}. */
    private void addLevel(int distance, int pairs) {
        for (int n = 0; n < pairs; n++) {
            prepare(n, n + distance);
            if (n == 0) {
                Limbs52.copy(prefix, 0, denominators, 0);
            } else {
                Field.mul(prefix, n * L, denominators, n * L, prefix, (n - 1) * L);
            }
        }
        Limbs52.copy(inverse, 0, prefix, (pairs - 1) * L);
        Field.invert(inverse, 0, scratch, inversion);
        for (int n = pairs - 1; n > 0; n--) {
            Field.mul(slope, 0, inverse, 0, prefix, (n - 1) * L);
            Field.mul(inverse, 0, denominators, n * L, inverse, 0);
            add(n, n + distance);
        }
        Limbs52.copy(slope, 0, inverse, 0);
        add(0, distance);
    }

    /** Tells what the addition is, and writes the slope's denominator. */
    private void prepare(int left, int right) {
        int l = left * L;
        int r = right * L;
        Field.subtract(denominators, l, x, r, x, l);
        byte kind = CHORD;
        if (infinite[left] || infinite[right]) {
            kind = infinite[left] ? RIGHT : LEFT;
        } else if (Field.isZero(denominators, l, scratch)) {
            Field.subtract(scratch, L, y, l, y, r);
            kind = Field.isZero(scratch, L, scratch) ? TANGENT : INFINITY;
        }
        kinds[left] = kind;
        if (kind != CHORD) {
            exceptional++;
            if (kind == TANGENT) {
                Field.twice(denominators, l, y, l);
                Field.reduce(denominators, l);
            } else {
                Limbs52.copy(denominators, l, Field.ONE, 0);
            }
        }
    }

    /** Adds the right node to the left one; {@link #slope} holds the denominator's inverse. */
    private void add(int left, int right) {
        int l = left * L;
        int r = right * L;
        switch (kinds[left]) {
            case CHORD -> {
                Field.subtract(scratch, 0, y, r, y, l);
                addBySlope(l, r);
            }
            case TANGENT -> {
                Field.tangent(scratch, x, l);
                addBySlope(l, r);
            }
            case RIGHT -> {
                Limbs52.copy(x, l, x, r);
                Limbs52.copy(y, l, y, r);
                infinite[left] = infinite[right];
            }
            case INFINITY -> infinite[left] = true;
            default -> {
                // The left point is the sum.
            }
        }
    }

    /**
     * x3 = s^2 - x1 - x2 and y3 = s (x1 - x3) - y1, for s with the numerator in {@link #scratch}. y3 is left as it
     * comes: at each level it may be p larger.
     */
    private void addBySlope(int l, int r) {
        Field.mul(slope, 0, scratch, 0, slope, 0);
        FieldSquare.squareSubtract(scratch, 0, slope, 0, x, l, x, r);
        Field.subtract(x, l, x, l, scratch, 0);
        Field.mulSubtract(y, l, x, l, slope, 0, y, l);
        Limbs52.copy(x, l, scratch, 0);
    }
}
