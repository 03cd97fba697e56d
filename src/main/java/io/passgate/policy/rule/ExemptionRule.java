package io.passgate.policy.rule;

import io.passgate.model.Age;
import io.passgate.model.Event;
import io.passgate.model.Event.Exemption;
import io.passgate.model.Reason;
import java.util.List;

/** Accepts a medical exemption through its last day. */
public record ExemptionRule() implements Rule {
    /** What a result names when this rule is met. */
    public static final String CODE = "medical_exemption";

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public long judge(List<Event> events, Age age, long now, long today, ZoneDays days) {
        long best = RuleFinding.NOTHING;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Exemption exemption) {
                best = Math.max(best, judge(exemption, today, days));
            }
        }
        return best;
    }

    private static long judge(Exemption exemption, long today, ZoneDays days) {
        if (exemption.until().isEmpty()) {
            return RuleFinding.NO_END;
        }
        long last = exemption.until().get().toEpochDay();
        return today > last ? RuleFinding.lacks(Reason.EXEMPTION_OVER) : days.lastSecondOf(last);
    }
}
