package io.passgate.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Time;

/** An end of a certificate's validity (RFC 5280 section 4.1.2.5). */
final class CertificateTime {
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int DIGITS_OF_YEAR = 4;

    /** From here on every calendar that may stand behind the general way is the same. */
    private static final int FIRST_YEAR = 1600;

    private CertificateTime() {}

    /**
     * Reads a time.
     *
     * @throws IOException if it is none
     * @throws IllegalArgumentException likewise
     */
    static Instant read(Tlv time) throws IOException {
        Optional<Instant> usual = usual(time);
        return usual.isPresent() ? usual.get() : General.read(time.encoded());
    }

    /** A time that is written as the RFC asks for and is one of the calendar; empty for any other, be it good or bad. */
    static Optional<Instant> usual(Tlv time) {
        String text = new String(time.content(), StandardCharsets.US_ASCII);
        if (time.tag() == UTC_TIME && !text.isEmpty()) {
            text = (text.charAt(0) < '5' ? "20" : "19") + text;
        } else if (time.tag() != GENERALIZED_TIME) {
            return Optional.empty();
        }
        int[] fields = new int[6];
        if (!read(text, fields) || fields[0] < FIRST_YEAR) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /** Four digits for the year, two for each of the others, and a Z. */
    private static boolean read(String text, int[] fields) {
        int digits = DIGITS_OF_YEAR + 2 * (fields.length - 1);
        if (text.length() != digits + 1 || text.charAt(digits) != 'Z') {
            return false;
        }
        int at = 0;
        for (int i = 0; i < fields.length; i++) {
            int end = at + (i == 0 ? DIGITS_OF_YEAR : 2);
            for (; at < end; at++) {
                char c = text.charAt(at);
                if (c < '0' || c > '9') {
                    return false;
                }
                fields[i] = 10 * fields[i] + c - '0';
            }
        }
        return true;
    }

    /** By itself, so that who reads usual times only loads no library for the others. */
    static final class General {
        private General() {}

        static Instant read(byte[] encoded) throws IOException {
            return Time.getInstance(ASN1Primitive.fromByteArray(encoded))
                    .getDate()
                    .toInstant();
        }
    }
}
