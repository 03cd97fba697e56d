package io.passgate.crypto;

import io.passgate.p256.KeyTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What tables take, and who goes when there is no room. A quarter is kept for narrow tables, so that few keys in heavy
 * use do not leave all others to the provider. Guarded by the lock of {@link KeyTableCache}.
 */
final class TableMemory {
    private static final int SHARES = 4;

    private final ConcurrentHashMap<VerificationKey, CachedKey> uses;
    private final KeyTableCache.Sizes sizes;
    private final long wideLimit;
    private long bytes;
    private long wideBytes;
    private int narrow;
    private int wide;
    private long evicted;

    /** Read without the lock: until then no table will have been idle for long enough to go. */
    private volatile long fullUntilNs;

    private volatile boolean full;

    TableMemory(ConcurrentHashMap<VerificationKey, CachedKey> uses, KeyTableCache.Sizes sizes) {
        this.uses = uses;
        this.sizes = sizes;
        this.wideLimit = sizes.memoryBytes() / SHARES * (SHARES - 1);
    }

    /** Whether no narrow table had room when one was last asked for, and none can have been given up since. */
    boolean isKnownToBeFull(long nowNs) {
        return full && nowNs - fullUntilNs < 0;
    }

    /** Sends keys away until there is room; sends none away if that would not make enough. */
    boolean makeRoom(long wanted, boolean forWide, long nowNs) {
        long over = bytes + wanted - sizes.memoryBytes();
        long overWide = forWide ? wideBytes + wanted - wideLimit : 0;
        List<CachedKey> leaving = new ArrayList<>();
        if (over > 0 || overWide > 0) {
            for (CachedKey use : longestIdleFirst(nowNs)) {
                boolean helps = over > 0 || (overWide > 0 && isWide(use));
                if (helps) {
                    leaving.add(use);
                    over -= use.charge();
                    overWide -= isWide(use) ? use.charge() : 0;
                }
            }
        }
        boolean enough = over <= 0 && overWide <= 0;
        if (enough) {
            leaving.forEach(this::evict);
        }
        if (!forWide) {
            full = !enough;
            fullUntilNs = enough ? nowNs : firstIdleNs(nowNs);
        }
        return enough;
    }

    private List<CachedKey> longestIdleFirst(long nowNs) {
        return uses.values().stream()
                .filter(use -> use.asked() == 0)
                .map(use -> new Idle(use, nowNs - use.lastUseNs()))
                .filter(idle -> idle.forNs > KeyTableCache.KEPT_NS)
                .sorted(Comparator.comparingLong(Idle::forNs).reversed())
                .map(Idle::use)
                .toList();
    }

    /** A key and how long it had been idle when it was looked at: workers go on using keys meanwhile. */
    private record Idle(CachedKey use, long forNs) {}

    private long firstIdleNs(long nowNs) {
        long longest = uses.values().stream()
                .mapToLong(use -> nowNs - use.lastUseNs())
                .max()
                .orElse(0);
        return nowNs + Math.max(0, KeyTableCache.KEPT_NS - longest) + 1;
    }

    private boolean isWide(CachedKey use) {
        KeyTable table = use.table();
        return table != null && table.windowBits() == sizes.wideWindow();
    }

    private void evict(CachedKey use) {
        boolean hadWide = isWide(use);
        if (use.table() != null) {
            narrow -= hadWide ? 0 : 1;
            wide -= hadWide ? 1 : 0;
            evicted++;
        }
        change(use, -use.charge(), hadWide ? -use.charge() : 0);
        if (!uses.remove(use.key(), use)) {
            throw new IllegalStateException("a key was charged for and not kept");
        }
    }

    /** Takes the room of a narrow table for a key that has none. */
    void reserveNarrow(CachedKey use) {
        change(use, sizes.narrowBytes(), 0);
    }

    /** Takes the room of a wide table, beside the narrow one's. */
    void reserveWide(CachedKey use) {
        change(use, sizes.wideBytes(), sizes.wideBytes());
    }

    /** Gives back what {@link #reserveWide} took. */
    void releaseWide(CachedKey use) {
        change(use, -sizes.wideBytes(), -sizes.wideBytes());
    }

    /** Says that the key's narrow table is there. */
    void builtNarrow() {
        narrow++;
    }

    /** Says that the key's wide table is there, in the place of the narrow one. */
    void builtWide(CachedKey use) {
        narrow--;
        wide++;
        change(use, -sizes.narrowBytes(), 0);
    }

    private void change(CachedKey use, long by, long byWide) {
        use.charge(use.charge() + by);
        bytes += by;
        wideBytes += byWide;
        if (by < 0) {
            full = false;
        }
    }

    KeyTableCache.Figures figures(long built) {
        return new KeyTableCache.Figures(narrow, wide, bytes, built, evicted);
    }
}
