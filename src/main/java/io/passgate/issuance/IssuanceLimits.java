package io.passgate.issuance;

import java.time.Duration;

/**
 * The bulkhead around issuing: what it may take of the machine.
 *
 * @param threads that look up, check and sign
 * @param maxQueued applications that may wait
 * @param maxBatch applications looked up together
 * @param maxWait after which an application is not begun
 * @param targetDelay from how long a wait on no more applications should come
 */
public record IssuanceLimits(int threads, int maxQueued, int maxBatch, Duration maxWait, Duration targetDelay) {
    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a number is not positive
     */
    public IssuanceLimits {
        if (threads < 1 || maxQueued < 1 || maxBatch < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
