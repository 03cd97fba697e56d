package io.passgate.format.hcert;

import io.passgate.codec.CborWriter;
import io.passgate.codec.Cwt;
import java.time.Instant;

/** Writes the claims of an EU Digital COVID Certificate (schema 1.3.0): what {@link HcertEncoder} seals. */
public final class DccWriter {
    private static final String SCHEMA_VERSION = "1.3.0";

    private DccWriter() {}

    /**
     * {@return the encoded certificate, the value of hcert key 1: a person and one event}
     *
     * @param subject whom it is about
     * @param event what is attested
     */
    public static byte[] certificate(Subject subject, DccEvent event) {
        CborWriter writer =
                new CborWriter().map(4).text("ver").text(SCHEMA_VERSION).text("nam");
        writeName(writer, subject);
        return writer.text("dob")
                .text(subject.birthDate())
                .text(event.list())
                .array(1)
                .encoded(event.toByteArray())
                .toByteArray();
    }

    /** The schema asks for {@code fnt}, be it empty; of the others those that say something. */
    private static void writeName(CborWriter writer, Subject subject) {
        boolean hasGivenName = !subject.givenNameTransliterated().isEmpty();
        int written = (subject.familyName().isPresent() ? 1 : 0)
                + (subject.givenName().isPresent() ? 1 : 0)
                + (hasGivenName ? 1 : 0);
        writer.map(1 + written);
        subject.familyName().ifPresent(name -> writer.text("fn").text(name));
        writer.text("fnt").text(subject.familyNameTransliterated());
        subject.givenName().ifPresent(name -> writer.text("gn").text(name));
        if (hasGivenName) {
            writer.text("gnt").text(subject.givenNameTransliterated());
        }
    }

    /**
     * {@return the encoded CWT claims set (RFC 8392) around a certificate}
     *
     * @param issuer claim 1, a country's code; no such claim when empty
     * @param issuedAt claim 6, in whole seconds, a fraction dropped
     * @param expiresAt claim 4, likewise
     * @param certificate the encoded value of hcert key 1
     */
    public static byte[] cwt(String issuer, Instant issuedAt, Instant expiresAt, byte[] certificate) {
        CborWriter writer = new CborWriter().map(issuer.isEmpty() ? 3 : 4);
        if (!issuer.isEmpty()) {
            writer.integer(Cwt.ISSUER).text(issuer);
        }
        return writer.integer(Cwt.EXPIRES_AT)
                .integer(expiresAt.getEpochSecond())
                .integer(Cwt.ISSUED_AT)
                .integer(issuedAt.getEpochSecond())
                .integer(Cwt.HCERT)
                .map(1)
                .integer(Dcc.CLAIM_KEY)
                .encoded(certificate)
                .toByteArray();
    }
}
