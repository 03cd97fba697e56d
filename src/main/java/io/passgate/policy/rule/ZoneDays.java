package io.passgate.policy.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The calendar days of one zone, as epoch days ({@link LocalDate#toEpochDay}), so that no date in a credential, however
 * absurd, leaves their range; only the last day of a finding is turned into seconds.
 *
 * <p>A zone's offsets are looked up once, when its policy is read. From then on a day is a search in a table, and
 * nothing is allocated, for any instant before the year 2100, and in zones that change their clocks no more for any at
 * all. Behind that the JDK is asked.
 */
final class ZoneDays {
    private static final int SECONDS_PER_DAY = 86_400;

    /** No offset is larger, to either side ({@link java.time.ZoneOffset}). */
    private static final int MOST_OFFSET = 18 * 3_600;

    private static final long FARTHEST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    /** For zones whose rules go on for ever. */
    private static final Instant HORIZON = Instant.parse("2100-01-01T00:00:00Z");

    private final ZoneId zone;

    /** From this second on the table says nothing. */
    private final long endSecond;

    /** The seconds in which the clocks were changed, from the second entry on; the first is before all time. */
    private final long[] starts;

    /** The seconds that clocks are ahead of UTC from the start with the same index on. */
    private final int[] offsets;

    ZoneDays(ZoneId zone) {
        this.zone = zone;
        ZoneRules rules = zone.getRules();
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(Instant.MIN);
        while (next != null && next.getInstant().isBefore(HORIZON)) {
            changes.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        endSecond = next == null ? Long.MAX_VALUE : HORIZON.getEpochSecond();
        starts = new long[changes.size() + 1];
        offsets = new int[changes.size() + 1];
        starts[0] = Long.MIN_VALUE;
        offsets[0] = rules.getOffset(Instant.MIN).getTotalSeconds();
        for (int i = 0; i < changes.size(); i++) {
            starts[i + 1] = changes.get(i).toEpochSecond();
            offsets[i + 1] = changes.get(i).getOffsetAfter().getTotalSeconds();
        }
    }

    /** The epoch day on which a second falls. */
    long dayOf(long second) {
        int offset = second < endSecond
                ? offsets[stretchOf(second)]
                : zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        return Math.floorDiv(second + offset, SECONDS_PER_DAY);
    }

    /** The last second of an epoch day, or of the year 9999 for later ones: 24:00 is the first of the next day. */
    long lastSecondOf(long day) {
        return firstSecondOf(Math.min(day, FARTHEST_DAY) + 1) - 1;
    }

    /** As {@link LocalDate#atStartOfDay(ZoneId)}: where clocks skip midnight, the second in which they are changed. */
    private long firstSecondOf(long day) {
        long midnight = day * SECONDS_PER_DAY;
        if (midnight >= endSecond - MOST_OFFSET) {
            return LocalDate.ofEpochDay(day).atStartOfDay(zone).toEpochSecond();
        }
        int stretch = stretchOf(midnight - MOST_OFFSET);
        while (true) {
            long second = midnight - offsets[stretch];
            if (second < starts[stretch]) {
                return starts[stretch];
            }
            if (stretch == starts.length - 1 || second < starts[stretch + 1]) {
                return second;
            }
            stretch++;
        }
    }

    /** The index of the last start that is not after a second. */
    private int stretchOf(long second) {
        int last = starts.length - 1;
        if (second >= starts[last]) {
            return last;
        }
        int found = Arrays.binarySearch(starts, second);
        return found >= 0 ? found : -found - 2;
    }
}
