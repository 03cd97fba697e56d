package io.passgate.policy.rule;

import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;

/**
 * What a rule finds, as one number of which the greater is the better, so that a payload is judged without an object:
 * the last second in which the rule is met, or what it lacks. Any second is greater than any lack, a nearer lack than a
 * farther one, and {@link #NOTHING} than none of them.
 */
final class RuleFinding {
    /** An end that never comes. */
    static final long NO_END = Long.MAX_VALUE;

    /** Not met, and nothing to be told of it. */
    static final long NOTHING = Long.MIN_VALUE;

    private static final Reason[] REASONS = Reason.values();

    /** The greatest number of a lack, and far below the first second of {@link java.time.Instant}. */
    private static final long NEAREST = NOTHING + REASONS.length;

    private static final PolicyResult.NotMet[] NOT_MET = new PolicyResult.NotMet[REASONS.length];

    static {
        for (Reason reason : REASONS) {
            NOT_MET[reason.ordinal()] = new PolicyResult.NotMet(reason);
        }
    }

    private RuleFinding() {}

    static long lacks(Reason reason) {
        return NEAREST - reason.ordinal();
    }

    static boolean isMet(long finding) {
        return finding > NEAREST;
    }

    /** What is found where two conditions have to hold. */
    static long both(long one, long other) {
        long better = Math.max(one, other);
        return isMet(better) ? Math.min(one, other) : better;
    }

    /** The result of a finding that lacks something. */
    static PolicyResult notMet(long finding) {
        return NOT_MET[(int) (NEAREST - finding)];
    }
}
