package io.passgate.policy.rule;

import io.passgate.model.Age;

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
     * The last second at which the holder is certainly not older, or {@link RuleFinding#NOTHING} if that is not certain
     * now. Who is certainly born after today is of no age.
     *
     * <p>A band has no end: it says how old the holder was when the pass was made, and the pass ends within seconds.
     */
    long lastSecond(Age age, long today, ZoneDays days) {
        return switch (age) {
            case Age.Unknown _ -> RuleFinding.NOTHING;
            case Age.Band band -> upTo >= oldest(band.band()) ? RuleFinding.NO_END : RuleFinding.NOTHING;
            case Age.Born born -> lastSecond(born, today, days);
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

    private long lastSecond(Age.Born born, long today, ZoneDays days) {
        if (BirthDays.earliest(born) > today) {
            return RuleFinding.NOTHING;
        }
        long tooOldFrom = switch (countedBy) {
            case BIRTH_YEAR -> BirthDays.firstOf(born.year() + upTo + 1L);
            case BIRTHDAY -> BirthDays.birthday(born, upTo + 1);
        };
        return today < tooOldFrom ? days.lastSecondOf(tooOldFrom - 1) : RuleFinding.NOTHING;
    }
}
