package io.passgate.policy.rule;

import io.passgate.model.Event;
import io.passgate.model.Event.Recovery;
import io.passgate.model.Reason;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

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
    public void judge(Presented presented, Tally tally) {
        List<Event> events = presented.events();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Recovery recovery) {
                judge(recovery, presented.now(), tally);
            }
        }
    }

    private void judge(Recovery recovery, Moment now, Tally tally) {
        Optional<LocalDate> day = RecoveryDay.first(countFrom, recovery);
        if (now.daysSince(recovery.firstPositiveOn()) < 0) {
            tally.lacks(Reason.EVENT_IN_FUTURE);
        } else if (day.isEmpty()) {
            tally.lacks(Reason.RECOVERY_DAY_NOT_SHOWN);
        } else {
            long byDays = window.lastSecond(
                    day.get().toEpochDay(), now, tally, Reason.RECOVERY_WAIT_NOT_OVER, Reason.RECOVERY_OVER);
            tally.met(CODE, Math.min(byDays, byIssuer(recovery, now, tally)));
        }
    }

    private long byIssuer(Recovery recovery, Moment now, Tally tally) {
        if (issuerDates == IssuerDates.IGNORE) {
            return Tally.NO_END;
        }
        if (recovery.validFrom().isPresent()
                && now.daysSince(recovery.validFrom().get()) < 0) {
            tally.lacks(Reason.RECOVERY_WAIT_NOT_OVER);
            return Tally.NEVER;
        }
        if (recovery.validUntil().isEmpty()) {
            return Tally.NO_END;
        }
        LocalDate last = recovery.validUntil().get();
        if (now.daysSince(last) > 0) {
            tally.lacks(Reason.RECOVERY_OVER);
            return Tally.NEVER;
        }
        return now.lastSecondOf(last.toEpochDay());
    }
}
