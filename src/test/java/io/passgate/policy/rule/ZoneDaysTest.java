package io.passgate.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every zone that the JDK has, around every change of its clocks, beside the JDK itself. */
final class ZoneDaysTest {
    private static final int[] DAYS_AROUND = {-2, -1, 0, 1, 2};
    private static final int[] SECONDS_AROUND = {-86_400, -1, 0, 1, 86_400};

    @Test
    void aDayAndItsLastSecond_areThoseOfTheJdk_aroundEveryChangeOfClocks() {
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            ZoneDays days = new ZoneDays(zone);
            assertSame(days, zone, Instant.parse("-1000-01-01T00:00:00Z"));
            assertSame(days, zone, Instant.parse("2022-03-27T00:00:00Z"));
            ZoneOffsetTransition next = zone.getRules().nextTransition(Instant.MIN);
            while (next != null && next.getInstant().isBefore(Instant.parse("2103-01-01T00:00:00Z"))) {
                for (int around : SECONDS_AROUND) {
                    assertSame(days, zone, next.getInstant().plusSeconds(around));
                }
                next = zone.getRules().nextTransition(next.getInstant());
            }
        }
    }

    @Test
    void daysBehindTheYear9999_endWithIt() {
        ZoneDays days = new ZoneDays(ZoneId.of("Europe/Berlin"));
        long last = Instant.parse("9999-12-31T22:59:59Z").getEpochSecond();
        assertThat(days.lastSecondOf(LocalDate.of(9999, 12, 31).toEpochDay())).isEqualTo(last);
        assertThat(days.lastSecondOf(LocalDate.MAX.toEpochDay())).isEqualTo(last);
    }

    private static void assertSame(ZoneDays days, ZoneId zone, Instant at) {
        LocalDate today = LocalDate.ofInstant(at, zone);
        assertThat(days.dayOf(at.getEpochSecond())).as("%s in %s", at, zone).isEqualTo(today.toEpochDay());
        for (int around : DAYS_AROUND) {
            LocalDate day = today.plusDays(around);
            assertThat(days.lastSecondOf(day.toEpochDay()))
                    .as("the end of %s in %s", day, zone)
                    .isEqualTo(day.plusDays(1).atStartOfDay(zone).toEpochSecond() - 1);
        }
    }
}
