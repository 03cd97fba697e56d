package io.passgate.trust;

import io.passgate.crypto.KeyImport;
import io.passgate.crypto.VerificationKeys;
import io.passgate.model.Kid;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes a {@link Signer} of an X.509 document signer certificate (eHealth network guidelines on technical
 * specifications for EU DCC, volume 5). The certificate is the trust anchor itself: no chain is built, and no extension
 * but the framework's own usages says what it may sign.
 */
public final class CertificateImporter {
    /** No certificate with a key we take is larger. */
    private static final int MAX_CERTIFICATE_BYTES = 16 * 1_024;

    private final VerificationKeys keys;

    /**
     * Creates one for any number of certificates.
     *
     * @param keys checks the keys in them
     */
    public CertificateImporter(VerificationKeys keys) {
        this.keys = keys;
    }

    /**
     * Reads one certificate. Its KID is the first 8 bytes of its SHA-256.
     *
     * @param where how a rejection names it
     * @param der the certificate in DER; may be anything
     * @return the signer, or why it was not taken
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
            CertificateFields certificate = CertificateFields.read(der);
            return switch (keys.ofSpki(certificate.spki())) {
                case KeyImport.Rejected(String why) -> SignerImport.rejected(where, why);
                case KeyImport.Usable(var key) ->
                    SignerImport.of(new Signer(
                            kid,
                            key,
                            SignerKind.DCC,
                            certificate.usages().orElse(Signer.ANY_USAGE),
                            Optional.of(describe(certificate))));
            };
        } catch (IOException | RuntimeException unreadable) {
            return SignerImport.rejected(where, "not a readable X.509 certificate");
        }
    }

    /** Whether the bytes are one X.509 certificate, whatever its key. */
    static boolean isCertificate(byte[] der) {
        try {
            return der.length <= MAX_CERTIFICATE_BYTES
                    && CertificateFields.read(der).spki().length > 0;
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }

    private static SignerCertificate describe(CertificateFields certificate) {
        CertificateSubject subject = certificate.subject();
        return new SignerCertificate(
                certificate.notBefore(),
                certificate.notAfter(),
                subject.country().map(country -> country.toUpperCase(Locale.ROOT)),
                subject.organization(),
                subject.text());
    }
}
