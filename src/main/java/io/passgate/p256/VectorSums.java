package io.passgate.p256;

import static io.passgate.p256.VectorField.ELEMENT;
import static io.passgate.p256.VectorField.LANES;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * {@link PointSums} by the Vector API: the tree of {@link ScalarSums} with a signature a lane, LANES signatures a node.
 * What has to be settled for a single lane is settled in that lane, in plain Java. Belongs to one thread.
 */
final class VectorSums implements PointSums {
    static final long[] ONE = VectorLanes.ofMontgomery(BigInteger.ONE);
    static final long[] PLAIN_ONE = VectorLanes.of(BigInteger.ONE);

    private final VectorLaneSums few;
    private final VectorRows rows;

    /** The points at their nodes: slot by slot, LANES signatures by LANES signatures. */
    private final long[] x;

    private final long[] y;

    /** For each node the lanes that are at infinity, a bit a lane. */
    private final int[] infinite;

    /** For each addition the lanes that take the tangent, and those that have no slope. */
    private final int[] tangents;

    private final int[] slopeless;
    private final long[] denominators;
    private final long[] prefix;
    private final long[] inverse = new long[ELEMENT];
    private final long[] slope = new long[ELEMENT];
    private final long[] scratch = new long[ELEMENT];
    private final long[] sumX = new long[ELEMENT];
    private final long[] sumY = new long[ELEMENT];
    private final long[] words = new long[UInt256.COUNT];
    private final VectorInverse lanesInverse = new VectorInverse();
    private long exceptional;

    /** For up to {@code capacity} signatures at once. */
    VectorSums(int capacity, VectorLaneSums few) {
        int groups = (capacity + LANES - 1) / LANES;
        int nodes = Summands.maxSlots() * groups;
        int pairs = (nodes + 1) / 2;
        this.few = few;
        this.rows = new VectorRows(groups * LANES);
        this.x = new long[nodes * ELEMENT];
        this.y = new long[nodes * ELEMENT];
        this.infinite = new int[nodes];
        this.tangents = new int[pairs];
        this.slopeless = new int[pairs];
        this.denominators = new long[pairs * ELEMENT];
        this.prefix = new long[pairs * ELEMENT];
    }

    @Override
    public long exceptionalAdditions() {
        return exceptional;
    }

    @Override
    public void sum(Summands summands, long[] sums) {
        if (summands.count() > VectorLaneSums.MAX_SIGNATURES || !few.sum(summands, sums)) {
            sumAsTree(summands, sums);
        }
    }

    private void sumAsTree(Summands summands, long[] sums) {
        load(summands);
        int groups = (summands.count() + LANES - 1) / LANES;
        int slots = summands.slots();
        while (slots > 1) {
            int kept = (slots + 1) / 2;
            addLevel(kept * groups, (slots - kept) * groups);
            slots = kept;
        }
        for (int group = 0; group < groups; group++) {
            VectorField.mul(scratch, 0, x, group * ELEMENT, PLAIN_ONE, 0);
            for (int i = group * LANES; i < Math.min((group + 1) * LANES, summands.count()); i++) {
                int lane = i - group * LANES;
                if ((infinite[group] & 1 << lane) != 0) {
                    Arrays.fill(sums, i * UInt256.COUNT, (i + 1) * UInt256.COUNT, -1);
                } else {
                    VectorLanes.read(sums, i * UInt256.COUNT, scratch, lane);
                }
            }
        }
    }

    /** The lanes beyond the last signature repeat it. */
    private void load(Summands summands) {
        int last = summands.count() - 1;
        int groups = last / LANES + 1;
        for (int slot = 0; slot < summands.slots(); slot++) {
            for (int i = 0; i < groups * LANES; i++) {
                int signature = Math.min(i, last);
                rows.set(
                        i,
                        summands.table(slot, signature),
                        summands.row(slot, signature),
                        summands.sign(slot, signature));
            }
            for (int group = 0; group < groups; group++) {
                rows.split(group * LANES, x, y, (slot * groups + group) * ELEMENT);
            }
        }
        Arrays.fill(infinite, 0, summands.slots() * groups, 0);
    }

