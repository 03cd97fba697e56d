package io.passgate.p256;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@link EcdsaBatch} by tables: look-ups and additions only, no doublings. */
final class TableBatch extends EcdsaBatch {
    private final Kernel kernel;
    private final int capacity;
    private final PointSums sums;
    private final Summands summands;
    private final Scalars scalars;

    private final @Nullable KeyTable[] tables;
    private final boolean[] valid;

    /** r of each signature that is in range. */
    private final long[] r;

    /** Which signature of the batch each one in range is. */
    private final int[] indices;

    /** Which of those in range the leaves hold. */
    private final int[] gathered;

    private final long[] x;
    private final long[] candidate = new long[UInt256.COUNT];
    private int size;
    private int inRange;

    /** Bit w: a table with windows of w bits is in the batch. */
    private int windowsPresent;

    TableBatch(Kernel kernel, int capacity, PointSums sums, Summands summands) {
        this.kernel = kernel;
        this.capacity = capacity;
        this.sums = sums;
        this.summands = summands;
        this.scalars = new Scalars(capacity);
        this.tables = new KeyTable[capacity];
        this.valid = new boolean[capacity];
        this.r = new long[capacity * UInt256.COUNT];
        this.indices = new int[capacity];
        this.gathered = new int[summands.capacity()];
        this.x = new long[summands.capacity() * UInt256.COUNT];
    }

    @Override
    public void clear() {
        Arrays.fill(tables, 0, inRange, null);
        Arrays.fill(valid, 0, size, false);
        Arrays.fill(r, 0, inRange * UInt256.COUNT, 0);
        scalars.wipe(Math.min(inRange + 1, capacity));
        size = 0;
        inRange = 0;
        windowsPresent = 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int add(KeyTable table, byte[] digest, int digestOffset, byte[] signature, int signatureOffset) {
        if (size == capacity) {
            throw new IllegalStateException("the batch is full at " + size);
        }
        if (table.kernel() != kernel) {
            throw new IllegalArgumentException("a table for " + table.kernel() + " in a batch for " + kernel);
        }
        if (scalars.set(inRange, digest, digestOffset, signature, signatureOffset)) {
            UInt256.read(signature, signatureOffset, r, inRange * UInt256.COUNT);
            tables[inRange] = table;
            indices[inRange] = size;
            windowsPresent |= 1 << table.windowBits();
            inRange++;
        }
        return size++;
    }

    @Override
    public void verify() {
        if (inRange == 0) {
            return;
        }
        scalars.compute(inRange);
        for (int left = windowsPresent; left != 0; left &= left - 1) {
            verify(Integer.numberOfTrailingZeros(left));
        }
    }

    /** Decides those whose tables have windows of {@code windowBits}, as many at a time as the leaves hold. */
    private void verify(int windowBits) {
        summands.start(windowBits);
        for (int i = 0; i < inRange; i++) {
            KeyTable table = tables[i];
            if (table != null && table.windowBits() == windowBits) {
                gathered[summands.count()] = i;
                summands.add(table, scalars.u1(), i * UInt256.COUNT, scalars.u2(), i * UInt256.COUNT);
                if (summands.count() == summands.capacity()) {
                    decideGathered();
                    summands.start(windowBits);
                }
            }
        }
        if (summands.count() > 0) {
            decideGathered();
        }
        summands.clear();
    }

    private void decideGathered() {
        sums.sum(summands, x);
        for (int i = 0; i < summands.count(); i++) {
            int item = gathered[i];
            valid[indices[item]] = isCoordinateOf(i * UInt256.COUNT, item * UInt256.COUNT);
        }
    }

    /** Whether x mod n = r: x is r, or r + n where that is below p, which also keeps infinity's mark from being met. */
    private boolean isCoordinateOf(int xo, int ro) {
        if (UInt256.areEqual(x, xo, r, ro)) {
            return true;
        }
        long carry = UInt256.add(candidate, 0, r, ro, Order.N, 0);
        return carry == 0 && UInt256.areLess(candidate, 0, Field.P, 0) && UInt256.areEqual(x, xo, candidate, 0);
    }

    @Override
    public boolean isValid(int index) {
        return valid[index];
    }

    @Override
    public long exceptionalAdditions() {
        return sums.exceptionalAdditions();
    }
}
