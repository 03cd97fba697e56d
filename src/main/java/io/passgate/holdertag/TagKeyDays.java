package io.passgate.holdertag;

import io.passgate.model.Korea;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The days whose keys a gateway has at a moment.
 *
 * @param first before which no day's key is needed: yesterday until five past midnight
 * @param today the day in Asia/Seoul
 * @param next the day whose key is made ahead of midnight, from 23:00 on
 */
public record TagKeyDays(LocalDate first, LocalDate today, Optional<LocalDate> next) {
    /** Yesterday's passes have run out, and nobody looks for their holders any more. */
    private static final LocalTime YESTERDAY_IS_OVER = LocalTime.of(0, 5);

    /** The next day's key is there before midnight, at every gateway. */
    private static final LocalTime TOMORROW_IS_NEAR = LocalTime.of(23, 0);

    /**
     * {@return the days of a moment}
     *
     * @param now any moment, whatever zone this machine is in
     */
    public static TagKeyDays at(Instant now) {
        ZonedDateTime here = now.atZone(Korea.ZONE);
        LocalDate today = here.toLocalDate();
        LocalTime time = here.toLocalTime();
        return new TagKeyDays(
                time.isBefore(YESTERDAY_IS_OVER) ? today.minusDays(1) : today,
                today,
                time.isAfter(TOMORROW_IS_NEAR) ? Optional.of(today.plusDays(1)) : Optional.empty());
    }
}
