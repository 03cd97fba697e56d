package io.passgate.format.hcert;

import io.passgate.model.Age;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Dates and times as issuers really write them into DCCs: the schema allows several shapes and the field has more. */
public final class DccDates {
    private static final int DATE_LENGTH = 10;
    private static final int MONTH_LENGTH = 7;
    private static final int YEAR_LENGTH = 4;

    /** What month and day of a birth date are, each made once. */
    private static final List<Optional<Integer>> PARTS =
            IntStream.rangeClosed(0, 31).mapToObj(Optional::of).toList();

    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .toFormatter();

    /** An offset as ISO 8601 has it, +02:00, +0200, +02, and as issuers shorten it, +2:00, +2. */
    private static final Pattern OFFSET =
            Pattern.compile("([+-])(?:(\\d{2})(\\d{2})|(\\d{1,2})(?::(\\d{2})(?::(\\d{2}))?)?)");

    private DccDates() {}

    /**
     * Reads a day. A time behind it is dropped.
     *
     * @param text {@code YYYY-MM-DD}, alone or before a {@code T}
     * @return the day, of a year from 0 to 9999
     * @throws DateTimeException if it is none, or no calendar has it
     */
    public static LocalDate date(String text) {
        return date(DateText.of(text));
    }

    static LocalDate date(DateText text) {
        int usual = text.usualDay();
        return usual == UsualDate.NONE ? unusualDate(text.toString()) : UsualDate.date(usual);
    }

    private static LocalDate unusualDate(String text) {
        boolean timeFollows = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == 'T';
        LocalDate date = LocalDate.parse(timeFollows ? text.substring(0, DATE_LENGTH) : text);
        requireFourDigits(date);
        return date;
    }

    /** java.time also reads years of ten digits; a rule that adds days to the last of them would fail. */
    private static void requireFourDigits(LocalDate date) {
        int year = date.getYear();
        if (year < 0 || year > 9_999) {
            throw new DateTimeException("a year has four digits");
        }
    }

    static Optional<LocalDate> optionalDate(DateText text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(date(text));
    }

    /**
     * Reads a time.
     *
     * @param text date and time as ISO 8601 writes them, and the offset: Z, hours and mostly minutes, or none, which
     *     means UTC
     * @return the instant
     * @throws DateTimeException if it is none, or no calendar or clock has it
     */
    public static Instant instant(String text) {
        return instant(DateText.of(text));
    }

    static Instant instant(DateText text) {
        return text.isUsualTime() ? text.usualTime() : unusualInstant(text.toString());
    }

    private static Instant unusualInstant(String text) {
        int end = startOfOffset(text);
        LocalDateTime local = LocalDateTime.parse(text.substring(0, end), LOCAL);
        // The formatter takes 30 February for the 28th, and years of more than four digits.
        var _ = LocalDate.parse(text.substring(0, DATE_LENGTH));
        return local.toInstant(offset(text.substring(end)));
    }

    private static int startOfOffset(String text) {
        int at = Math.min(text.length(), DATE_LENGTH);
        while (at < text.length() && "+-Zz".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static ZoneOffset offset(String text) {
        if (text.isEmpty() || text.equalsIgnoreCase("Z")) {
            return ZoneOffset.UTC;
        }
        Matcher parts = OFFSET.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException("no offset");
        }
        int sign = parts.group(1).equals("-") ? -1 : 1;
        boolean joined = parts.group(2) != null;
        int hours = number(parts.group(joined ? 2 : 4));
        int minutes = number(parts.group(joined ? 3 : 5));
        int seconds = joined ? 0 : number(parts.group(6));
        return ZoneOffset.ofHoursMinutesSeconds(sign * hours, sign * minutes, sign * seconds);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** A birth date, a year and month, or a year; unknown when it is none of them. */
    static Age birth(DateText text) {
        try {
            int usual = text.usualDay();
            return usual == UsualDate.NONE ? unusualBirth(text.toString()) : born(usual);
        } catch (DateTimeException unknown) {
            return new Age.Unknown();
        }
    }

    private static Age unusualBirth(String text) {
        return switch (text.length()) {
            case 0 -> new Age.Unknown();
            case YEAR_LENGTH -> new Age.Born(date(text + "-01-01").getYear(), Optional.empty(), Optional.empty());
            case MONTH_LENGTH -> {
                LocalDate first = date(text + "-01");
                yield new Age.Born(first.getYear(), Optional.of(first.getMonthValue()), Optional.empty());
            }
            default -> {
                LocalDate day = date(text);
                yield new Age.Born(day.getYear(), Optional.of(day.getMonthValue()), Optional.of(day.getDayOfMonth()));
            }
        };
    }

    private static Age born(int day) {
        return new Age.Born(UsualDate.year(day), part(UsualDate.month(day)), part(UsualDate.dayOfMonth(day)));
    }

    private static Optional<Integer> part(int number) {
        return number < PARTS.size() ? PARTS.get(number) : Optional.of(number);
    }
}
