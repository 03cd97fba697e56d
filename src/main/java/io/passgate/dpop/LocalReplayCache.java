package io.passgate.dpop;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The proofs that this process has seen of late. Thread-safe. It knows nothing of other gateways, and nothing after a
 * restart: beside Redis it spares a question, without Redis it is all there is.
 *
 * <p>When it is full it forgets the oldest proof, the one that would soonest be late; a cache that keeps what is asked
 * for often would rather turn the newest away.
 *
 * <p>Ids lie in a ring in the order they came, and a table of open addresses (Knuth, volume 3, section 6.4) says where:
 * 32 bytes an id and no object. As objects they would live too long for the young generation and too short for the old
 * one, and each collection would copy them: with 5,000 a second that stopped everything for 17 ms, every 1.5 s.
 */
public final class LocalReplayCache {
    /** More than the 65 s that a proof can be in time, from a clock that is ahead to its end. */
    public static final Duration KEPT = Duration.ofSeconds(70);

    private static final long KEPT_NS = KEPT.toNanos();

    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();

    private final long[] high;
    private final long[] low;
    private final long[] seenAtNs;
    private int oldest;
    private int size;

    /** At the place of an id, or behind it where others were first: 1 more than its place in the ring; 0 is free. */
    private final int[] table;

    private final int mask;

    /**
     * An empty memory, which takes its room at once.
     *
     * @param maxSize ids kept at most, at least 1
     * @param nanoClock as {@link System#nanoTime}
     * @throws IllegalArgumentException if it is to keep none, or more than 2^28
     */
    public LocalReplayCache(int maxSize, LongSupplier nanoClock) {
        if (maxSize < 1 || maxSize > 1 << 28) {
            throw new IllegalArgumentException("a memory keeps 1 to " + (1 << 28) + " ids");
        }
        this.nanoClock = nanoClock;
        high = new long[maxSize];
        low = new long[maxSize];
        seenAtNs = new long[maxSize];
        table = new int[Integer.highestOneBit(maxSize) << 2];
        mask = table.length - 1;
    }

    /**
     * {@return whether this proof is seen for the first time within {@link #KEPT}} From now on it has been seen.
     *
     * @param id of a proof that is valid but for that
     */
    public boolean firstTime(ProofId id) {
        lock.lock();
        try {
            long nowNs = nanoClock.getAsLong();
            while (size > 0 && nowNs - seenAtNs[oldest] >= KEPT_NS) {
                forgetOldest();
            }
            int slot = slot(id.high(), id.low());
            if (table[slot] != 0) {
                return false;
            }
            if (size == high.length) {
                forgetOldest();
                slot = slot(id.high(), id.low());
            }
            int place = (int) ((oldest + (long) size) % high.length);
            high[place] = id.high();
            low[place] = id.low();
            seenAtNs[place] = nowNs;
            table[slot] = place + 1;
            size++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Where an id is, or the free slot where it would be. */
    private int slot(long idHigh, long idLow) {
        int slot = home(idHigh, idLow);
        while (table[slot] != 0) {
            int place = table[slot] - 1;
            if (high[place] == idHigh && low[place] == idLow) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Ids are digests: any of their bits are as good as a hash. */
    private int home(long idHigh, long idLow) {
        return (int) (idHigh ^ idLow) & mask;
    }

    private void forgetOldest() {
        free(slot(high[oldest], low[oldest]));
        oldest = (oldest + 1) % high.length;
        size--;
    }

    /** Frees a slot, and moves up who is behind it only because it was taken (algorithm R). */
    private void free(int slot) {
        int hole = slot;
        for (int next = (hole + 1) & mask; table[next] != 0; next = (next + 1) & mask) {
            int place = table[next] - 1;
            int home = home(high[place], low[place]);
            boolean mayMove = ((next - home) & mask) >= ((next - hole) & mask);
            if (mayMove) {
                table[hole] = table[next];
                hole = next;
            }
        }
        table[hole] = 0;
    }
}
