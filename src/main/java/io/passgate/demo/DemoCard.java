package io.passgate.demo;

import io.passgate.codec.CborWriter;
import java.time.Instant;
import java.time.LocalDate;

/** The claims of an invented person's certificate (EU DCC 1.3.0). */
final class DemoCard {
    private static final String COVID_19 = "840539006";

    private DemoCard() {}

    /** A CWT claims set around one certificate. */
    static byte[] cwt(Instant issuedAt, Instant expiresAt, byte[] certificate) {
        return new CborWriter()
                .map(4)
                .integer(1)
                .text("KR")
                .integer(4)
                .integer(expiresAt.getEpochSecond())
                .integer(6)
                .integer(issuedAt.getEpochSecond())
                .integer(-260)
                .map(1)
                .integer(1)
                .encoded(certificate)
                .toByteArray();
    }

    static byte[] vaccination(int person, int dose, int of, LocalDate on) {
        byte[] event = event(10, person)
                .text("vp")
                .text("1119349007")
                .text("mp")
                .text("EU/1/20/1528")
                .text("ma")
                .text("ORG-100030215")
                .text("dn")
                .integer(dose)
                .text("sd")
                .integer(of)
                .text("dt")
                .text(on.toString())
                .toByteArray();
        return certificate(person, "v", event);
    }

    static byte[] test(int person, Instant sampledAt) {
        byte[] event = event(8, person)
                .text("tt")
                .text("LP6464-4")
                .text("sc")
                .text(sampledAt.toString())
                .text("tr")
                .text("260415000")
                .text("tc")
                .text("Demo test centre")
                .toByteArray();
        return certificate(person, "t", event);
    }

    static byte[] recovery(int person, LocalDate firstPositive) {
        byte[] event = event(7, person)
                .text("fr")
                .text(firstPositive.toString())
                .text("df")
                .text(firstPositive.plusDays(11).toString())
                .text("du")
                .text(firstPositive.plusDays(180).toString())
                .toByteArray();
        return certificate(person, "r", event);
    }

    /** The four fields every event has, in a map of {@code entries}. */
    private static CborWriter event(int entries, int person) {
        return new CborWriter()
                .map(entries)
                .text("ci")
                .text("URN:UVCI:01:KR:DEMO%08d".formatted(person))
                .text("co")
                .text("KR")
                .text("is")
                .text("Passgate Demo")
                .text("tg")
                .text(COVID_19);
    }

    private static byte[] certificate(int person, String kind, byte[] event) {
        return new CborWriter()
                .map(4)
                .text("ver")
                .text("1.3.0")
                .text("dob")
                .text("19%02d-05-17".formatted(50 + person % 40))
                .text("nam")
                .map(4)
                .text("fn")
                .text("Example")
                .text("fnt")
                .text("EXAMPLE")
                .text("gn")
                .text("Person %d".formatted(person))
                .text("gnt")
                .text("PERSON<%d".formatted(person))
                .text(kind)
                .array(1)
                .encoded(event)
                .toByteArray();
    }
}
