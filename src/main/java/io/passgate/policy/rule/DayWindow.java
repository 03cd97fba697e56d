package io.passgate.policy.rule;

import io.passgate.model.Reason;
import java.util.OptionalInt;

/**
 * The calendar days after an event on which it counts, both ends included; the day of the event is day 0.
 *
 * @param from the first day it counts, 0 or more
 * @param until the last day it counts, or empty for no end
 */
public record DayWindow(int from, OptionalInt until) {
    /**
     * Checks the order of the days.
     *
     * @throws IllegalArgumentException if {@code 0 <= from <= until} does not hold
     */
    public DayWindow {
        if (from < 0 || until.orElse(from) < from) {
            throw new IllegalArgumentException("0 <= fromDay <= untilDay does not hold for " + from + " and " + until);
        }
    }

    /** The last second it counts, or what is lacking if it does not count today. */
    long judge(long eventDay, long today, ZoneDays days, Reason early, Reason late) {
        long day = today - eventDay;
        if (day < from) {
            return RuleFinding.lacks(early);
        }
        if (until.isEmpty()) {
            return RuleFinding.NO_END;
        }
        return day > until.getAsInt() ? RuleFinding.lacks(late) : days.lastSecondOf(eventDay + until.getAsInt());
    }
}
