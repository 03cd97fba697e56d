package io.passgate.policy.rule;

import io.passgate.model.Event;
import io.passgate.model.Event.Vaccination;
import io.passgate.model.Reason;
import io.passgate.model.Vaccinated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Accepts a dose that completes a primary series, or a booster.
 *
 * @param code what a result names when this rule is met: {@link #COMPLETE_CODE} or {@link #BOOSTER_CODE}
 * @param series which products count, and which doses complete a series
 * @param least what the dose must be at least: a booster also shows a completed series
 * @param window counted from the day of the dose
 * @param noEndUpTo the age up to which the window has no end, if there is one
 */
public record VaccinationRule(
        String code, Series series, Series.Standing least, DayWindow window, Optional<AgeLimit> noEndUpTo)
        implements Rule {

    /** A completed primary series. */
    public static final String COMPLETE_CODE = "vaccination_complete";

    /** A dose after a completed primary series. */
    public static final String BOOSTER_CODE = "vaccination_booster";

    @Override
    public void judge(Presented presented, Tally tally) {
        List<Event> events = presented.events();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Vaccination dose) {
                judge(dose, presented, tally);
            }
        }
    }

    private void judge(Vaccination dose, Presented presented, Tally tally) {
        if (!series.accepts(dose.product())) {
            tally.lacks(Reason.PRODUCT_NOT_ACCEPTED);
        } else if (series.standing(dose, presented.events()).compareTo(least) < 0) {
            tally.lacks(Reason.VACCINATION_INCOMPLETE);
        } else if (presented.now().daysSince(dose.on()) < 0) {
            tally.lacks(Reason.EVENT_IN_FUTURE);
        } else {
            tally.met(code, lastSecond(dose, presented, tally));
        }
    }

    /** How far these doses bring their holder; empty if there is none. */
    Optional<Vaccinated> vaccinated(List<Event> events, Moment now) {
        List<Vaccination> doses = new ArrayList<>();
        boolean complete = false;
        boolean waitOver = false;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Vaccination dose) {
                doses.add(dose);
                long days = now.daysSince(dose.on());
                if (days >= 0 && series.accepts(dose.product())) {
                    Series.Standing standing = series.standing(dose, events);
                    complete |= standing != Series.Standing.INCOMPLETE;
                    waitOver |= standing == Series.Standing.BOOSTED
                            || (standing == Series.Standing.COMPLETE && days >= window.from());
                }
            }
        }
        return doses.isEmpty() ? Optional.empty() : Optional.of(new Vaccinated(complete, waitOver, doses));
    }

    private long lastSecond(Vaccination dose, Presented presented, Tally tally) {
        Moment now = presented.now();
        long byDays = window.lastSecond(
                dose.on().toEpochDay(), now, tally, Reason.VACCINATION_WAIT_NOT_OVER, Reason.VACCINATION_OVER);
        if (noEndUpTo.isEmpty() || now.daysSince(dose.on()) < window.from()) {
            return byDays;
        }
        return Math.max(byDays, noEndUpTo.get().lastSecond(presented.age(), now));
    }
}
