package io.passgate.policy.rule;

import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import java.time.Instant;
import java.util.Optional;

/** What the rules have found so far: the met one with the latest end, and the nearest lack. */
final class Tally {
    /** An end that never comes. */
    static final long NO_END = Long.MAX_VALUE;

    /** An end before all time: not met. */
    static final long NEVER = Long.MIN_VALUE;

    private String rule = "";
    private long untilEpochSecond = NEVER;
    private Reason nearest = Reason.NO_RECORD_SHOWN;

    void met(String code, long lastEpochSecond) {
        if (lastEpochSecond > untilEpochSecond) {
            rule = code;
            untilEpochSecond = lastEpochSecond;
        }
    }

    void lacks(Reason reason) {
        if (reason.compareTo(nearest) < 0) {
            nearest = reason;
        }
    }

    PolicyResult finding() {
        if (untilEpochSecond == NEVER) {
            return new PolicyResult.NotMet(nearest);
        }
        return new PolicyResult.Met(
                rule,
                untilEpochSecond == NO_END ? Optional.empty() : Optional.of(Instant.ofEpochSecond(untilEpochSecond)));
    }
}
