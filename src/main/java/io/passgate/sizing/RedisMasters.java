package io.passgate.sizing;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How many servers the shards of one-time use are spread over. A master has whole shards, and runs their scripts on one
 * thread.
 *
 * @param needed the fewest whose fullest one is loaded no more than it may be
 * @param count as many as are run: one, or those of a cluster
 */
public record RedisMasters(int needed, int count) {
    /** By which the keys of check-ins are spread. */
    public static final int SHARDS = 16;

    /** A cluster with fewer could not agree on a failover. */
    public static final int LEAST_OF_A_CLUSTER = 3;

    /** {@return what so many cores of scripts need; empty where a shard alone is too much for one} */
    static Optional<RedisMasters> of(BigDecimal cores, BigDecimal load) {
        for (int count = 1; count <= SHARDS; count++) {
            if (onFullest(cores, count).compareTo(load) <= 0) {
                return Optional.of(new RedisMasters(count, count == 1 ? 1 : Math.max(count, LEAST_OF_A_CLUSTER)));
            }
        }
        return Optional.empty();
    }

    /** {@return the shards on the fullest of so many masters, when they are spread evenly} */
    static int shardsOnFullest(int count) {
        return Math.ceilDiv(SHARDS, count);
    }

    /** {@return how much of a whole is on the fullest of so many masters} */
    static BigDecimal onFullest(BigDecimal whole, int count) {
        return whole.multiply(BigDecimal.valueOf(shardsOnFullest(count))).divide(BigDecimal.valueOf(SHARDS));
    }
}
