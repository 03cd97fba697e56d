package io.passgate.revocation;

import java.util.Arrays;

/**
 * Revocation entries in flat arrays, ascending by hash (unsigned) and scope, each pair of which occurs once: 24 bytes
 * an entry. An expiry is in unsigned epoch seconds; one of {@link #REMOVED} revokes nothing, and in an overlay takes
 * away what it lies over. Immutable.
 */
final class Entries {
    static final Entries NONE = new Entries(new long[0], new long[0], new int[0], new int[0]);
    static final int REMOVED = 0;

    final long[] high;
    final long[] low;
    final int[] scope;
    final int[] expiry;

    private Entries(long[] high, long[] low, int[] scope, int[] expiry) {
        this.high = high;
        this.low = low;
        this.scope = scope;
        this.expiry = expiry;
    }

    int size() {
        return high.length;
    }

    /** The index of the first entry whose hash is not below this one. */
    int firstOf(long wantedHigh, long wantedLow) {
        int from = 0;
        int to = high.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (compare(high[middle], low[middle], wantedHigh, wantedLow) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    boolean isAt(int index, long wantedHigh, long wantedLow) {
        return index < high.length && high[index] == wantedHigh && low[index] == wantedLow;
    }

    /** The index of the entry with this hash and scope, or -1. */
    int find(long wantedHigh, long wantedLow, int wantedScope) {
        for (int i = firstOf(wantedHigh, wantedLow); isAt(i, wantedHigh, wantedLow); i++) {
            if (scope[i] == wantedScope) {
                return i;
            }
        }
        return -1;
    }

    static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }

    /** Takes entries one by one. */
    interface Sink {
        void entry(long high, long low, int scope, int expiry);
    }

    /**
     * Both in ascending order; where both have a hash and scope, that of {@code over}, from its index {@code overFrom}
     * to before {@code overTo}.
     */
    static void merge(Entries base, Entries over, int overFrom, int overTo, Sink sink) {
        int b = 0;
        int o = overFrom;
        while (b < base.size() || o < overTo) {
            int order = b == base.size() ? 1 : o == overTo ? -1 : compare(base, b, over, o);
            if (order < 0) {
                sink.entry(base.high[b], base.low[b], base.scope[b], base.expiry[b]);
                b++;
            } else {
                sink.entry(over.high[o], over.low[o], over.scope[o], over.expiry[o]);
                o++;
                b += order == 0 ? 1 : 0;
            }
        }
    }

    private static int compare(Entries left, int l, Entries right, int r) {
        int byHash = compare(left.high[l], left.low[l], right.high[r], right.low[r]);
        return byHash != 0 ? byHash : Integer.compare(left.scope[l], right.scope[r]);
    }

    /** Grows by entries in ascending order of their hashes; those of one hash may come in any order of their scopes. */
    static final class Builder implements Sink {
        private long[] high = new long[16];
        private long[] low = new long[16];
        private int[] scope = new int[16];
        private int[] expiry = new int[16];
        private int size;

        /** @throws IllegalArgumentException if the hash is below the one before */
        @Override
        public void entry(long newHigh, long newLow, int newScope, int newExpiry) {
            int at = size;
            if (size > 0) {
                int order = compare(newHigh, newLow, high[size - 1], low[size - 1]);
                if (order < 0) {
                    throw new IllegalArgumentException("revocation entries are not in ascending order");
                }
                while (at > 0 && newHigh == high[at - 1] && newLow == low[at - 1] && newScope <= scope[at - 1]) {
                    at--;
                }
            }
            boolean replaces = at < size && newScope == scope[at];
            if (!replaces) {
                makeRoomAt(at);
            }
            high[at] = newHigh;
            low[at] = newLow;
            scope[at] = newScope;
            expiry[at] = newExpiry;
        }

        private void makeRoomAt(int at) {
            if (size == high.length) {
                int more = size + (size >> 1);
                high = Arrays.copyOf(high, more);
                low = Arrays.copyOf(low, more);
                scope = Arrays.copyOf(scope, more);
                expiry = Arrays.copyOf(expiry, more);
            }
            System.arraycopy(high, at, high, at + 1, size - at);
            System.arraycopy(low, at, low, at + 1, size - at);
            System.arraycopy(scope, at, scope, at + 1, size - at);
            System.arraycopy(expiry, at, expiry, at + 1, size - at);
            size++;
        }

        int size() {
            return size;
        }

        /** What has been added; the builder is empty after it. */
        Entries take() {
            if (size == 0) {
                return NONE;
            }
            Entries taken = new Entries(
                    Arrays.copyOf(high, size),
                    Arrays.copyOf(low, size),
                    Arrays.copyOf(scope, size),
                    Arrays.copyOf(expiry, size));
            size = 0;
            return taken;
        }
    }
}
