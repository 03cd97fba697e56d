package io.passgate.engine;

import java.time.Duration;

/**
 * The engine's size.
 *
 * @param workers threads that judge; one per core by default
 * @param maxBatch payloads judged together at most
 * @param slice payloads of one request taken in a row while others wait
 * @param maxQueued payloads that may wait
 * @param maxQueuedPerAsker and of one asker, in the queue and in the slow path
 * @param maxWait how long a request may wait before it is dropped unbegun, and a payload in the slow path
 * @param targetDelay from how long a wait on no more requests should come of the asker who waits, and from twice as long
 *     a wait on none of anybody
 * @param slowPath where payloads go whose signatures are dear
 */
public record EngineLimits(
        int workers,
        int maxBatch,
        int slice,
        int maxQueued,
        int maxQueuedPerAsker,
        Duration maxWait,
        Duration targetDelay,
        SlowPath slowPath) {

    /**
     * The slow path of payloads whose signatures would hold up a batch.
     *
     * @param threads threads that do nothing else; idle workers help
     * @param maxItems payloads that may wait in it
     */
    public record SlowPath(int threads, int maxItems) {
        /**
         * Checks the limits.
         *
         * @throws IllegalArgumentException if one is less than 1
         */
        public SlowPath {
            if (threads < 1 || maxItems < 1) {
                throw new IllegalArgumentException("every limit of the slow path is positive");
            }
        }
    }

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is less than 1, or a wait is negative
     */
    public EngineLimits {
        if (workers < 1
                || maxBatch < 1
                || slice < 1
                || maxQueued < 1
                || maxQueuedPerAsker < 1
                || maxWait.isNegative()
                || targetDelay.isNegative()) {
            throw new IllegalArgumentException("every limit of the engine is positive");
        }
    }

    /**
     * Where one asker may fill the queue, however long that takes.
     *
     * @param workers threads that judge
     * @param maxBatch payloads judged together at most
     * @param slice payloads of one request taken in a row while others wait
     * @param maxQueued payloads that may wait, of all askers and of one
     * @param maxWait how long a request may wait
     * @param slowPath where payloads go whose signatures are dear
     */
    public EngineLimits(int workers, int maxBatch, int slice, int maxQueued, Duration maxWait, SlowPath slowPath) {
        this(workers, maxBatch, slice, maxQueued, maxQueued, maxWait, maxWait, slowPath);
    }

    /**
     * With a slow path of one thread and as much room as the queue has.
     *
     * @param workers threads that judge
     * @param maxBatch payloads judged together at most
     * @param slice payloads of one request taken in a row while others wait
     * @param maxQueued payloads that may wait, in the queue and again in the slow path
     * @param maxWait how long a request may wait
     */
    public EngineLimits(int workers, int maxBatch, int slice, int maxQueued, Duration maxWait) {
        this(workers, maxBatch, slice, maxQueued, maxWait, new SlowPath(1, maxQueued));
    }
}
