package io.passgate.format.entrypass;

import java.time.Duration;

/**
 * How far an entry pass is accepted outside its 15 s, for the sake of clocks that differ.
 *
 * @param before how long before its {@code iat}, not negative
 * @param after how long after its {@code exp}, not negative
 */
public record PassTimes(Duration before, Duration after) {
    /** 5 s on both sides. */
    public static final PassTimes DEFAULT = new PassTimes(Duration.ofSeconds(5), Duration.ofSeconds(5));

    /**
     * Checks the tolerances.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public PassTimes {
        if (before.isNegative() || after.isNegative()) {
            throw new IllegalArgumentException("a tolerance is not negative");
        }
    }
}
