package io.passgate.p256;

import static io.passgate.p256.VectorField.ELEMENT;
import static io.passgate.p256.VectorField.LANES;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * {@link PointSums} by the Vector API: the tree of {@link ScalarSums} with a signature a lane, LANES signatures a node. What
 * has to be settled for a single lane is settled in that lane, in plain Java. Belongs to one thread.
 */
final class VectorSums implements PointSums {
    static final long[] ONE = Lanes.ofMontgomery(BigInteger.ONE);
    static final long[] PLAIN_ONE = Lanes.of(BigInteger.ONE);

    private final LaneSums few;
    private final LaneRows rows;

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
    private final long[] words = new long[Words.COUNT];
    private final LaneInverse lanesInverse = new LaneInverse();
    private long exceptional;

    /** For up to {@code capacity} signatures at once. */
    VectorSums(int capacity, LaneSums few) {
        int groups = (capacity + LANES - 1) / LANES;
        int nodes = Leaves.maxSlots() * groups;
        int pairs = (nodes + 1) / 2;
        this.few = few;
        this.rows = new LaneRows(groups * LANES);
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
    public void sum(Leaves leaves, long[] sums) {
        if (leaves.count() > LaneSums.MAX_SIGNATURES || !few.sum(leaves, sums)) {
            sumAsTree(leaves, sums);
        }
    }

    private void sumAsTree(Leaves leaves, long[] sums) {
        load(leaves);
        int groups = (leaves.count() + LANES - 1) / LANES;
        int slots = leaves.slots();
        while (slots > 1) {
            int kept = (slots + 1) / 2;
            addLevel(kept * groups, (slots - kept) * groups);
            slots = kept;
        }
        for (int group = 0; group < groups; group++) {
            VectorField.mul(scratch, 0, x, group * ELEMENT, PLAIN_ONE, 0);
            for (int i = group * LANES; i < Math.min((group + 1) * LANES, leaves.count()); i++) {
                int lane = i - group * LANES;
                if ((infinite[group] & 1 << lane) != 0) {
                    Arrays.fill(sums, i * Words.COUNT, (i + 1) * Words.COUNT, -1);
                } else {
                    Lanes.read(sums, i * Words.COUNT, scratch, lane);
                }
            }
        }
    }

    /** The lanes beyond the last signature repeat it. */
    private void load(Leaves leaves) {
        int last = leaves.count() - 1;
        int groups = last / LANES + 1;
        for (int slot = 0; slot < leaves.slots(); slot++) {
            for (int i = 0; i < groups * LANES; i++) {
                int signature = Math.min(i, last);
                rows.set(i, leaves.table(slot, signature), leaves.row(slot, signature), leaves.sign(slot, signature));
            }
            for (int group = 0; group < groups; group++) {
                rows.split(group * LANES, x, y, (slot * groups + group) * ELEMENT);
            }
        }
        Arrays.fill(infinite, 0, leaves.slots() * groups, 0);
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
            if (noPoint || Lanes.isZero(denominators, l + lane, words)) {
                exceptional++;
                if (noPoint || Lanes.isZero(scratch, lane, words)) {
                    slopeless[left] |= bit;
                    Lanes.copy(denominators, l + lane, ONE, lane);
                } else {
                    tangents[left] |= bit;
                    Lanes.twice(denominators, l + lane, y, l + lane);
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
                Lanes.copy(sumX, lane, x, kept);
                Lanes.copy(sumY, lane, y, kept);
                if (leftInfinite == rightInfinite) {
                    sumsInfinite |= bit;
                }
            }
        }
        infinite[left] = sumsInfinite;
    }
}
