package io.passgate.cli.option;

import io.passgate.format.hcert.DccDates;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An instant as people write it: ISO 8601 with or without an offset, a date, or seconds since 1970. */
public final class InstantOption implements ITypeConverter<Instant> {
    /** For picocli. */
    public InstantOption() {}

    @Override
    public Instant convert(String text) {
        try {
            return parse(text);
        } catch (DateTimeException unreadable) {
            throw new TypeConversionException("'" + text + "' is not an instant such as 2021-07-12T09:00:00Z");
        }
    }

    /**
     * {@return the instant that a text says} Without an offset it is UTC.
     *
     * @param text as the type says
     * @throws DateTimeException if it is none
     */
    public static Instant parse(String text) {
        if (text.matches("-?\\d{1,12}")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        return text.contains("T")
                ? DccDates.instant(text)
                : DccDates.date(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
