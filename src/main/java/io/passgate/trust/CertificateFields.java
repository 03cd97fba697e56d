package io.passgate.trust;

import io.passgate.crypto.VerificationKeys;
import io.passgate.model.EventKind;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The fields of an X.509 certificate (RFC 5280 section 4.1) that trust depends on. Everything else, the extensions
 * above all, may be as odd as it likes: in the field they are wrongly encoded, doubled, or marked critical and unknown.
 *
 * @param spki the SubjectPublicKeyInfo, DER
 * @param usages what {@link #usages(List)} finds; empty where there is no extended key usage
 */
record CertificateFields(
        Instant notBefore, Instant notAfter, CertificateSubject subject, byte[] spki, Optional<Set<EventKind>> usages) {

    /** The extended key usages of the framework, and the spelling with a stray 0 that several states issued. */
    private static final Map<String, EventKind> USAGES = Map.of(
            "2b060104018e378f650101", EventKind.TEST,
            "2b060104018e378f650102", EventKind.VACCINATION,
            "2b060104018e378f650103", EventKind.RECOVERY,
            "2b06010401008e378f650101", EventKind.TEST,
            "2b06010401008e378f650102", EventKind.VACCINATION,
            "2b06010401008e378f650103", EventKind.RECOVERY);

    /** 2.5.29.37. */
    private static final String EXTENDED_KEY_USAGE = "551d25";

    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;

    /** Where the validity stands behind serial number, algorithm and issuer; subject and key follow it. */
    private static final int VALIDITY = 3;

    private static final int LAST_FIELD = VALIDITY + 2;

    /** Usages inside each other: an octet string, a sequence, and what some put around them once more. */
    private static final int MAX_DEPTH = 6;

    /**
     * Reads a certificate, DER or BER.
     *
     * @throws IOException if it is none
     * @throws IllegalArgumentException likewise
     */
    static CertificateFields read(byte[] certificate) throws IOException {
        List<Tlv> parts = elements(Tlv.whole(certificate));
        List<Tlv> fields = elements(parts.isEmpty() ? Tlv.whole(certificate) : parts.getFirst());
        int first = !fields.isEmpty() && fields.getFirst().tag() == VERSION ? 1 : 0;
        if (parts.size() < 3 || fields.size() <= first + LAST_FIELD) {
            throw new IllegalArgumentException("fields are missing");
        }
        List<Tlv> validity = elements(fields.get(first + VALIDITY));
        if (validity.size() != 2) {
            throw new IllegalArgumentException("a validity has two ends");
        }
        return new CertificateFields(
                CertificateTime.read(validity.get(0)),
                CertificateTime.read(validity.get(1)),
                CertificateSubject.read(fields.get(first + VALIDITY + 1)),
                spki(fields.get(first + LAST_FIELD).encoded()),
                usages(fields.subList(first + LAST_FIELD + 1, fields.size())));
    }

    private static List<Tlv> elements(Tlv sequence) {
        if (sequence.tag() != Tlv.SEQUENCE) {
            throw new IllegalArgumentException("not a sequence");
        }
        return sequence.children();
    }

    private static byte[] spki(byte[] encoded) throws IOException {
        return VerificationKeys.isUsualForm(encoded) ? encoded : General.spki(encoded);
    }

    /** By itself, so that who reads usual keys only loads no library for the others. */
    private static final class General {
        private static byte[] spki(byte[] encoded) throws IOException {
            return SubjectPublicKeyInfo.getInstance(ASN1Primitive.fromByteArray(encoded))
                    .getEncoded();
        }
    }

    /**
     * The framework's usages that the certificate names, in all its extensions of that kind together. One that cannot
     * be read names none; of one that breaks off, those before count.
     */
    private static Optional<Set<EventKind>> usages(List<Tlv> behindTheKey) {
        Optional<Set<EventKind>> usages = Optional.empty();
        for (Tlv part : behindTheKey) {
            if (part.tag() != EXTENSIONS) {
                continue;
            }
            for (Tlv list : part.children()) {
                for (Tlv extension : list.children()) {
                    if (extension.isConstructed() && isExtendedKeyUsage(extension.children())) {
                        usages = Optional.of(usages.orElseGet(() -> EnumSet.noneOf(EventKind.class)));
                        collect(extension.children().getLast(), usages.get(), 0);
                    }
                }
            }
        }
        return usages;
    }

    private static boolean isExtendedKeyUsage(List<Tlv> extension) {
        return !extension.isEmpty()
                && extension.getFirst().tag() == Tlv.OBJECT_IDENTIFIER
                && HexFormat.of().formatHex(extension.getFirst().content()).equals(EXTENDED_KEY_USAGE);
    }

    private static void collect(Tlv element, Set<EventKind> usages, int depth) {
        if (element.tag() == Tlv.OBJECT_IDENTIFIER) {
            EventKind kind = USAGES.get(HexFormat.of().formatHex(element.content()));
            if (kind != null) {
                usages.add(kind);
            }
        } else if (depth < MAX_DEPTH && (element.isConstructed() || element.tag() == Tlv.OCTET_STRING)) {
            element.children().forEach(child -> collect(child, usages, depth + 1));
        }
    }
}
