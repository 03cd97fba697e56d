package io.passgate.format.hcert;

import io.passgate.codec.CborCursor;
import io.passgate.codec.CborKeys;
import io.passgate.codec.Cwt;
import io.passgate.codec.MalformedException;
import io.passgate.format.ClaimsReader;
import io.passgate.model.Age;
import io.passgate.model.Blanks;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the events of an EU DCC say. One thread, reused. */
public final class DccClaims implements ClaimsReader {
    private static final int TARGET = 't' << 8 | 'g';
    private static final int PRODUCT = 'm' << 8 | 'p';
    private static final int DOSE = 'd' << 8 | 'n';
    private static final int OF = 's' << 8 | 'd';
    private static final int DATE = 'd' << 8 | 't';
    private static final int TEST_TYPE = 't' << 8 | 't';
    private static final int SAMPLED_AT = 's' << 8 | 'c';
    private static final int TEST_RESULT = 't' << 8 | 'r';
    private static final int FIRST_POSITIVE = 'f' << 8 | 'r';
    private static final int VALID_FROM = 'd' << 8 | 'f';
    private static final int VALID_UNTIL = 'd' << 8 | 'u';

    private static final Age UNKNOWN_AGE = new Age.Unknown();

    private final CborCursor cursor = new CborCursor();
    private final CborKeys keys = new CborKeys();
    private final CborKeys eventKeys = new CborKeys();
    private final Fields fields = new Fields();
    private final DateText birth = new DateText();

    /** Creates one that has read nothing. */
    public DccClaims() {}

