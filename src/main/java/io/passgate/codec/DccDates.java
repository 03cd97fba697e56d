package io.passgate.codec;

import io.passgate.model.Age;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Dates and times as issuers really write them into DCCs: the schema allows several shapes and the field has more. */
public final class DccDates {
    private static final int DATE_LENGTH = 10;
    private static final int MONTH_LENGTH = 7;
    private static final int YEAR_LENGTH = 4;

    /** ISO 8601 with any of the offsets Z, +02:00, +0200, +02, or none, which means UTC. */
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM:ss", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .toFormatter();

    private DccDates() {}

    /** A day, of which a time behind it is dropped. */
    public static LocalDate date(String text) {
        boolean timeFollows = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == 'T';
        LocalDate date = LocalDate.parse(timeFollows ? text.substring(0, DATE_LENGTH) : text);
        requireFourDigits(date);
        return date;
    }

    /** java.time also reads years of ten digits; a rule that adds days to the last of them would fail. */
    private static void requireFourDigits(TemporalAccessor date) {
        int year = date.get(ChronoField.YEAR);
        if (year < 0 || year > 9_999) {
            throw new DateTimeException("a year has four digits");
        }
    }

    static Optional<LocalDate> optionalDate(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(date(text));
    }

    public static Instant instant(String text) {
        TemporalAccessor parsed = DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        requireFourDigits(parsed);
        return parsed instanceof OffsetDateTime withOffset
                ? withOffset.toInstant()
                : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    }

    /** A birth date, a year and month, or a year; unknown when it is none of them. */
    static Age birth(String text) {
        try {
            return switch (text.length()) {
                case YEAR_LENGTH -> new Age.Born(date(text + "-01-01").getYear(), Optional.empty(), Optional.empty());
                case MONTH_LENGTH -> {
                    LocalDate first = date(text + "-01");
                    yield new Age.Born(first.getYear(), Optional.of(first.getMonthValue()), Optional.empty());
                }
                default -> {
                    LocalDate day = date(text);
                    yield new Age.Born(
                            day.getYear(), Optional.of(day.getMonthValue()), Optional.of(day.getDayOfMonth()));
                }
            };
        } catch (DateTimeException unknown) {
            return new Age.Unknown();
        }
    }
}
