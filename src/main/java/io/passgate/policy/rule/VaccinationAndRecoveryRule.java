package io.passgate.policy.rule;

import io.passgate.model.Event;
import io.passgate.model.Event.Recovery;
import io.passgate.model.Event.Vaccination;
import io.passgate.model.Reason;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

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
    public void judge(Presented presented, Tally tally) {
        List<Event> events = presented.events();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Vaccination dose && counts(dose, presented)) {
                judge(dose, presented, tally);
            }
        }
    }

    /** A dose that does not count lacks nothing here: the rules for doses and recoveries alone say what it lacks. */
    private boolean counts(Vaccination dose, Presented presented) {
        return dose.dose() >= leastDose
                && series.accepts(dose.product())
                && series.standing(dose, presented.events()) != Series.Standing.INCOMPLETE
                && presented.now().daysSince(dose.on()) >= 0;
    }

    private void judge(Vaccination dose, Presented presented, Tally tally) {
        List<Event> events = presented.events();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Recovery recovery
                    && presented.now().daysSince(recovery.firstPositiveOn()) >= 0) {
                tally.met(CODE, lastSecond(dose, recovery, presented.now(), tally));
            }
        }
    }

    private long lastSecond(Vaccination dose, Recovery recovery, Moment now, Tally tally) {
        if (!recovery.firstPositiveOn().isAfter(dose.on())) {
            return infectedBefore.lastSecond(
                    dose.on().toEpochDay(), now, tally, Reason.VACCINATION_WAIT_NOT_OVER, Reason.VACCINATION_OVER);
        }
        Optional<LocalDate> released = RecoveryDay.first(releaseFrom, recovery);
        if (released.isEmpty()) {
            tally.lacks(Reason.RECOVERY_DAY_NOT_SHOWN);
            return Tally.NEVER;
        }
        return infectedAfter.lastSecond(
                released.get().toEpochDay(), now, tally, Reason.RECOVERY_WAIT_NOT_OVER, Reason.RECOVERY_OVER);
    }
}
