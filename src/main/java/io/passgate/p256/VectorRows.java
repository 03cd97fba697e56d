package io.passgate.p256;

import static io.passgate.p256.VectorField.LANES;
import static io.passgate.p256.VectorField.LIMB_MASK;
import static io.passgate.p256.VectorField.SPECIES;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;

/**
 * Brings rows of tables into lanes. Rows are first copied whole, by as few instructions as it takes, so that the
 * processor waits for many of them at once; then words are taken out lane by lane and split into limbs. Belongs to one
 * thread.
 */
final class VectorRows {
    private static final int ROW = TableBuilder.ROW;
    private static final int[] LANE_STRIDE = new int[LANES];

    static {
        for (int lane = 0; lane < LANES; lane++) {
            LANE_STRIDE[lane] = lane * ROW;
        }
    }

    private static final long[] NOT_NEGATED = new long[LANES];

    private final long[] rows;
    private final long[] signs;

    /** For {@code capacity} rows, a multiple of LANES. */
    VectorRows(int capacity) {
        this.rows = new long[capacity * ROW];
        this.signs = new long[capacity];
    }

    /** Sets a row; it is to be negated if {@code sign} is -1, not if it is 0. */
    void set(int index, long[] table, int row, long sign) {
        for (int i = 0; i < ROW; i += LANES) {
            LongVector.fromArray(SPECIES, table, row + i).intoArray(rows, index * ROW + i);
        }
        signs[index] = sign;
    }

    /** Splits the rows from {@code first} on, one a lane, into an element of x and one of y. */
    void split(int first, long[] x, long[] y, int at) {
        split(first * ROW, x, at, NOT_NEGATED, 0);
        split(first * ROW + UInt256.COUNT, y, at, signs, first);
    }

    private void split(int from, long[] r, int ro, long[] negated, int no) {
        LongVector sign = LongVector.fromArray(SPECIES, negated, no);
        LongVector w0 = LongVector.fromArray(SPECIES, rows, from, LANE_STRIDE, 0);
        LongVector w1 = LongVector.fromArray(SPECIES, rows, from + 1, LANE_STRIDE, 0);
        LongVector w2 = LongVector.fromArray(SPECIES, rows, from + 2, LANE_STRIDE, 0);
        LongVector w3 = LongVector.fromArray(SPECIES, rows, from + 3, LANE_STRIDE, 0);
        w0.and(LIMB_MASK).lanewise(XOR, sign).sub(sign).intoArray(r, ro);
        w0.lanewise(LSHR, 29).and(LIMB_MASK).lanewise(XOR, sign).sub(sign).intoArray(r, ro + LANES);
        w0.lanewise(LSHR, 58)
                .or(w1.lanewise(LSHL, 6))
                .and(LIMB_MASK)
                .lanewise(XOR, sign)
                .sub(sign)
                .intoArray(r, ro + 2 * LANES);
        w1.lanewise(LSHR, 23).and(LIMB_MASK).lanewise(XOR, sign).sub(sign).intoArray(r, ro + 3 * LANES);
        w1.lanewise(LSHR, 52)
                .or(w2.lanewise(LSHL, 12))
                .and(LIMB_MASK)
                .lanewise(XOR, sign)
                .sub(sign)
                .intoArray(r, ro + 4 * LANES);
        w2.lanewise(LSHR, 17).and(LIMB_MASK).lanewise(XOR, sign).sub(sign).intoArray(r, ro + 5 * LANES);
        w2.lanewise(LSHR, 46)
                .or(w3.lanewise(LSHL, 18))
                .and(LIMB_MASK)
                .lanewise(XOR, sign)
                .sub(sign)
                .intoArray(r, ro + 6 * LANES);
        w3.lanewise(LSHR, 11).and(LIMB_MASK).lanewise(XOR, sign).sub(sign).intoArray(r, ro + 7 * LANES);
        w3.lanewise(LSHR, 40).lanewise(XOR, sign).sub(sign).intoArray(r, ro + 8 * LANES);
    }
}
