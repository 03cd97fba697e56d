package io.passgate.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** What an entry's fields have to look like. What was given is in no message. */
final class HealthRecordShape {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9/._-]{1,40}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final int MAX_COUNT = 99;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2100;
    private static final Instant FIRST_INSTANT = Instant.parse(FIRST_YEAR + "-01-01T00:00:00Z");
    private static final Instant END = Instant.parse(LAST_YEAR + 1 + "-01-01T00:00:00Z");

    private HealthRecordShape() {}

    static void requireCode(String code) {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("a code has 1 to 40 letters, digits, /, dots, - and _");
        }
    }

    static void requireCountry(String country) {
        if (!COUNTRY.matcher(country).matches()) {
            throw new IllegalArgumentException("a country has two capital letters");
        }
    }

    static void requireCount(int count) {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("doses are counted from 1 to " + MAX_COUNT);
        }
    }

    static void requireDay(LocalDate day) {
        requireYear(day.getYear());
    }

    static void requireInstant(Instant instant) {
        if (instant.isBefore(FIRST_INSTANT) || !instant.isBefore(END)) {
            throw yearOutOfBounds();
        }
    }

    static void requireYear(int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw yearOutOfBounds();
        }
    }

    private static IllegalArgumentException yearOutOfBounds() {
        return new IllegalArgumentException("a year is from " + FIRST_YEAR + " to " + LAST_YEAR);
    }
}
