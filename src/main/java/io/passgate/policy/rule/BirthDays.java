package io.passgate.policy.rule;

import io.passgate.model.Age;

/** Days that follow from a birth date, as epoch days and without an object for each. */
final class BirthDays {
    private static final int FEBRUARY = 2;
    private static final int LEAP_DAY = 29;

    /** Days from 1 March of the year 0 to 1 January 1970. */
    private static final long TO_1970 = 719_468;

    private BirthDays() {}

    /** As {@link Age.Born#earliest}. */
    static long earliest(Age.Born born) {
        return epochDay(born.year(), month(born), day(born));
    }

    /** 1 January of a year. */
    static long firstOf(long year) {
        return epochDay(year, 1, 1);
    }

    /** The day that completes a number of years: 28 February for who is born on the 29th, where there is none. */
    static long birthday(Age.Born born, int years) {
        long year = (long) born.year() + years;
        int day = day(born);
        boolean isMissing = month(born) == FEBRUARY && day == LEAP_DAY && !isLeap(year);
        return epochDay(year, month(born), isMissing ? day - 1 : day);
    }

    private static int month(Age.Born born) {
        return born.month().isPresent() ? born.month().get() : 1;
    }

    private static int day(Age.Born born) {
        return born.day().isPresent() ? born.day().get() : 1;
    }

    private static boolean isLeap(long year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Years are counted from March, so that the leap day is the last of its year. */
    private static long epochDay(long year, int month, int day) {
        long shifted = month > FEBRUARY ? year : year - 1;
        int sinceMarch = (month + 9) % 12;
        long leapDays = Math.floorDiv(shifted, 4L) - Math.floorDiv(shifted, 100L) + Math.floorDiv(shifted, 400L);
        return 365 * shifted + leapDays + (153 * sinceMarch + 2) / 5 + day - 1 - TO_1970;
    }
}
