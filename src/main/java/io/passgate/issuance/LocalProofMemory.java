package io.passgate.issuance;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The proofs that this process has seen of late. Thread-safe. It knows nothing of other gateways, and nothing after a
 * restart: beside Redis it spares a question, without Redis it is all there is.
 *
 * <p>When it is full it forgets the oldest proof, the one that would soonest be late; a cache that keeps what is asked for
 * often would rather turn the newest away. An entry takes about 100 bytes.
 */
public final class LocalProofMemory {
    /** More than the 65 s that a proof can be in time, from a clock that is ahead to its end. */
    public static final Duration KEPT = Duration.ofSeconds(70);

    private static final long KEPT_NS = KEPT.toNanos();

    private final int maxSize;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();

    /** When each was seen, oldest first. */
    private final SequencedMap<ProofId, Long> seenAtNs = new LinkedHashMap<>();

    /**
     * An empty memory.
     *
     * @param maxSize ids kept at most, at least 1
     * @param nanoClock as {@link System#nanoTime}
     */
    public LocalProofMemory(int maxSize, LongSupplier nanoClock) {
        if (maxSize < 1) {
            throw new IllegalArgumentException("a memory keeps at least 1 id");
        }
        this.maxSize = maxSize;
        this.nanoClock = nanoClock;
    }

    /** Whether this proof is seen for the first time within {@link #KEPT}; from now on it has been seen. */
    public boolean firstTime(ProofId id) {
        lock.lock();
        try {
            long nowNs = nanoClock.getAsLong();
            forget(nowNs);
            if (seenAtNs.putIfAbsent(id, nowNs) != null) {
                return false;
            }
            if (seenAtNs.size() > maxSize) {
                Map.Entry<ProofId, Long> unused = seenAtNs.pollFirstEntry();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void forget(long nowNs) {
        while (!seenAtNs.isEmpty() && nowNs - seenAtNs.firstEntry().getValue() >= KEPT_NS) {
            Map.Entry<ProofId, Long> unused = seenAtNs.pollFirstEntry();
        }
    }
}
