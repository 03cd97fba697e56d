package io.passgate.demo;

import io.passgate.format.hcert.DccEvent;
import io.passgate.format.hcert.DccWriter;
import io.passgate.format.hcert.Subject;
import io.passgate.model.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** The claims of an invented person's certificate (EU DCC 1.3.0). */
final class DemoCard {
    private static final String COUNTRY = "KR";
    private static final String COVID_19 = "840539006";
    private static final int LETTERS = 26;

    private DemoCard() {}

    /** A CWT claims set around one certificate. */
    static byte[] cwt(Instant issuedAt, Instant expiresAt, byte[] certificate) {
        return DccWriter.cwt(COUNTRY, issuedAt, expiresAt, certificate);
    }

    static byte[] vaccination(int person, int dose, int of, LocalDate on) {
        Event.Vaccination vaccination = new Event.Vaccination(COVID_19, "EU/1/20/1528", dose, of, on);
        return certificate(person, DccEvent.vaccination(vaccination, "1119349007", "ORG-100030215", attested(person)));
    }

    static byte[] test(int person, Instant sampledAt) {
        Event.Test test = new Event.Test(COVID_19, "LP6464-4", sampledAt, "260415000");
        DccEvent.TestDetails details =
                new DccEvent.TestDetails(Optional.empty(), Optional.empty(), Optional.of("Demo test centre"));
        return certificate(person, DccEvent.test(test, details, attested(person)));
    }

    static byte[] recovery(int person, LocalDate firstPositive) {
        Event.Recovery recovery = new Event.Recovery(
                COVID_19,
                firstPositive,
                Optional.of(firstPositive.plusDays(11)),
                Optional.of(firstPositive.plusDays(180)),
                Optional.empty());
        return certificate(person, DccEvent.recovery(recovery, attested(person)));
    }

    private static DccEvent.Attested attested(int person) {
        return new DccEvent.Attested(COUNTRY, "Passgate Demo", "URN:UVCI:01:KR:DEMO%08d".formatted(person));
    }

    private static byte[] certificate(int person, DccEvent event) {
        Subject subject = new Subject(
                "EXAMPLE",
                "PERSON<" + letters(person),
                Optional.of("Example"),
                Optional.of("Person %d".formatted(person)),
                "19%02d-05-17".formatted(50 + person % 40));
        return DccWriter.certificate(subject, event);
    }

    /** A machine-readable name has no digits. */
    private static String letters(int number) {
        return "" + (char) ('A' + number / LETTERS % LETTERS) + (char) ('A' + number % LETTERS);
    }
}
