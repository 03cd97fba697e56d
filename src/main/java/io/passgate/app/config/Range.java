package io.passgate.app.config;

import java.time.Duration;

/** What the values of a configuration may be. An error begins with the key as it was given, and says the bounds. */
final class Range {
    static final int MAX_PORT = 65_535;
    static final int MAX_THREADS = 1_024;
    static final Duration MILLISECOND = Duration.ofMillis(1);
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** Stands for one per core. */
    private static final int PER_CORE = 0;

    /** Stands for what follows from other keys. */
    private static final long DERIVED = 0;

    /** No duration here makes sense beyond it, and sums with an instant stay within what it can say. */
    private static final Duration TEN_YEARS = Duration.ofDays(3_650);

    private Range() {}

    /** @throws IllegalArgumentException if the value is not within both bounds, which belong to the range */
    static void check(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + ": " + value + " is not in [" + min + ", " + max + "]");
        }
    }

    /** As {@link #check(String, Duration, Duration, Duration)}, up to ten years. */
    static void check(String key, Duration value, Duration min) {
        check(key, value, min, TEN_YEARS);
    }

    /** @throws IllegalArgumentException if the value is not within both bounds, which belong to the range */
    static void check(String key, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(key + ": " + value + " is not in [" + min + ", " + max + "]");
        }
    }

    /** Threads: as many as configured, or where that is 0 one per core. */
    static int threads(String key, int configured) {
        check(key, configured, PER_CORE, MAX_THREADS);
        return configured == PER_CORE ? Runtime.getRuntime().availableProcessors() : configured;
    }

    /** The configured value, which has to be within the bounds, or where it is 0 what follows from other keys. */
    static long derivable(String key, long configured, long min, long max, long derived) {
        if (configured == DERIVED) {
            return derived;
        }
        check(key, configured, min, max);
        return configured;
    }

    /** A problem told by the key that it is one of. */
    static IllegalArgumentException at(String key, IllegalArgumentException wrong) {
        return new IllegalArgumentException(key + ": " + wrong.getMessage(), wrong);
    }
}