    /** Adds node {@code distance + n} to node n, for each n below {@code pairs}. */
    private void addLevel(int distance, int pairs) {
        for (int n = 0; n < pairs; n++) {
            int at = n * ELEMENT;
            prepare(n, n + distance);
            if (n == 0) {
                System.arraycopy(denominators, 0, prefix, 0, ELEMENT);
            } else {
                VectorField.mul(prefix, at, prefix, at - ELEMENT, denominators, at);
            }
        }
        System.arraycopy(prefix, (pairs - 1) * ELEMENT, inverse, 0, ELEMENT);
        if (!lanesInverse.invert(inverse, 0)) {
            throw new IllegalStateException("a denominator of zero was not settled");
        }
        for (int n = pairs - 1; n >= 0; n--) {
            int at = n * ELEMENT;
            if (n == 0) {
                System.arraycopy(inverse, 0, slope, 0, ELEMENT);
            } else {
                VectorField.mul(slope, 0, inverse, 0, prefix, at - ELEMENT);
                VectorField.mul(inverse, 0, inverse, 0, denominators, at);
            }
            add(n, n + distance);
        }
    }

    /** Writes the slopes' denominators, and tells what the additions are. */
    private void prepare(int left, int right) {
        int l = left * ELEMENT;
        int r = right * ELEMENT;
        boolean suspicious = VectorField.subtractAndSuspect(denominators, l, x, r, x, l);
        tangents[left] = 0;
        slopeless[left] = 0;
        if (suspicious || (infinite[left] | infinite[right]) != 0) {
            settle(left, right);
        }
    }

    private void settle(int left, int right) {
        int l = left * ELEMENT;
        for (int i = 0; i < ELEMENT; i++) {
            scratch[i] = y[l + i] + y[right * ELEMENT + i];
        }
        for (int lane = 0; lane < LANES; lane++) {
            int bit = 1 << lane;
            boolean noPoint = ((infinite[left] | infinite[right]) & bit) != 0;
            if (noPoint || VectorLanes.isZero(denominators, l + lane, words)) {
                exceptional++;
                if (noPoint || VectorLanes.isZero(scratch, lane, words)) {
                    slopeless[left] |= bit;
                    VectorLanes.copy(denominators, l + lane, ONE, lane);
                } else {
                    tangents[left] |= bit;
                    VectorLanes.twice(denominators, l + lane, y, l + lane);
                }
            }
        }
    }

    /** Adds the right node to the left one; {@link #slope} holds the denominators' inverses. */
    private void add(int left, int right) {
        int l = left * ELEMENT;
        int r = right * ELEMENT;
        VectorField.subtract(scratch, 0, y, r, y, l);
        if (tangents[left] != 0) {
            replaceByTangents(l, tangents[left]);
        }
        VectorField.mul(slope, 0, slope, 0, scratch, 0);
        VectorSquare.squareSubtract(sumX, 0, slope, 0, x, l, x, r);
        VectorField.subtract(scratch, 0, x, l, sumX, 0);
        VectorProductDifference.mulSubtract(sumY, 0, slope, 0, scratch, 0, y, l);
        if (slopeless[left] != 0) {
            keepPoints(left, right);
        }
        System.arraycopy(sumX, 0, x, l, ELEMENT);
        System.arraycopy(sumY, 0, y, l, ELEMENT);
    }

    /** 3 x^2 - 3 for the numerators of the given lanes. */
    private void replaceByTangents(int l, int lanes) {
        VectorSquare.square(sumX, 0, x, l);
        for (int lane = 0; lane < LANES; lane++) {
            if ((lanes & 1 << lane) != 0) {
                for (int i = lane; i < ELEMENT; i += LANES) {
                    scratch[i] = 3 * (sumX[i] - ONE[i]);
                }
            }
        }
    }

    /** The sum where one point is infinity is the other; where neither is, the points are opposite. */
    private void keepPoints(int left, int right) {
        int sumsInfinite = 0;
        for (int lane = 0; lane < LANES; lane++) {
            int bit = 1 << lane;
            if ((slopeless[left] & bit) != 0) {
                boolean leftInfinite = (infinite[left] & bit) != 0;
                boolean rightInfinite = (infinite[right] & bit) != 0;
                int kept = (leftInfinite ? right : left) * ELEMENT + lane;
                VectorLanes.copy(sumX, lane, x, kept);
                VectorLanes.copy(sumY, lane, y, kept);
                if (leftInfinite == rightInfinite) {
                    sumsInfinite |= bit;
                }
            }
        }
        infinite[left] = sumsInfinite;
    }
}
