package io.passgate.format.hcert;

import io.passgate.codec.CborWriter;
import io.passgate.model.Event;
import java.time.LocalDate;
import java.util.Optional;

/** One event of an EU DCC (schema 1.3.0) as CBOR. */
public final class DccEvent {
    private static final int MAX_TEXT_LENGTH = 80;

    /** The fields of every event: tg, co, is, ci. */
    private static final int COMMON_FIELDS = 4;

    private final String list;
    private final byte[] cbor;

    private DccEvent(String list, byte[] cbor) {
        this.list = list;
        this.cbor = cbor;
    }

    /**
     * Who attests an event.
     *
     * @param country where it took place ({@code co}, ISO 3166 alpha-2)
     * @param issuer who certifies it ({@code is}), at most 80 characters
     * @param identifier the unique certificate identifier ({@code ci}), at most 80 characters
     */
    public record Attested(String country, String issuer, String identifier) {
        /**
         * Checks the texts' lengths.
         *
         * @throws IllegalArgumentException if issuer or identifier is longer than the schema allows
         */
        public Attested {
            requireShort(issuer);
            requireShort(identifier);
        }
    }

    /**
     * How and where a test was made, as far as it is known.
     *
     * @param name the name of a NAAT ({@code nm})
     * @param device the rapid test's number in the EU's list ({@code ma})
     * @param centre where it was made ({@code tc})
     */
    public record TestDetails(Optional<String> name, Optional<String> device, Optional<String> centre) {
        /** Nothing is known. */
        public static final TestDetails UNKNOWN = new TestDetails(Optional.empty(), Optional.empty(), Optional.empty());

        /**
         * Checks the texts' lengths.
         *
         * @throws IllegalArgumentException if name or centre is longer than the schema allows
         */
        public TestDetails {
            name.ifPresent(DccEvent::requireShort);
            centre.ifPresent(DccEvent::requireShort);
        }

        private int fields() {
            return (name.isPresent() ? 1 : 0) + (device.isPresent() ? 1 : 0) + (centre.isPresent() ? 1 : 0);
        }
    }

    private static void requireShort(String text) {
        if (text.codePointCount(0, text.length()) > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("a DCC's texts have at most " + MAX_TEXT_LENGTH + " characters");
        }
    }

    /**
     * Writes a dose.
     *
     * @param vaccination product, numbers, day and target
     * @param prophylaxis the kind of vaccine ({@code vp})
     * @param holder the marketing authorisation holder, or the manufacturer ({@code ma})
     * @param attested who attests it
     * @return the event
     */
    public static DccEvent vaccination(
            Event.Vaccination vaccination, String prophylaxis, String holder, Attested attested) {
        CborWriter writer = new CborWriter()
                .map(6 + COMMON_FIELDS)
                .text("vp")
                .text(prophylaxis)
                .text("mp")
                .text(vaccination.product())
                .text("ma")
                .text(holder)
                .text("dn")
                .integer(vaccination.dose())
                .text("sd")
                .integer(vaccination.of())
                .text("dt")
                .text(vaccination.on().toString());
        return of("v", writer, vaccination, attested);
    }

    /**
     * Writes a test.
     *
     * @param test type, result, time of the sample and target
     * @param details how and where it was made
     * @param attested who attests it
     * @return the event
     */
    public static DccEvent test(Event.Test test, TestDetails details, Attested attested) {
        CborWriter writer = new CborWriter()
                .map(3 + details.fields() + COMMON_FIELDS)
                .text("tt")
                .text(test.type());
        details.name().ifPresent(name -> writer.text("nm").text(name));
        details.device().ifPresent(device -> writer.text("ma").text(device));
        writer.text("sc").text(test.at().toString()).text("tr").text(test.result());
        details.centre().ifPresent(centre -> writer.text("tc").text(centre));
        return of("t", writer, test, attested);
    }

    /**
     * Writes a recovery.
     *
     * @param recovery days and target; a day of release is left out, as the schema has none
     * @param attested who attests it
     * @return the event
     * @throws IllegalArgumentException if it does not say from when and until when it counts, which the schema asks for
     */
    public static DccEvent recovery(Event.Recovery recovery, Attested attested) {
        CborWriter writer = new CborWriter()
                .map(3 + COMMON_FIELDS)
                .text("fr")
                .text(recovery.firstPositiveOn().toString())
                .text("df")
                .text(day(recovery.validFrom()))
                .text("du")
                .text(day(recovery.validUntil()));
        return of("r", writer, recovery, attested);
    }

    private static String day(Optional<LocalDate> bound) {
        return bound.orElseThrow(() -> new IllegalArgumentException("a recovery certificate has a validity"))
                .toString();
    }

    private static DccEvent of(String list, CborWriter writer, Event event, Attested attested) {
        byte[] cbor = writer.text("tg")
                .text(event.target())
                .text("co")
                .text(attested.country())
                .text("is")
                .text(attested.issuer())
                .text("ci")
                .text(attested.identifier())
                .toByteArray();
        return new DccEvent(list, cbor);
    }

    /** {@return the key of the list it stands in: {@code v}, {@code t} or {@code r}} */
    public String list() {
        return list;
    }

    /** {@return the encoded map, as a copy} */
    public byte[] toByteArray() {
        return cbor.clone();
    }

    /** Its list only: the rest is a person's. */
    @Override
    public String toString() {
        return "DccEvent[" + list + "]";
    }
}
