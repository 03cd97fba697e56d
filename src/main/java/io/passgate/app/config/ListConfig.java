package io.passgate.app.config;

import static io.passgate.app.config.Range.check;

import java.time.Duration;
import java.util.List;

/** Where lists come from, and how long they are trusted. */
public final class ListConfig {
    private ListConfig() {}

    /** The trust list. */
    public record Trust(List<String> sources, Duration reloadEvery, Duration warnAge, Duration hardAge) {
        /** @throws IllegalArgumentException that names the first key out of range */
        public Trust {
            sources = List.copyOf(sources);
            check("reloadEvery", reloadEvery, Range.MILLISECOND);
            checkAges("trust", warnAge, hardAge);
        }
    }

    /** The revocation list. */
    public record Revocations(Duration warnAge, Duration hardAge) {
        /** @throws IllegalArgumentException that names the first key out of range */
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