    /**
     * Reads {@code certificate}, the encoded value of hcert key 1.
     *
     * @return empty when a field that an acceptance rule needs is missing or unreadable; fields that none needs are
     *     passed over, whatever they hold
     */
    @Override
    public Optional<Claims> read(Slice certificate) {
        try {
            cursor.start(certificate.array(), certificate.offset(), certificate.length());
            return Optional.of(readCertificate());
        } catch (MalformedException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Lets go of the certificate that was read last. */
    @Override
    public void wipe() {
        cursor.forget();
        keys.forget();
        eventKeys.forget();
        fields.forget();
        birth.forget();
    }

    private Claims readCertificate() throws MalformedException {
        List<Event> events = List.of();
        Age age = UNKNOWN_AGE;
        int header = cursor.readHeader(CborCursor.MAP);
        keys.clear();
        for (int read = 0; cursor.hasNext(header, read); read++) {
            keys.read(cursor);
            if (keys.is(Dcc.BIRTH_DATE)) {
                readDate(birth);
                age = DccDates.birth(birth);
            } else if (keys.is(Dcc.VACCINATIONS)) {
                events = readEvents(events, DccClaims::vaccination);
            } else if (keys.is(Dcc.TESTS)) {
                events = readEvents(events, DccClaims::test);
            } else if (keys.is(Dcc.RECOVERIES)) {
                events = readEvents(events, DccClaims::recovery);
            } else {
                cursor.skip();
            }
        }
        return new Claims(events, age);
    }

    /** Makes an event of its fields; {@link DateTimeException} when one is unreadable. */
    private interface EventReader {
        Event read(Fields fields) throws MalformedException;
    }

    /** The events before, and those that are read. */
    private List<Event> readEvents(List<Event> before, EventReader reader) throws MalformedException {
        if (cursor.skipNull()) {
            return before;
        }
        List<Event> events = before;
        int header = cursor.readHeader(CborCursor.ARRAY);
        for (int read = 0; cursor.hasNext(header, read); read++) {
            readFields();
            events = with(events, reader.read(fields));
        }
        return events;
    }

    /** Nearly every certificate has one event. */
    private static List<Event> with(List<Event> events, Event event) {
        if (events.isEmpty()) {
            return List.of(event);
        }
        List<Event> more = new ArrayList<>(events);
        more.add(event);
        return more;
    }

    private void readFields() throws MalformedException {
        fields.clear();
        int header = cursor.readHeader(CborCursor.MAP);
        eventKeys.clear();
        for (int read = 0; cursor.hasNext(header, read); read++) {
            eventKeys.read(cursor);
            switch (eventKeys.pair()) {
                case TARGET -> fields.target = code();
                case PRODUCT -> fields.product = code();
                case DOSE -> fields.dose = count();
                case OF -> fields.of = count();
                case TEST_TYPE -> fields.type = code();
                case TEST_RESULT -> fields.result = code();
                case DATE -> readDate(fields.date);
                case SAMPLED_AT -> readTime(fields.sampledAt);
                case FIRST_POSITIVE -> readDate(fields.firstPositive);
                case VALID_FROM -> readDate(fields.from);
                case VALID_UNTIL -> readDate(fields.until);
                default -> cursor.skip();
            }
        }
    }

    /** What one event's map held; empty text or 0 where it held nothing. */
    private static final class Fields {
        private String target = "";
        private String product = "";
        private int dose;
        private int of;
        private String type = "";
        private String result = "";
        private final DateText date = new DateText();
        private final DateText sampledAt = new DateText();
        private final DateText firstPositive = new DateText();
        private final DateText from = new DateText();
        private final DateText until = new DateText();

        private void clear() {
            target = "";
            product = "";
            dose = 0;
            of = 0;
            type = "";
            result = "";
            date.clear();
            sampledAt.clear();
            firstPositive.clear();
            from.clear();
            until.clear();
        }

        private void forget() {
            clear();
            date.forget();
            sampledAt.forget();
            firstPositive.forget();
            from.forget();
            until.forget();
        }
    }

    private static Event vaccination(Fields fields) throws MalformedException {
        if (fields.dose < 1 || fields.of < 1) {
            throw MalformedException.of(Reason.HCERT_INVALID);
        }
        LocalDate on = DccDates.date(fields.date);
        return new Event.Vaccination(fields.target, fields.product, fields.dose, fields.of, on);
    }

    private static Event test(Fields fields) {
        Instant at = DccDates.instant(fields.sampledAt);
        return new Event.Test(fields.target, fields.type, at, fields.result);
    }

    private static Event recovery(Fields fields) {
        return new Event.Recovery(
                fields.target,
                DccDates.date(fields.firstPositive),
                DccDates.optionalDate(fields.from),
                DccDates.optionalDate(fields.until),
                Optional.empty());
    }

    /** A code of a value set, without the blanks that some issuers' databases leave around it. */
    private String code() throws MalformedException {
        skipTags();
        if (cursor.peekMajor() == CborCursor.TEXT) {
            return Blanks.strip(cursor.readText(ValueSetCodes.COMMON));
        }
        cursor.skip();
        return "";
    }

    private void skipTags() throws MalformedException {
        while (cursor.peekMajor() == CborCursor.TAG) {
            var _ = cursor.readTag();
        }
    }

    /**
     * A time as text, or as tag 1 before a number of seconds since 1970 (RFC 8949 section 3.4.2), which becomes one.
     */
    private void readTime(DateText time) throws MalformedException {
        long tag = Cwt.TAG_EPOCH - 1;
        while (cursor.peekMajor() == CborCursor.TAG) {
            tag = cursor.readTag();
        }
        if (tag == Cwt.TAG_EPOCH && cursor.nextIsNumber()) {
            double seconds = cursor.readNumber();
            time.set(Double.isFinite(seconds) ? Cwt.instant(seconds).toString() : "");
        } else {
            readDate(time);
        }
    }

    /** A text, or the text inside tags (some issuers tag their dates); anything else is empty. */
    private void readDate(DateText date) throws MalformedException {
        skipTags();
        if (cursor.peekMajor() == CborCursor.TEXT) {
            cursor.readBoundedText();
            date.set(cursor);
        } else {
            cursor.skip();
            date.clear();
        }
    }

    /** A whole number, which some issuers write as a float; 0 when it is none. */
    private int count() throws MalformedException {
        if (!cursor.nextIsNumber()) {
            cursor.skip();
            return 0;
        }
        double value = cursor.readNumber();
        return value == Math.rint(value) && Math.abs(value) < 1_000 ? (int) value : 0;
    }
}
