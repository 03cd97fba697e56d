package io.passgate.http.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Instants of whole seconds as {@link Instant#toString} writes them, such as {@code 2022-07-12T00:00:00Z}, in ASCII. */
final class UtcText {
    /** The longest: {@code -1000000000-01-01T00:00:00Z}. */
    static final int MAX_LENGTH = 27;

    private static final int SECONDS_PER_DAY = 86_400;

    /** From 0000-03-01, where years that end with their leap day begin, to 1970-01-01. */
    private static final int DAYS_BEFORE_1970 = 719_468;

    private static final int DAYS_PER_ERA = 146_097;
    private static final int YEARS_PER_ERA = 400;

    /** The end of the year 9999, the last of four digits. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private UtcText() {}

    /**
     * Writes an instant.
     *
     * @param out with room for {@link #MAX_LENGTH} bytes at {@code at}
     * @return the index after it
     */
    static int write(byte[] out, int at, long epochSecond) {
        if (epochSecond < 0 || epochSecond > LAST_SECOND) {
            byte[] text = Instant.ofEpochSecond(epochSecond).toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, out, at, text.length);
            return at + text.length;
        }
        int second = (int) (epochSecond % SECONDS_PER_DAY);
        int next = date(out, at, (int) (epochSecond / SECONDS_PER_DAY));
        next = two(out, next, second / 3_600, 'T', ':');
        next = two(out, next - 1, second / 60 % 60, ':', ':');
        return two(out, next - 1, second % 60, ':', 'Z');
    }

    /** The proleptic Gregorian date, by eras of 400 years that begin in March, so that the leap day is a year's last. */
    private static int date(byte[] out, int at, int epochDay) {
        int days = epochDay + DAYS_BEFORE_1970;
        int era = days / DAYS_PER_ERA;
        int day = days % DAYS_PER_ERA;
        int yearOfEra = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        int dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = era * YEARS_PER_ERA + yearOfEra + (month <= 2 ? 1 : 0);
        digits(out, at, year / 100);
        digits(out, at + 2, year % 100);
        int next = two(out, at + 4, month, '-', '-');
        return two(out, next - 1, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, '-', 'T') - 1;
    }

    private static int two(byte[] out, int at, int value, char before, char after) {
        out[at] = (byte) before;
        digits(out, at + 1, value);
        out[at + 3] = (byte) after;
        return at + 4;
    }

    private static void digits(byte[] out, int at, int value) {
        out[at] = (byte) ('0' + value / 10);
        out[at + 1] = (byte) ('0' + value % 10);
    }
}
