package io.passgate.policy.rule;

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
    public void judge(Presented presented, Tally tally) {
        List<Event> events = presented.events();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Exemption exemption) {
                judge(exemption, presented.now(), tally);
            }
        }
    }

    private static void judge(Exemption exemption, Moment now, Tally tally) {
        if (exemption.until().isEmpty()) {
            tally.met(CODE, Tally.NO_END);
        } else if (now.daysSince(exemption.until().get()) > 0) {
            tally.lacks(Reason.EXEMPTION_OVER);
        } else {
            tally.met(CODE, now.lastSecondOf(exemption.until().get().toEpochDay()));
        }
    }
}
