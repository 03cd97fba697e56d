package io.passgate.app.config;

import static io.passgate.app.config.Range.check;

import io.passgate.engine.EngineLimits;
import java.time.Duration;

/**
 * The engine.
 *
 * @param workers at least 1: one per core where 0 was configured
 * @param maxBatch payloads verified together at most
 * @param slice payloads of one request taken in a row while others wait, at most {@code maxBatch}
 * @param maxQueued payloads that may wait
 * @param maxQueuedPerClient the same of one client; 0: what follows from the others
 * @param deadline how long a request may wait unbegun
 * @param targetDelay from how long a wait on further requests of a client are held back
 * @param keyTableBytes memory for tables of the keys in use; 0: there are none
 * @param slowPathThreads threads for signatures without a table
 * @param maxInSlowPath payloads that may wait for them
 */
public record EngineConfig(
        int workers,
        int maxBatch,
        int slice,
        int maxQueued,
        int maxQueuedPerClient,
        Duration deadline,
        Duration targetDelay,
        long keyTableBytes,
        int slowPathThreads,
        int maxInSlowPath) {
    private static final int MOST_QUEUED = 10_000_000;

    /**
     * Holds each key to its range.
     *
     * @throws IllegalArgumentException that names the first key out of range
     */
    public EngineConfig {
        workers = Range.threads("workers", workers);
        check("maxBatch", maxBatch, 1, 4_096);
        check("slice", slice, 1, maxBatch);
        check("deadline", deadline, Range.MILLISECOND);
        check("targetDelay", targetDelay, Range.MILLISECOND);
        check("keyTableBytes", keyTableBytes, 0, 1L << 40);
        check("slowPathThreads", slowPathThreads, 1, 1_024);
        check("maxInSlowPath", maxInSlowPath, 1, MOST_QUEUED);
    }

    /**
     * What the engine takes, given how many payloads one request may have.
     *
     * @throws IllegalArgumentException that names the key, beginning with {@code engine}, if one request does not fit
     */
    EngineLimits limits(int maxPayloads) {
        check("engine.maxQueued", maxQueued, maxPayloads, MOST_QUEUED);
        // Half the queue, and one request in any case.
        int share = Math.max(maxQueued / 2, maxPayloads);
        return new EngineLimits(
                workers,
                maxBatch,
                slice,
                maxQueued,
                Math.toIntExact(Range.derivable(
                        "engine.maxQueuedPerClient", maxQueuedPerClient, maxPayloads, MOST_QUEUED, share)),
                deadline,
                targetDelay,
                new EngineLimits.SlowPath(slowPathThreads, maxInSlowPath));
    }
}
