package io.passgate.policy.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The instant of a check, as a second and as a calendar day of the policy's zone.
 *
 * <p>Days are counted as epoch days ({@link LocalDate#toEpochDay}), so that no date in a credential, however absurd,
 * leaves their range; only the last day of a finding is turned into seconds.
 */
record Moment(ZoneId zone, long epochSecond, long epochDay) {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long FARTHEST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    static Moment of(Instant at, ZoneId zone) {
        return new Moment(zone, at.getEpochSecond(), dayOf(at, zone));
    }

    private static long dayOf(Instant instant, ZoneId zone) {
        long local =
                instant.getEpochSecond() + zone.getRules().getOffset(instant).getTotalSeconds();
        return Math.floorDiv(local, SECONDS_PER_DAY);
    }

    /** The epoch day on which a second falls. */
    long dayOf(long second) {
        return dayOf(Instant.ofEpochSecond(second), zone);
    }

    /** Full calendar days from {@code day} to today: 0 on the day itself, negative before. */
    long daysSince(LocalDate day) {
        return epochDay - day.toEpochDay();
    }

    /** The last second of an epoch day, or of the year 9999 for later ones: 24:00 is the first of the next day. */
    long lastSecondOf(long day) {
        LocalDate next = LocalDate.ofEpochDay(Math.min(day, FARTHEST_DAY) + 1);
        return next.atStartOfDay(zone).toEpochSecond() - 1;
    }
}
