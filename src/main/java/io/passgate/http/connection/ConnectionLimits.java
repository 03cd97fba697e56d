package io.passgate.http.connection;

import java.time.Duration;

/**
 * Bounds on what clients may hold.
 *
 * @param maxConnections connections in all
 * @param maxPerAddress connections of one address
 * @param maxHeldBytes bytes of all connections that wait: answers that are not taken, and requests behind them
 * @param maxHeldBytesEach the same of one connection
 * @param requestPatience from a request's first byte to its last
 * @param answerPatience from an answer's first byte that is not taken to its last
 */
public record ConnectionLimits(
        int maxConnections,
        int maxPerAddress,
        long maxHeldBytes,
        long maxHeldBytesEach,
        Duration requestPatience,
        Duration answerPatience) {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a bound is not positive, or a part is larger than the whole
     */
    public ConnectionLimits {
        if (maxConnections < 1
                || maxPerAddress < 1
                || maxHeldBytesEach < 1
                || maxHeldBytes < maxHeldBytesEach
                || !isPositive(requestPatience)
                || !isPositive(answerPatience)) {
            throw new IllegalArgumentException("limits of connections out of bounds");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
