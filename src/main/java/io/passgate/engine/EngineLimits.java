package io.passgate.engine;

import java.time.Duration;

/**
 * The engine's size.
 *
 * @param workers threads that judge; one per core by default
 * @param maxBatch payloads judged together at most
 * @param slice payloads of one request taken in a row while others wait
 * @param maxQueued payloads that may wait
 * @param maxWait how long a request may wait before it is dropped unbegun
 */
public record EngineLimits(int workers, int maxBatch, int slice, int maxQueued, Duration maxWait) {
    public EngineLimits {
        if (workers < 1 || maxBatch < 1 || slice < 1 || maxQueued < 1 || maxWait.isNegative()) {
            throw new IllegalArgumentException("every limit of the engine is positive");
        }
    }
}
