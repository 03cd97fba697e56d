package io.passgate.crypto.signing;

import io.passgate.crypto.KeyImport;
import io.passgate.crypto.SubjectName;
import io.passgate.crypto.VerificationKey;
import io.passgate.crypto.VerificationKeys;
import io.passgate.model.Algorithm;
import io.passgate.model.Kid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;

/** A P-256 key of ours, with the certificate that others know it by. */
public final class SigningKey {
    /**
     * How long a key waits after its certificate's first instant, where another can sign meanwhile: twice the 5 s that
     * clocks may be apart, so that no gateway meets a signature by a certificate that is not valid yet by its own
     * clock.
     */
    public static final Duration SETTLING = Duration.ofSeconds(10);

    private static final byte[] PROBE = "the key is that of its certificate".getBytes(StandardCharsets.UTF_8);

    private final KeyPurpose purpose;
    private final JcaSigner signer;
    private final byte[] certificate;
    private final Kid kid;
    private final Instant notBefore;
    private final Instant notAfter;
    private final Optional<String> organization;

    private SigningKey(KeyPurpose purpose, JcaSigner signer, byte[] certificate, X509CertificateHolder parsed) {
        this.purpose = purpose;
        this.signer = signer;
        this.certificate = certificate;
        this.kid = Kid.ofCertificate(certificate);
        this.notBefore = parsed.getNotBefore().toInstant();
        this.notAfter = parsed.getNotAfter().toInstant();
        this.organization = new SubjectName(parsed.getSubject()).organization();
    }

    /**
     * Makes a key and signs its certificate by it.
     *
     * @param provider makes the key and signs with it
     * @param random for the key and the certificate's serial number
     * @param purpose what it will sign; gives the subject's CN
     * @param organization the subject's O, 1 to 64 printable characters
     * @param notBefore first instant of the certificate's validity, to the second
     * @param notAfter last instant of it, to the second
     * @return the key, which is kept nowhere yet
     * @throws IllegalArgumentException if the organization has not 1 to 64 characters, or the end is before the
     *     beginning
     */
    public static SigningKey make(
            Provider provider,
            SecureRandom random,
            KeyPurpose purpose,
            String organization,
            Instant notBefore,
            Instant notAfter) {
        SelfSignedKey made = SelfSignedKey.make(
                provider,
                random,
                new SelfSignedKey.Contents(organization, purpose.commonName(), notBefore, notAfter, List.of()));
        byte[] certificate = made.certificate();
        return new SigningKey(purpose, made.signer(), certificate, parsed(certificate));
    }

    /**
     * A key as it was kept.
     *
     * @param certificate DER
     * @throws IllegalArgumentException if the key is not of P-256, or not that of the certificate
     */
    static SigningKey of(Provider provider, KeyPurpose purpose, PrivateKey key, byte[] certificate) {
        X509CertificateHolder parsed = parsed(certificate);
        JcaSigner signer = new JcaSigner(provider, key);
        if (!belongTogether(provider, signer, parsed)) {
            throw new IllegalArgumentException("the key is not of P-256, or not that of its certificate");
        }
        return new SigningKey(purpose, signer, certificate.clone(), parsed);
    }

    private static X509CertificateHolder parsed(byte[] certificate) {
        try {
            return new X509CertificateHolder(certificate);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("not a readable X.509 certificate", unreadable);
        }
    }

    private static boolean belongTogether(Provider provider, JcaSigner signer, X509CertificateHolder certificate) {
        try {
            byte[] spki = certificate.getSubjectPublicKeyInfo().getEncoded();
            if (!(new VerificationKeys(provider).ofSpki(spki) instanceof KeyImport.Usable(VerificationKey key))
                    || key.algorithm() != Algorithm.ES256) {
                return false;
            }
            Signature engine = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
            engine.initVerify(key.jcaKey());
            engine.update(PROBE);
            return engine.verify(signer.sign(PROBE));
        } catch (GeneralSecurityException | IOException | IllegalStateException not) {
            return false;
        }
    }

    /** {@return what it signs} */
    public KeyPurpose purpose() {
        return purpose;
    }

    /** {@return the first 8 bytes of the SHA-256 of its certificate} */
    public Kid kid() {
        return kid;
    }

    /** {@return what signs with it, on any thread} */
    public JcaSigner signer() {
        return signer;
    }

    /** {@return the certificate in DER, as a copy} */
    public byte[] certificate() {
        return certificate.clone();
    }

    /** {@return first instant of the certificate's validity} */
    public Instant notBefore() {
        return notBefore;
    }

    /** {@return last instant of the certificate's validity} */
    public Instant notAfter() {
        return notAfter;
    }

    /** {@return the O of the certificate's subject; empty without one} */
    public Optional<String> organization() {
        return organization;
    }

    /** {@return from when on it is the one to sign with: {@link #SETTLING} after its certificate's first instant} */
    public Instant settledFrom() {
        return notBefore.plus(SETTLING);
    }

    boolean isSettled(Instant now) {
        return !now.isBefore(settledFrom());
    }

    boolean isValid(Instant now) {
        return !now.isBefore(notBefore) && !hasRunOut(now);
    }

    boolean hasRunOut(Instant now) {
        return now.isAfter(notAfter);
    }

    @Override
    public String toString() {
        return "SigningKey[" + purpose.code() + ", " + kid + "]";
    }
}
