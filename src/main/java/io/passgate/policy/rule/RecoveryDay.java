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

    private Optional<LocalDate> in(Recovery recovery) {
        return switch (this) {
            case RELEASED_ON -> recovery.releasedOn();
            case VALID_FROM -> recovery.validFrom();
            case FIRST_POSITIVE_ON -> Optional.of(recovery.firstPositiveOn());
        };
    }

    /** The first of {@code wanted} that the recovery carries. */
    static Optional<LocalDate> first(List<RecoveryDay> wanted, Recovery recovery) {
        for (int i = 0; i < wanted.size(); i++) {
            Optional<LocalDate> day = wanted.get(i).in(recovery);
            if (day.isPresent()) {
                return day;
            }
        }
        return Optional.empty();
    }
}
