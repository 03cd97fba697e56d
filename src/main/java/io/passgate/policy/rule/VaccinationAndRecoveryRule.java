package io.passgate.policy.rule;

import io.passgate.model.Age;
import io.passgate.model.Event;
import io.passgate.model.Event.Recovery;
import io.passgate.model.Event.Vaccination;
import io.passgate.model.Reason;
import java.util.List;

/**
 * Accepts a completed series and a recovery shown together.
 *
 * @param series which doses complete a series
 * @param leastDose the number the completing dose must have at least
 * @param infectedBefore counted from the completing dose, if the first positive test was on its day or before
 * @param infectedAfter counted from the release, if the first positive test was after the completing dose
 * @param releaseFrom what to take as the day of release, in order of preference
 */
public record VaccinationAndRecoveryRule(
        Series series, int leastDose, DayWindow infectedBefore, DayWindow infectedAfter, List<RecoveryDay> releaseFrom)
        implements Rule {
    /** What a result names when this rule is met. */
    public static final String CODE = "vaccination_and_recovery";

    /**
     * Checks the dose's number, and checks and copies the days.
     *
     * @throws IllegalArgumentException if the number is less than 1, or there is no day
     */
    public VaccinationAndRecoveryRule {
        if (leastDose < 1) {
            throw new IllegalArgumentException("a dose's number is at least 1, not " + leastDose);
        }
        if (releaseFrom.isEmpty()) {
            throw new IllegalArgumentException("a release is taken from at least one day");
        }
        releaseFrom = List.copyOf(releaseFrom);
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public long judge(List<Event> events, Age age, long now, long today, ZoneDays days) {
        long best = RuleFinding.NOTHING;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Vaccination dose && counts(dose, events, today)) {
                best = Math.max(best, judge(dose, events, today, days));
            }
        }
        return best;
    }

    /** A dose that does not count lacks nothing here: the rules for doses and recoveries alone say what it lacks. */
    private boolean counts(Vaccination dose, List<Event> events, long today) {
        return dose.dose() >= leastDose
                && series.accepts(dose.product())
                && series.standing(dose, events) != Series.Standing.INCOMPLETE
                && today >= dose.on().toEpochDay();
    }

    private long judge(Vaccination dose, List<Event> events, long today, ZoneDays days) {
        long best = RuleFinding.NOTHING;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Recovery recovery
                    && today >= recovery.firstPositiveOn().toEpochDay()) {
                best = Math.max(best, judge(dose, recovery, today, days));
            }
        }
        return best;
    }

    private long judge(Vaccination dose, Recovery recovery, long today, ZoneDays days) {
        if (!recovery.firstPositiveOn().isAfter(dose.on())) {
            return infectedBefore.judge(
                    dose.on().toEpochDay(), today, days, Reason.VACCINATION_WAIT_NOT_OVER, Reason.VACCINATION_OVER);
        }
        long released = RecoveryDay.first(releaseFrom, recovery);
        return released == RecoveryDay.NOT_SHOWN
                ? RuleFinding.lacks(Reason.RECOVERY_DAY_NOT_SHOWN)
                : infectedAfter.judge(released, today, days, Reason.RECOVERY_WAIT_NOT_OVER, Reason.RECOVERY_OVER);
    }
}
