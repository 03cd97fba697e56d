package io.passgate.policy.rule;

import io.passgate.model.Age;
import io.passgate.model.Event;
import io.passgate.model.Event.Recovery;
import io.passgate.model.Reason;
import java.util.List;

/**
 * Accepts a recovery for some days.
 *
 * @param countFrom the days to count from, in order of preference; at least one
 * @param window counted from that day
 * @param issuerDates what the issuer's own dates (DCC {@code df} and {@code du}) do
 */
public record RecoveryRule(List<RecoveryDay> countFrom, DayWindow window, IssuerDates issuerDates) implements Rule {
    /** What a result names when this rule is met. */
    public static final String CODE = "recovery";

    /** What the issuer's own dates do. */
    public enum IssuerDates {
        /** They narrow the window: what its issuer no longer lets count is not accepted. */
        RESPECT,
        /** Only the window counts. */
        IGNORE
    }

    /**
     * Checks and copies the days.
     *
     * @throws IllegalArgumentException if there is none
     */
    public RecoveryRule {
        if (countFrom.isEmpty()) {
            throw new IllegalArgumentException("a recovery is counted from at least one day");
        }
        countFrom = List.copyOf(countFrom);
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public long judge(List<Event> events, Age age, long now, long today, ZoneDays days) {
        long best = RuleFinding.NOTHING;
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Recovery recovery) {
                best = Math.max(best, judge(recovery, today, days));
            }
        }
        return best;
    }

    private long judge(Recovery recovery, long today, ZoneDays days) {
        if (today < recovery.firstPositiveOn().toEpochDay()) {
            return RuleFinding.lacks(Reason.EVENT_IN_FUTURE);
        }
        long day = RecoveryDay.first(countFrom, recovery);
        if (day == RecoveryDay.NOT_SHOWN) {
            return RuleFinding.lacks(Reason.RECOVERY_DAY_NOT_SHOWN);
        }
        long byDays = window.judge(day, today, days, Reason.RECOVERY_WAIT_NOT_OVER, Reason.RECOVERY_OVER);
        return issuerDates == IssuerDates.IGNORE ? byDays : RuleFinding.both(byDays, byIssuer(recovery, today, days));
    }

    private static long byIssuer(Recovery recovery, long today, ZoneDays days) {
        if (recovery.validFrom().isPresent()
                && today < recovery.validFrom().get().toEpochDay()) {
            return RuleFinding.lacks(Reason.RECOVERY_WAIT_NOT_OVER);
        }
        if (recovery.validUntil().isEmpty()) {
            return RuleFinding.NO_END;
        }
        long last = recovery.validUntil().get().toEpochDay();
        return today > last ? RuleFinding.lacks(Reason.RECOVERY_OVER) : days.lastSecondOf(last);
    }
}
