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

    /** The last second it counts, or {@link Tally#NEVER} with the lack told to the tally if it does not count today. */
    long lastSecond(long eventDay, Moment now, Tally tally, Reason early, Reason late) {
        long day = now.epochDay() - eventDay;
        if (day < from) {
            tally.lacks(early);
            return Tally.NEVER;
        }
        if (until.isEmpty()) {
            return Tally.NO_END;
        }
        if (day > until.getAsInt()) {
            tally.lacks(late);
            return Tally.NEVER;
        }
        return now.lastSecondOf(eventDay + until.getAsInt());
    }
}
