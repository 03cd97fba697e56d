package io.passgate.app.config;

import static io.passgate.app.config.Range.check;

import java.time.Duration;
import java.util.List;

/** Where lists come from, and how long they are trusted. */
public final class ListConfig {
    private ListConfig() {}

    /**
     * The trust list. The ages are those of a list that nothing has confirmed.
     *
     * @param sources files or folders, relative to the configuration's; empty with a database
     * @param reloadEvery how often the files are looked at
     * @param warnAge from which on an unknown KID cannot be told
     * @param hardAge from which on no signature can be told; at least {@code warnAge}
     */
    public record Trust(List<String> sources, Duration reloadEvery, Duration warnAge, Duration hardAge) {
        /**
         * Holds each key to its range.
         *
         * @throws IllegalArgumentException that names the first key out of range
         */
        public Trust {
            sources = List.copyOf(sources);
            check("reloadEvery", reloadEvery, Range.MILLISECOND);
            checkAges("trust", warnAge, hardAge);
        }
    }

    /**
     * The revocation list. The ages are those of a list that nothing has confirmed.
     *
     * @param warnAge from which on readiness and metrics warn
     * @param hardAge from which on no certificate can be told; at least {@code warnAge}
     */
    public record Revocations(Duration warnAge, Duration hardAge) {
        /**
         * Holds each key to its range.
         *
         * @throws IllegalArgumentException that names the first key out of range
         */
        public Revocations {
            checkAges("revocations", warnAge, hardAge);
        }
    }

    private static void checkAges(String list, Duration warnAge, Duration hardAge) {
        check("warnAge", warnAge, Range.MILLISECOND);
        check("hardAge", hardAge, Range.MILLISECOND);
        if (hardAge.compareTo(warnAge) < 0) {
            throw new IllegalArgumentException("hardAge: is less than " + list + ".warnAge");
        }
    }
}
