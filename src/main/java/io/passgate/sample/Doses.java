package io.passgate.sample;

import io.passgate.model.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/**
 * When the events of invented people were: mostly such that the rules of 2021 and 2022 are met. About one dose of
 * fourteen leaves a series incomplete, one completes it less than 14 days ago and one long ago; one test of six is too
 * old for any rule, and one recovery of six is over.
 */
final class Doses {
    private static final int PARTS = 14;
    private static final int MINUTES_A_DAY = 24 * 60;

    private Doses() {}

    /** The newest dose of somebody. */
    static Event.Vaccination last(RandomGenerator random, SamplePeople.Vaccine vaccine, LocalDate today) {
        return switch (random.nextInt(PARTS)) {
            case 0 -> vaccine.dose(Math.max(1, vaccine.doses() - 1), today.minusDays(random.nextInt(20, 260)));
            case 1 -> vaccine.dose(vaccine.doses(), today.minusDays(random.nextInt(1, 14)));
            case 2 -> vaccine.dose(vaccine.doses(), today.minusDays(random.nextInt(271, 400)));
            default -> vaccine.dose(vaccine.doses(), today.minusDays(random.nextInt(20, 175)));
        };
    }

    /** When a test was made. */
    static Instant sampledAt(RandomGenerator random, Instant at) {
        boolean old = random.nextInt(6) == 0;
        int minutes = old
                ? random.nextInt(5 * MINUTES_A_DAY, 10 * MINUTES_A_DAY)
                : random.nextInt(MINUTES_A_DAY / 24, MINUTES_A_DAY * 5 / 6);
        return at.minus(minutes, ChronoUnit.MINUTES);
    }

    /** The day of a first positive test. */
    static LocalDate infected(RandomGenerator random, LocalDate today) {
        boolean over = random.nextInt(6) == 0;
        return today.minusDays(over ? random.nextInt(190, 400) : random.nextInt(15, 170));
    }
}
