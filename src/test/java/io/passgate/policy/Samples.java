package io.passgate.policy;

import io.passgate.model.Age;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Claims and instants to judge, in few words. */
public final class Samples {
    public static final String COVID_19 = "840539006";
    public static final String COMIRNATY = "EU/1/20/1528";
    public static final String JANSSEN = "EU/1/20/1525";
    public static final String NAAT = "LP6464-4";
    public static final String RAT = "LP217198-3";
    public static final String NOT_DETECTED = "260415000";
    public static final String DETECTED = "260373001";

    private Samples() {}

    public static Claims claims(Event... events) {
        return new Claims(List.of(events), new Age.Unknown());
    }

    public static Claims claims(Age age, Event... events) {
        return new Claims(List.of(events), age);
    }

    /** A dose of a two-dose product. */
    public static Event.Vaccination dose(int number, int of, String on) {
        return dose(COMIRNATY, number, of, on);
    }

    public static Event.Vaccination dose(String product, int number, int of, String on) {
        return new Event.Vaccination(COVID_19, product, number, of, LocalDate.parse(on));
    }

    public static Event test(String type, String at, String result) {
        return new Event.Test(COVID_19, type, at(at), result);
    }

    /** A recovery as an entry pass shows it. */
    public static Event released(String firstPositiveOn, String releasedOn) {
        return new Event.Recovery(
                COVID_19,
                LocalDate.parse(firstPositiveOn),
                Optional.empty(),
                Optional.empty(),
                Optional.of(LocalDate.parse(releasedOn)));
    }

    /** A recovery without the issuer's dates. */
    public static Event recovered(String firstPositiveOn) {
        return new Event.Recovery(
                COVID_19, LocalDate.parse(firstPositiveOn), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A recovery as a DCC shows it. */
    public static Event recovered(String firstPositiveOn, String validFrom, String validUntil) {
        return new Event.Recovery(
                COVID_19,
                LocalDate.parse(firstPositiveOn),
                Optional.of(LocalDate.parse(validFrom)),
                Optional.of(LocalDate.parse(validUntil)),
                Optional.empty());
    }

    public static Event exemption() {
        return new Event.Exemption(COVID_19, Optional.empty());
    }

    public static Event exemption(String until) {
        return new Event.Exemption(COVID_19, Optional.of(LocalDate.parse(until)));
    }

    public static Age born(int year) {
        return new Age.Born(year, Optional.empty(), Optional.empty());
    }

    public static Age born(int year, int month, int day) {
        return new Age.Born(year, Optional.of(month), Optional.of(day));
    }

    public static Age band(Age.AgeBand band) {
        return new Age.Band(band);
    }

    /** An instant written with its offset, such as {@code 2022-01-06T23:59:59+09:00}. */
    public static Instant at(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
