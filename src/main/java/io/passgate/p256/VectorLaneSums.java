package io.passgate.p256;

import static io.passgate.p256.VectorField.ELEMENT;
import static io.passgate.p256.VectorField.LANES;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Sums for so few signatures that a tree's inversions would be all the work: each signature's slots are spread over
 * several lanes, added up in XYZZ coordinates without inversions (x = X / ZZ, y = Y / ZZZ; formulas madd-2008-s and
 * add-2008-s of the Explicit-Formulas Database), and the lanes are folded at the end. Belongs to one thread.
 *
 * <p>These formulas cannot add equal points. So that no input can aim at that, each lane starts from a multiple of a
 * secret point T instead of zero, and the multiples of a signature's lanes add up to zero. If a ZZ is 0 all the same,
 * and not because the last two points are opposite and the sum is infinity, the caller has to take the tree.
 */
final class VectorLaneSums {
    /** More signatures are left to the tree: at least two lanes each are needed. */
    static final int MAX_SIGNATURES = LANES / 2;

    /**
     * Odd multiples of T for two, four and eight lanes a signature, by log2 of that number; at no fold two equal or
     * opposite ones meet but at the last.
     */
    private static final int[][] STARTS = {{}, {1, -1}, {1, 3, 5, -9}, {1, 3, 5, 7, 9, 11, -17, -19}};

    private static final int START_WINDOW_BITS = 5;

    private final long[][] startX = new long[Integer.numberOfTrailingZeros(LANES) + 1][ELEMENT];
    private final long[][] startY = new long[Integer.numberOfTrailingZeros(LANES) + 1][ELEMENT];
    private final VectorRows rows = new VectorRows(LANES);
    private final long[] x = new long[ELEMENT];
    private final long[] y = new long[ELEMENT];
    private final long[] zz = new long[ELEMENT];
    private final long[] zzz = new long[ELEMENT];
    private final long[] x2 = new long[ELEMENT];
    private final long[] y2 = new long[ELEMENT];
    private final long[] zz2 = new long[ELEMENT];
    private final long[] zzz2 = new long[ELEMENT];
    private final long[] p = new long[ELEMENT];
    private final long[] r = new long[ELEMENT];
    private final long[] pp = new long[ELEMENT];
    private final long[] ppp = new long[ELEMENT];
    private final long[] q = new long[ELEMENT];

    /** The common denominator of the last fold's points. */
    private final long[] denominator = new long[ELEMENT];

    private final long[] words = new long[UInt256.COUNT];
    private final long[] saved = new long[4 * ELEMENT];
    private final VectorInverse lanesInverse = new VectorInverse();

    private VectorLaneSums(KeyTable multiples) {
        for (int log2 = 1; log2 < startX.length; log2++) {
            for (int lane = 0; lane < LANES; lane++) {
                int multiple = STARTS[log2][lane * (1 << log2) / LANES];
                int row = TableBuilder.FIRST + (Math.abs(multiple) - 1) / 2 * TableBuilder.ROW;
                VectorLanes.write(startX[log2], lane, multiples.points(), row, 0);
                VectorLanes.write(startY[log2], lane, multiples.points(), row + UInt256.COUNT, multiple >> 31);
            }
        }
    }

    /** Sums that start from multiples of a random point. */
    static VectorLaneSums random(SecureRandom random) {
        return startingFrom(new BigInteger(Curve.N.bitLength() + Long.SIZE, random)
                .mod(Curve.N.subtract(BigInteger.ONE))
                .add(BigInteger.ONE));
    }

    /** Sums that start from multiples of {@code scalar} times the generator. */
    static VectorLaneSums startingFrom(BigInteger scalar) {
        return new VectorLaneSums(Kernel.VECTOR.table(PublicPoint.ofGenerator(scalar), START_WINDOW_BITS));
    }

    /**
     * As {@link PointSums#sum}.
     *
     * @param summands of at most {@link #MAX_SIGNATURES} signatures
     * @return false, and nothing is written, if the sums cannot be told this way
     */
    boolean sum(Summands summands, long[] sums) {
        int signatures = summands.count();
        int width = Integer.highestOneBit(2 * signatures - 1);
        int chunks = LANES / width;
        start(chunks);
        for (int first = 0; first < summands.slots(); first += chunks) {
            addSlots(summands, first, width);
        }
        for (int lanes = LANES / 2; lanes >= width; lanes /= 2) {
            fold(lanes);
        }
        for (int lane = signatures; lane < LANES; lane++) {
            VectorLanes.copy(zz, lane, VectorSums.ONE, lane);
        }
        int infinite = 0;
        if (!lanesInverse.invert(zz, 0)) {
            infinite = settleInfinity(signatures);
            if (infinite == 0 || !lanesInverse.invert(zz, 0)) {
                return false;
            }
        }
        VectorField.mul(x, 0, x, 0, zz, 0);
        VectorField.mul(x, 0, x, 0, VectorSums.PLAIN_ONE, 0);
        for (int i = 0; i < signatures; i++) {
            if ((infinite & 1 << i) != 0) {
                Arrays.fill(sums, i * UInt256.COUNT, (i + 1) * UInt256.COUNT, -1);
            } else {
                VectorLanes.read(sums, i * UInt256.COUNT, x, i);
            }
        }
        return true;
    }

