package io.passgate.policy.rule;

import io.passgate.model.Age;
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
    public long judge(List<Event> events, Age age, long now, long today, ZoneDays days) {
        long best = RuleFinding.NOTHING;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Vaccination dose) {
                best = Math.max(best, judge(dose, events, age, today, days));
            }
        }
        return best;
    }

    private long judge(Vaccination dose, List<Event> events, Age age, long today, ZoneDays days) {
        if (!series.accepts(dose.product())) {
            return RuleFinding.lacks(Reason.PRODUCT_NOT_ACCEPTED);
        }
        if (series.standing(dose, events).compareTo(least) < 0) {
            return RuleFinding.lacks(Reason.VACCINATION_INCOMPLETE);
        }
        long on = dose.on().toEpochDay();
        if (today < on) {
            return RuleFinding.lacks(Reason.EVENT_IN_FUTURE);
        }
        long byDays = window.judge(on, today, days, Reason.VACCINATION_WAIT_NOT_OVER, Reason.VACCINATION_OVER);
        return noEndUpTo.isEmpty() || today - on < window.from()
                ? byDays
                : Math.max(byDays, noEndUpTo.get().lastSecond(age, today, days));
    }

    /** How far these doses bring their holder; empty if there is none. */
    Optional<Vaccinated> vaccinated(List<Event> events, long today) {
        List<Vaccination> doses = new ArrayList<>();
        boolean complete = false;
        boolean waitOver = false;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Vaccination dose) {
                doses.add(dose);
                long since = today - dose.on().toEpochDay();
                if (since >= 0 && series.accepts(dose.product())) {
                    Series.Standing standing = series.standing(dose, events);
                    complete |= standing != Series.Standing.INCOMPLETE;
                    waitOver |= standing == Series.Standing.BOOSTED
                            || (standing == Series.Standing.COMPLETE && since >= window.from());
                }
            }
        }
        return doses.isEmpty() ? Optional.empty() : Optional.of(new Vaccinated(complete, waitOver, doses));
    }
}
