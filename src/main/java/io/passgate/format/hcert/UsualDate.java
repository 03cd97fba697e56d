package io.passgate.format.hcert;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Dates and times in the shape that nearly all certificates have, {@code YYYY-MM-DD} and {@code YYYY-MM-DDThh:mm:ssZ},
 * without a formatter: that would cost more than all else a policy does. Every other shape is {@link DccDates}' own.
 */
final class UsualDate {
    private static final String DATE = "0000-00-00";
    private static final String UTC_TIME = "0000-00-00T00:00:00Z";
    private static final long SECONDS_PER_DAY = 86_400;

    private UsualDate() {}

    /** Whether a text starts with a date of this shape, whatever its month and day are. */
    static boolean startsIn(String text) {
        return hasShape(text, DATE);
    }

    /**
     * The day of a text that starts in one.
     *
     * @throws DateTimeException if no calendar has it
     */
    static LocalDate day(String text) {
        return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    }

    /** Whether a text is a time of this shape that a clock has; 24:00 and leap seconds are left to the formatter. */
    static boolean isUtcTime(String text) {
        return text.length() == UTC_TIME.length()
                && hasShape(text, UTC_TIME)
                && number(text, 11, 13) < 24
                && number(text, 14, 16) < 60
                && number(text, 17, 19) < 60;
    }

    /**
     * The instant of such a time.
     *
     * @throws DateTimeException if no calendar has its day
     */
    static Instant utcTime(String text) {
        long second = number(text, 11, 13) * 3_600L + number(text, 14, 16) * 60L + number(text, 17, 19);
        return Instant.ofEpochSecond(day(text).toEpochDay() * SECONDS_PER_DAY + second);
    }

    /** Whether a text has a digit wherever the shape has one, and what the shape has elsewhere. */
    private static boolean hasShape(String text, String shape) {
        if (text.length() < shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            char character = text.charAt(i);
            boolean fits = shape.charAt(i) == '0' ? character >= '0' && character <= '9' : character == shape.charAt(i);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
