package io.passgate.testing;

import io.passgate.codec.CborWriter;
import io.passgate.format.hcert.DccEvent;
import io.passgate.format.hcert.DccWriter;
import io.passgate.model.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** What a card for a test says; valid as it starts, and changed one thing at a time. */
public final class CardSpec {
    /** When a card is issued unless it says otherwise. */
    public static final Instant ISSUED_AT = Instant.parse("2021-07-12T00:00:00Z");

    /** When a card expires unless it says otherwise. */
    public static final Instant EXPIRES_AT = Instant.parse("2022-07-12T00:00:00Z");

    private static final String COVID_19 = "840539006";
    public static final String UCI = "URN:UVCI:01:XX:TEST#0";
    private static final DccEvent.Attested ATTESTED = new DccEvent.Attested("XX", "Test ministry", UCI);

    private final Optional<String> issuer;
    private final Instant issuedAt;
    private final Instant expiresAt;
    private final String birthDate;
    private final String eventsKey;
    private final byte[] events;
    private final Optional<byte[]> certificate;

    private CardSpec(
            Optional<String> issuer,
            Instant issuedAt,
            Instant expiresAt,
            String birthDate,
            String eventsKey,
            byte[] events,
            Optional<byte[]> certificate) {
        this.issuer = issuer;
        this.issuedAt = issuedAt;
        this.expiresAt = expiresAt;
        this.birthDate = birthDate;
        this.eventsKey = eventsKey;
        this.events = events;
        this.certificate = certificate;
    }

    private static CardSpec of(DccEvent event) {
        return new CardSpec(
                Optional.of("XX"),
                ISSUED_AT,
                EXPIRES_AT,
                "1990-01-31",
                event.list(),
                new CborWriter().array(1).encoded(event.toByteArray()).toByteArray(),
                Optional.empty());
    }

    /** The second of two Comirnaty doses, given on 2021-06-01. */
    public static CardSpec vaccination() {
        return vaccination("EU/1/20/1528", 2, 2, LocalDate.of(2021, 6, 1));
    }

    public static CardSpec vaccination(String product, int dose, int of, LocalDate on) {
        return of(dose(product, dose, of, on));
    }

    /** A negative NAAT sampled a day before the card is issued. */
    public static CardSpec test() {
        return test("LP6464-4", Instant.parse("2021-07-11T00:00:00Z"), "260415000");
    }

    public static CardSpec test(String type, Instant sampledAt, String result) {
        DccEvent.TestDetails details =
                new DccEvent.TestDetails(Optional.empty(), Optional.empty(), Optional.of("Test centre"));
        return of(DccEvent.test(new Event.Test(COVID_19, type, sampledAt, result), details, ATTESTED));
    }

    /** First positive on 2021-05-01. */
    public static CardSpec recovery() {
        LocalDate first = LocalDate.of(2021, 5, 1);
        return recovery(first, first.plusDays(11), first.plusDays(180));
    }

    public static CardSpec recovery(LocalDate firstPositive, LocalDate from, LocalDate until) {
        Event.Recovery recovery =
                new Event.Recovery(COVID_19, firstPositive, Optional.of(from), Optional.of(until), Optional.empty());
        return of(DccEvent.recovery(recovery, ATTESTED));
    }

    /** One vaccination's encoded map, for {@link #events}. */
    public static byte[] vaccinationEvent(String product, int dose, int of, LocalDate on) {
        return dose(product, dose, of, on).toByteArray();
    }

    private static DccEvent dose(String product, int dose, int of, LocalDate on) {
        Event.Vaccination vaccination = new Event.Vaccination(COVID_19, product, dose, of, on);
        return DccEvent.vaccination(vaccination, "1119349007", "ORG-100030215", ATTESTED);
    }

    /** The CWT issuer; none when {@code name} is empty. */
    public CardSpec issuer(String name) {
        Optional<String> named = name.isEmpty() ? Optional.empty() : Optional.of(name);
        return new CardSpec(named, issuedAt, expiresAt, birthDate, eventsKey, events, certificate);
    }

    public CardSpec issuedAt(Instant instant) {
        return new CardSpec(issuer, instant, expiresAt, birthDate, eventsKey, events, certificate);
    }

    public CardSpec expiresAt(Instant instant) {
        return new CardSpec(issuer, issuedAt, instant, birthDate, eventsKey, events, certificate);
    }

    public CardSpec birthDate(String text) {
        return new CardSpec(issuer, issuedAt, expiresAt, text, eventsKey, events, certificate);
    }

    /** Encoded CBOR under {@code key} ("v", "t" or "r") instead of the one event. */
    public CardSpec events(String key, byte[] encoded) {
        return new CardSpec(issuer, issuedAt, expiresAt, birthDate, key, encoded.clone(), certificate);
    }

    /** Encoded CBOR instead of the whole DCC: the value of hcert key 1. */
    public CardSpec certificate(byte[] encoded) {
        return new CardSpec(issuer, issuedAt, expiresAt, birthDate, eventsKey, events, Optional.of(encoded.clone()));
    }

    /** The encoded DCC: the value of hcert key 1. */
    public byte[] certificate() {
        return certificate
                .map(byte[]::clone)
                .orElseGet(() -> new CborWriter()
                        .map(4)
                        .text("ver")
                        .text("1.3.0")
                        .text("nam")
                        .map(2)
                        .text("fnt")
                        .text("TEST")
                        .text("gnt")
                        .text("TEST")
                        .text("dob")
                        .text(birthDate)
                        .text(eventsKey)
                        .encoded(events)
                        .toByteArray());
    }

    /** The encoded CWT claims set. */
    public byte[] cwt() {
        return DccWriter.cwt(issuer.orElse(""), issuedAt, expiresAt, certificate());
    }
}
