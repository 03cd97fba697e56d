package io.passgate.format.entrypass;

import java.time.Duration;

/**
 * How far an entry pass is accepted outside its 15 s, for the sake of clocks that differ.
 *
 * @param before its {@code iat}
 * @param after its {@code exp}
 */
public record PassTimes(Duration before, Duration after) {
    public static final PassTimes DEFAULT = new PassTimes(Duration.ofSeconds(5), Duration.ofSeconds(5));

    public PassTimes {
        if (before.isNegative() || after.isNegative()) {
            throw new IllegalArgumentException("a tolerance is not negative");
        }
    }
}
