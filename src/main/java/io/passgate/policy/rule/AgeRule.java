package io.passgate.policy.rule;

import io.passgate.model.Age;
import io.passgate.model.Event;
import java.util.List;

/**
 * Accepts a holder who is certainly not older than an age, whatever else is shown.
 *
 * @param limit the age up to which a holder is accepted
 */
public record AgeRule(AgeLimit limit) implements Rule {
    /** What a result names when this rule is met. */
    public static final String CODE = "under_age_exempt";

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public long judge(List<Event> events, Age age, long now, long today, ZoneDays days) {
        return limit.lastSecond(age, today, days);
    }
}
