package io.passgate.policy.rule;

import io.passgate.model.Age;
import java.time.LocalDate;

/**
 * An age up to which something holds.
 *
 * @param upTo the last age in years it holds at, 0 to 150
 * @param countedBy when a year of age is completed
 */
public record AgeLimit(int upTo, CountedBy countedBy) {
    /** When a year of age is completed. */
    public enum CountedBy {
        /** On 1 January: age is this year less the birth year. */
        BIRTH_YEAR,
        /** On the birthday; of an incomplete birth date the earliest possible day counts. */
        BIRTHDAY
    }

    /**
     * Checks the age.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public AgeLimit {
        if (upTo < 0 || upTo > 150) {
            throw new IllegalArgumentException("an age is from 0 to 150, not " + upTo);
        }
    }

    /**
     * The last second at which the holder is certainly not older, or {@link Tally#NEVER} if that is not certain now.
     * Who is certainly born after today is of no age.
     *
     * <p>A band has no end: it says how old the holder was when the pass was made, and the pass ends within seconds.
     */
    long lastSecond(Age age, Moment now) {
        return switch (age) {
            case Age.Unknown() -> Tally.NEVER;
            case Age.Band(Age.AgeBand band) -> upTo >= oldest(band) ? Tally.NO_END : Tally.NEVER;
            case Age.Born born -> lastSecond(born, now);
        };
    }

    /** The oldest a holder of a band can be. By birth year is never younger than by birthday, so it holds for both. */
    private static int oldest(Age.AgeBand band) {
        return switch (band) {
            case UP_TO_17 -> 17;
            case EIGHTEEN -> 18;
            case ADULT -> Integer.MAX_VALUE;
        };
    }

    private long lastSecond(Age.Born born, Moment now) {
        if (born.earliest().toEpochDay() > now.epochDay()) {
            return Tally.NEVER;
        }
        long tooOldFrom = switch (countedBy) {
            case BIRTH_YEAR -> LocalDate.of(born.year() + upTo + 1, 1, 1).toEpochDay();
            case BIRTHDAY -> born.earliest().plusYears(upTo + 1L).toEpochDay();
        };
        return now.epochDay() < tooOldFrom ? now.lastSecondOf(tooOldFrom - 1) : Tally.NEVER;
    }
}
