package io.passgate.policy.rule;

import io.passgate.model.Age;
import io.passgate.model.Event;
import io.passgate.model.Event.Test;
import io.passgate.model.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Accepts a test with an accepted result for some hours.
 *
 * @param results the accepted results (DCC {@code tr})
 * @param validities how long a test is accepted, by its type (DCC {@code tt}); other types are not
 */
public record TestRule(Set<String> results, Map<String, Validity> validities) implements Rule {
    /** What a result names when this rule is met. */
    public static final String CODE = "test_negative";

    /** What the hours of a test run to. */
    public enum End {
        /** Accepted up to the second in which the hours end, that second included. */
        EXACT,
        /** Accepted until 24:00 of the day on which the hours end. */
        END_OF_DAY
    }

    /**
     * How long a test is accepted.
     *
     * @param hours counted from the sample, at least 1
     * @param end what they run to
     */
    public record Validity(int hours, End end) {
        /**
         * Checks the hours.
         *
         * @throws IllegalArgumentException if there are fewer than 1
         */
        public Validity {
            if (hours < 1) {
                throw new IllegalArgumentException("a test is accepted for at least 1 hour, not " + hours);
            }
        }

        long seconds() {
            return hours * 3_600L;
        }
    }

    /**
     * Checks and copies results and types.
     *
     * @throws IllegalArgumentException if there is no result or no type
     */
    public TestRule {
        if (results.isEmpty() || validities.isEmpty()) {
            throw new IllegalArgumentException("without a result or a type no test is accepted");
        }
        results = Set.copyOf(results);
        validities = Map.copyOf(validities);
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public long judge(List<Event> events, Age age, long now, long today, ZoneDays days) {
        long best = RuleFinding.NOTHING;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Test test) {
                best = Math.max(best, judge(test, now, today, days));
            }
        }
        return best;
    }

    private long judge(Test test, long now, long today, ZoneDays days) {
        Validity validity = validities.get(test.type());
        if (validity == null) {
            return RuleFinding.lacks(Reason.TEST_TYPE_NOT_ACCEPTED);
        }
        if (!results.contains(test.result())) {
            return RuleFinding.lacks(Reason.TEST_RESULT_NOT_ACCEPTED);
        }
        long sampled = test.at().getEpochSecond();
        if (sampled > now) {
            return RuleFinding.lacks(Reason.EVENT_IN_FUTURE);
        }
        long hoursOver = sampled + validity.seconds();
        return switch (validity.end()) {
            case EXACT -> now > hoursOver ? RuleFinding.lacks(Reason.TEST_TOO_OLD) : hoursOver;
            case END_OF_DAY -> {
                long last = days.dayOf(hoursOver);
                yield today > last ? RuleFinding.lacks(Reason.TEST_TOO_OLD) : days.lastSecondOf(last);
            }
        };
    }
}
