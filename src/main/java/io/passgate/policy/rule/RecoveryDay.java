package io.passgate.policy.rule;

import io.passgate.model.Event.Recovery;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A day of a recovery from which a policy may count. */
public enum RecoveryDay {
    /** Release from isolation; a DCC does not carry it. */
    RELEASED_ON,
    /** From when the issuer lets it count (DCC {@code df}). */
    VALID_FROM,
    /** The first positive test (DCC {@code fr}). */
    FIRST_POSITIVE_ON;

    /** Stands for a day that is not there; no calendar has it. */
    static final long NOT_SHOWN = Long.MIN_VALUE;

    private long in(Recovery recovery) {
        return switch (this) {
            case RELEASED_ON -> epochDay(recovery.releasedOn());
            case VALID_FROM -> epochDay(recovery.validFrom());
            case FIRST_POSITIVE_ON -> recovery.firstPositiveOn().toEpochDay();
        };
    }

    private static long epochDay(Optional<LocalDate> day) {
        return day.isPresent() ? day.get().toEpochDay() : NOT_SHOWN;
    }

    /** The epoch day of the first of {@code wanted} that the recovery carries, or {@link #NOT_SHOWN}. */
    static long first(List<RecoveryDay> wanted, Recovery recovery) {
        for (int i = 0; i < wanted.size(); i++) {
            long day = wanted.get(i).in(recovery);
            if (day != NOT_SHOWN) {
                return day;
            }
        }
        return NOT_SHOWN;
    }
}