    /**
     * Finds the signatures whose last fold added opposite points, and puts 1 in the place of their ZZ.
     *
     * @return a bit for each; none if some ZZ is 0 for another reason
     */
    private int settleInfinity(int signatures) {
        int found = 0;
        for (int i = 0; i < signatures; i++) {
            boolean zero = VectorLanes.isZero(zz, i, words);
            boolean opposite = VectorLanes.isZero(p, i, words)
                    && !VectorLanes.isZero(r, i, words)
                    && !VectorLanes.isZero(denominator, i, words);
            if (zero && !opposite) {
                return 0;
            }
            if (zero) {
                found |= 1 << i;
                VectorLanes.copy(zz, i, VectorSums.ONE, i);
            }
        }
        return found;
    }

    /** Chunk c of signature i is in lane c * width + i. */
    private void start(int chunks) {
        int log2 = Integer.numberOfTrailingZeros(chunks);
        System.arraycopy(startX[log2], 0, x, 0, ELEMENT);
        System.arraycopy(startY[log2], 0, y, 0, ELEMENT);
        System.arraycopy(VectorSums.ONE, 0, zz, 0, ELEMENT);
        System.arraycopy(VectorSums.ONE, 0, zzz, 0, ELEMENT);
    }

    /** Adds a slot to each lane; lanes past the last slot stay as they are. */
    private void addSlots(Summands summands, int first, int width) {
        int last = summands.count() - 1;
        for (int lane = 0; lane < LANES; lane++) {
            int slot = Math.min(first + lane / width, summands.slots() - 1);
            int i = Math.min(lane & (width - 1), last);
            rows.set(lane, summands.table(slot, i), summands.row(slot, i), summands.sign(slot, i));
        }
        rows.split(0, x2, y2, 0);
        int used = (summands.slots() - first) * width;
        if (used < LANES) {
            save();
        }
        addAffine();
        for (int lane = used; lane < LANES; lane++) {
            restore(lane);
        }
    }

    private void save() {
        System.arraycopy(x, 0, saved, 0, ELEMENT);
        System.arraycopy(y, 0, saved, ELEMENT, ELEMENT);
        System.arraycopy(zz, 0, saved, 2 * ELEMENT, ELEMENT);
        System.arraycopy(zzz, 0, saved, 3 * ELEMENT, ELEMENT);
    }

    private void restore(int lane) {
        VectorLanes.copy(x, lane, saved, lane);
        VectorLanes.copy(y, lane, saved, ELEMENT + lane);
        VectorLanes.copy(zz, lane, saved, 2 * ELEMENT + lane);
        VectorLanes.copy(zzz, lane, saved, 3 * ELEMENT + lane);
    }

    /** (x, y, zz, zzz) += (x2, y2). */
    private void addAffine() {
        VectorProductDifference.mulSubtract(p, 0, x2, 0, zz, 0, x, 0);
        VectorProductDifference.mulSubtract(r, 0, y2, 0, zzz, 0, y, 0);
        finish();
    }

    /**
     * Adds to each of the first {@code lanes} lanes the lane that many further up; what is in the others is void then.
     */
    private void fold(int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            VectorLanes.copy(x2, lane, x, lanes + lane);
            VectorLanes.copy(y2, lane, y, lanes + lane);
            VectorLanes.copy(zz2, lane, zz, lanes + lane);
            VectorLanes.copy(zzz2, lane, zzz, lanes + lane);
        }
        VectorField.mul(x, 0, x, 0, zz2, 0);
        VectorField.mul(y, 0, y, 0, zzz2, 0);
        VectorProductDifference.mulSubtract(p, 0, x2, 0, zz, 0, x, 0);
        VectorProductDifference.mulSubtract(r, 0, y2, 0, zzz, 0, y, 0);
        VectorField.mul(zz, 0, zz, 0, zz2, 0);
        VectorField.mul(zzz, 0, zzz, 0, zzz2, 0);
        System.arraycopy(zz, 0, denominator, 0, ELEMENT);
        finish();
    }

    /** From P and R, and x and y over the common denominators zz and zzz, to the sum. */
    private void finish() {
        VectorSquare.square(pp, 0, p, 0);
        VectorField.mul(ppp, 0, p, 0, pp, 0);
        VectorField.mul(q, 0, x, 0, pp, 0);
        for (int i = 0; i < ELEMENT; i++) {
            x2[i] = 2 * q[i];
        }
        VectorSquare.squareSubtract(x, 0, r, 0, ppp, 0, x2, 0);
        VectorField.subtract(q, 0, q, 0, x, 0);
        VectorField.mul(y, 0, y, 0, ppp, 0);
        VectorProductDifference.mulSubtract(y, 0, r, 0, q, 0, y, 0);
        VectorField.mul(zz, 0, zz, 0, pp, 0);
        VectorField.mul(zzz, 0, zzz, 0, ppp, 0);
    }
}
