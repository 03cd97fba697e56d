package io.passgate.format.hcert;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Dates and times in the shape that nearly all certificates have, {@code YYYY-MM-DD} and {@code YYYY-MM-DDThh:mm:ssZ},
 * where their bytes lie and without a formatter: that would cost more than all else a policy does. Every other shape is
 * {@link DccDates}' own.
 */
final class UsualDate {
    /** Stands for a text of another shape. */
    static final int NONE = -1;

    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 20;
    private static final long SECONDS_PER_DAY = 86_400;

    private UsualDate() {}

    /**
     * The day of a text that is one, or that has a {@code T} behind it.
     *
     * @return year * 10,000 + month * 100 + day, whatever month and day are, or {@link #NONE}
     */
    static int day(byte[] text, int start, int length) {
        boolean isAlone = length == DATE_LENGTH || length > DATE_LENGTH && text[start + DATE_LENGTH] == 'T';
        return isAlone ? day(text, start) : NONE;
    }

    private static int day(byte[] text, int at) {
        int century = two(text, at);
        int year = two(text, at + 2);
        int month = two(text, at + 5);
        int day = two(text, at + 8);
        boolean isDay = (century | year | month | day) >= 0 && text[at + 4] == '-' && text[at + 7] == '-';
        return isDay ? ((century * 100 + year) * 100 + month) * 100 + day : NONE;
    }

    /** Two digits, or {@link #NONE}. */
    private static int two(byte[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return (tens | (9 - tens) | ones | (9 - ones)) < 0 ? NONE : 10 * tens + ones;
    }

    static int year(int day) {
        return day / 10_000;
    }

    static int month(int day) {
        return day / 100 % 100;
    }

    static int dayOfMonth(int day) {
        return day % 100;
    }

    /**
     * What {@link #day} gave.
     *
     * @throws DateTimeException if no calendar has it
     */
    static LocalDate date(int day) {
        return LocalDate.of(year(day), month(day), dayOfMonth(day));
    }

    /** Whether a text is a time of this shape that a clock has; 24:00 and leap seconds are left to the formatter. */
    static boolean isUtcTime(byte[] text, int start, int length) {
        if (length != TIME_LENGTH || day(text, start) == NONE) {
            return false;
        }
        boolean isMarked = text[start + 10] == 'T'
                && text[start + 13] == ':'
                && text[start + 16] == ':'
                && text[start + 19] == 'Z';
        return isMarked
                && isUnder(24, two(text, start + 11))
                && isUnder(60, two(text, start + 14))
                && isUnder(60, two(text, start + 17));
    }

    private static boolean isUnder(int bound, int number) {
        return number != NONE && number < bound;
    }

    /**
     * The instant of such a time.
     *
     * @throws DateTimeException if no calendar has its day
     */
    static Instant utcTime(byte[] text, int start) {
        long second = two(text, start + 11) * 3_600L + two(text, start + 14) * 60L + two(text, start + 17);
        return Instant.ofEpochSecond(date(day(text, start)).toEpochDay() * SECONDS_PER_DAY + second);
    }
}
