package io.passgate.trust;

import io.passgate.crypto.IssuerKeys;
import io.passgate.crypto.KeyImport;
import io.passgate.crypto.SubjectName;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.RFC4519Style;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Makes a {@link Signer} of an X.509 document signer certificate (eHealth network guidelines on technical
 * specifications for EU DCC, volume 5). The certificate is the trust anchor itself: no chain is built.
 */
public final class CertificateImporter {
    /** No certificate with a key we take is larger. */
    private static final int MAX_CERTIFICATE_BYTES = 16 * 1_024;

    /** The extended key usages of the framework, and the spelling with a stray 0 that several states issued. */
    private static final Map<String, EventKind> USAGES = Map.of(
            "1.3.6.1.4.1.1847.2021.1.1", EventKind.TEST,
            "1.3.6.1.4.1.1847.2021.1.2", EventKind.VACCINATION,
            "1.3.6.1.4.1.1847.2021.1.3", EventKind.RECOVERY,
            "1.3.6.1.4.1.0.1847.2021.1.1", EventKind.TEST,
            "1.3.6.1.4.1.0.1847.2021.1.2", EventKind.VACCINATION,
            "1.3.6.1.4.1.0.1847.2021.1.3", EventKind.RECOVERY);

    private final IssuerKeys keys;

    public CertificateImporter(IssuerKeys keys) {
        this.keys = keys;
    }

    /**
     * Reads one certificate, DER encoded, whose KID is the first 8 bytes of its SHA-256.
     *
     * @param where how a rejection names it
     */
    public SignerImport ofDer(String where, byte[] der) {
        return ofDer(where, der, Kid.ofCertificate(der));
    }

    /** Reads one certificate that its list names by {@code kid}. */
    SignerImport ofDer(String where, byte[] der, Kid kid) {
        if (der.length > MAX_CERTIFICATE_BYTES) {
            return SignerImport.rejected(where, "the certificate takes more than " + MAX_CERTIFICATE_BYTES + " bytes");
        }
        try {
            X509CertificateHolder certificate = new X509CertificateHolder(der);
            byte[] spki = certificate.getSubjectPublicKeyInfo().getEncoded();
            return switch (keys.ofSpki(spki)) {
                case KeyImport.Rejected(String why) -> SignerImport.rejected(where, why);
                case KeyImport.Usable(var key) ->
                    SignerImport.of(new Signer(
                            kid, key, new SignerKind.Dcc(), usages(certificate), Optional.of(describe(certificate))));
            };
        } catch (IOException | RuntimeException unreadable) {
            return SignerImport.rejected(where, "not a readable X.509 certificate");
        }
    }

    /** Whether the bytes are one X.509 certificate, whatever its key. */
    static boolean isCertificate(byte[] der) {
        try {
            return der.length <= MAX_CERTIFICATE_BYTES
                    && new X509CertificateHolder(der).getSubjectPublicKeyInfo() != null;
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }

    /** All usages without the extension; with it those it names, which may be none. */
    private static Set<EventKind> usages(X509CertificateHolder certificate) {
        Extension extension = certificate.getExtension(Extension.extendedKeyUsage);
        if (extension == null) {
            return Signer.ANY_USAGE;
        }
        Set<EventKind> usages = EnumSet.noneOf(EventKind.class);
        for (KeyPurposeId purpose :
                ExtendedKeyUsage.getInstance(extension.getParsedValue()).getUsages()) {
            EventKind kind = USAGES.get(purpose.getId());
            if (kind != null) {
                usages.add(kind);
            }
        }
        return usages;
    }

    private static SignerCertificate describe(X509CertificateHolder certificate) {
        X500Name subject = certificate.getSubject();
        SubjectName name = new SubjectName(subject);
        return new SignerCertificate(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                name.country().map(country -> country.toUpperCase(Locale.ROOT)),
                name.organization(),
                RFC4519Style.INSTANCE.toString(subject));
    }
}
