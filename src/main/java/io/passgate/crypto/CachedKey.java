package io.passgate.crypto;

import io.passgate.p256.KeyTable;
import org.jspecify.annotations.Nullable;

/**
 * One key that has verified something: its table, when it was last of use, and whether it is used often enough for a
 * wide table. Its table and its times are read and written by every worker; the rest is guarded by the lock of
 * {@link KeyTableCache}.
 */
final class CachedKey {
    private final VerificationKey key;

    /** The instants of the last valid signatures, oldest at {@link #next}; guarded by itself. */
    private final long[] recentNs;

    private int next;
    private long seen;

    private volatile @Nullable KeyTable table;
    private volatile long lastUseNs;

    /** Whether another valid signature may earn the wide table: false once it has it, or it has been asked for. */
    private volatile boolean striving = true;

    /** The window of the table that is being built, or 0. */
    private int asked;

    /** Before this instant nothing is asked for again; counts only after a first refusal. */
    private long askAgainNs;

    /** The memory that the key's tables take, and those being built will. */
    private long charge;

    CachedKey(VerificationKey key, int wideAfter, long nowNs) {
        this.key = key;
        this.recentNs = new long[wideAfter];
        this.lastUseNs = nowNs;
        this.askAgainNs = nowNs;
    }

    VerificationKey key() {
        return key;
    }

    /** The table to verify by; null while there is none. */
    @Nullable
    KeyTable table() {
        return table;
    }

    long lastUseNs() {
        return lastUseNs;
    }

    /**
     * Counts a valid signature.
     *
     * @return whether as many as were asked for have been valid within {@code spanNs}, both ends included
     */
    boolean valid(long nowNs, long spanNs) {
        if (lastUseNs != nowNs) {
            lastUseNs = nowNs;
        }
        return striving && completes(nowNs, spanNs);
    }

    private boolean completes(long nowNs, long spanNs) {
        synchronized (recentNs) {
            recentNs[next] = nowNs;
            next = (next + 1) % recentNs.length;
            seen++;
            return seen >= recentNs.length && nowNs - recentNs[next] <= spanNs;
        }
    }

    /** Counts from nothing again, or, with {@code on} false, no more. */
    void strive(boolean on) {
        synchronized (recentNs) {
            seen = 0;
        }
        striving = on;
    }

    void take(KeyTable built, long nowNs) {
        table = built;
        lastUseNs = nowNs;
    }

    int asked() {
        return asked;
    }

    void ask(int windowBits) {
        asked = windowBits;
    }

    boolean mayAsk(long nowNs) {
        return asked == 0 && nowNs - askAgainNs >= 0;
    }

    void askAgainFrom(long ns) {
        askAgainNs = ns;
    }

    long charge() {
        return charge;
    }

    void charge(long bytes) {
        charge = bytes;
    }
}
