package io.passgate.trust;

import io.passgate.crypto.SubjectName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.RFC4519Style;

/**
 * The subject of a certificate (RFC 5280 section 4.1.2.6).
 *
 * @param text all of it as RFC 4514 has it, with the names of RFC 4519
 * @param country the first C, as it stands there
 * @param organization the first O
 */
record CertificateSubject(String text, Optional<String> country, Optional<String> organization) {
    private static final int SET = 0x31;
    private static final int UTF8_STRING = 0x0c;
    private static final int PRINTABLE_STRING = 0x13;

    /** What nearly all subjects consist of, by the identifier's content. */
    private static final Map<String, String> NAMES =
            Map.of("550403", "cn", "550406", "c", "550407", "l", "550408", "st", "55040a", "o", "55040b", "ou");

    /** Beside letters and digits, and blanks inside: what RFC 4514 never escapes. */
    private static final String PLAIN = ".-_/:()'@*?!&";

    /**
     * Reads a name.
     *
     * @throws IOException if it is none
     * @throws IllegalArgumentException likewise
     */
    static CertificateSubject read(Tlv name) throws IOException {
        Optional<CertificateSubject> plain = plain(name);
        return plain.isPresent() ? plain.get() : General.read(name.encoded());
    }

    /** A name of the usual attributes, one after the other, in plain letters; empty for any other, be it good or bad. */
    static Optional<CertificateSubject> plain(Tlv name) {
        StringBuilder text = new StringBuilder();
        Optional<String> country = Optional.empty();
        Optional<String> organization = Optional.empty();
        for (Tlv part : name.children()) {
            Optional<Tlv> attribute = part.tag() == SET ? only(part) : Optional.empty();
            Optional<List<Tlv>> pair =
                    attribute.filter(set -> set.tag() == Tlv.SEQUENCE).flatMap(CertificateSubject::pair);
            if (pair.isEmpty()) {
                return Optional.empty();
            }
            Tlv type = pair.get().getFirst();
            Optional<String> value = text(pair.get().getLast());
            String symbol = NAMES.get(HexFormat.of().formatHex(type.content()));
            if (type.tag() != Tlv.OBJECT_IDENTIFIER || symbol == null || value.isEmpty()) {
                return Optional.empty();
            }
            // RFC 4514 begins with the last.
            text.insert(0, symbol + "=" + value.get() + (text.isEmpty() ? "" : ","));
            country = symbol.equals("c") && country.isEmpty() ? value : country;
            organization = symbol.equals("o") && organization.isEmpty() ? value : organization;
        }
        return name.tag() == Tlv.SEQUENCE && name.isWhole() && !text.isEmpty()
                ? Optional.of(new CertificateSubject(text.toString(), country, organization))
                : Optional.empty();
    }

    private static Optional<Tlv> only(Tlv set) {
        List<Tlv> children = set.children();
        return children.size() == 1 && set.isWhole() ? Optional.of(children.getFirst()) : Optional.empty();
    }

    private static Optional<List<Tlv>> pair(Tlv sequence) {
        List<Tlv> children = sequence.children();
        return children.size() == 2 && sequence.isWhole() ? Optional.of(children) : Optional.empty();
    }

    private static Optional<String> text(Tlv value) {
        String text = new String(value.content(), StandardCharsets.US_ASCII);
        boolean isPlain = (value.tag() == UTF8_STRING || value.tag() == PRINTABLE_STRING)
                && !text.isEmpty()
                && text.equals(text.strip())
                && text.chars().allMatch(CertificateSubject::isPlain);
        return isPlain ? Optional.of(text) : Optional.empty();
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == ' '
                || PLAIN.indexOf(c) >= 0;
    }

    /** By itself, so that who reads plain names only loads no library for the others. */
    static final class General {
        private General() {}

        static CertificateSubject read(byte[] encoded) throws IOException {
            X500Name name = X500Name.getInstance(ASN1Primitive.fromByteArray(encoded));
            SubjectName subject = new SubjectName(name);
            return new CertificateSubject(
                    RFC4519Style.INSTANCE.toString(name), subject.country(), subject.organization());
        }
    }
}
