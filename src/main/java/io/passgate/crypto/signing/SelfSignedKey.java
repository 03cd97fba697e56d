package io.passgate.crypto.signing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A fresh P-256 key and the certificate (RFC 5280) that it has signed itself. */
public final class SelfSignedKey {
    private static final String COUNTRY = "KR";
    private static final int SERIAL_BITS = 120;

    private final JcaSigner signer;
    private final byte[] certificate;

    private SelfSignedKey(JcaSigner signer, byte[] certificate) {
        this.signer = signer;
        this.certificate = certificate;
    }

    /**
     * What its certificate says.
     *
     * @param organization the subject's O, 1 to 64 printable characters (RFC 5280 appendix A.1)
     * @param commonName the subject's CN, likewise
     * @param notBefore first instant of its validity, to the second
     * @param notAfter last instant of its validity, to the second
     * @param usages OIDs of the extended key usages it is limited to; none for no limit
     */
    public record Contents(
            String organization, String commonName, Instant notBefore, Instant notAfter, List<String> usages) {
        private static final int MAX_LENGTH = 64;

        /**
         * Checks the names and the validity.
         *
         * @throws IllegalArgumentException if a name is out of bounds, or the end before the beginning
         */
        public Contents {
            checkName("the organization", organization);
            checkName("the common name", commonName);
            if (notAfter.isBefore(notBefore)) {
                throw new IllegalArgumentException("the validity ends before it begins");
            }
            usages = List.copyOf(usages);
        }

        private static void checkName(String what, String name) {
            if (name.isBlank() || name.length() > MAX_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(what + " is not 1 to " + MAX_LENGTH + " printable characters");
            }
        }
    }

    /**
     * Makes a key and its certificate.
     *
     * @param provider makes the key and signs with it
     * @param random for the key and the certificate's serial number
     * @param contents what the certificate says
     * @return both, which are kept nowhere yet
     */
    public static SelfSignedKey make(Provider provider, SecureRandom random, Contents contents) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair keys = generator.generateKeyPair();
            byte[] certificate = builder(keys, new BigInteger(SERIAL_BITS, random), contents)
                    .build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .setProvider(provider)
                            .build(keys.getPrivate()))
                    .getEncoded();
            return new SelfSignedKey(new JcaSigner(provider, keys.getPrivate()), certificate);
        } catch (GeneralSecurityException | OperatorCreationException | IOException failed) {
            throw new IllegalStateException("no key could be made", failed);
        }
    }

    private static X509v3CertificateBuilder builder(KeyPair keys, BigInteger serial, Contents contents)
            throws IOException {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, COUNTRY)
                .addRDN(BCStyle.O, contents.organization())
                .addRDN(BCStyle.CN, contents.commonName())
                .build();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                serial,
                Date.from(contents.notBefore()),
                Date.from(contents.notAfter()),
                subject,
                keys.getPublic());
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        if (!contents.usages().isEmpty()) {
            KeyPurposeId[] purposes = contents.usages().stream()
                    .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
                    .toArray(KeyPurposeId[]::new);
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }
        return builder;
    }

    /** {@return what signs with the key, on any thread} */
    public JcaSigner signer() {
        return signer;
    }

    /** {@return the certificate in DER, as a copy} */
    public byte[] certificate() {
        return certificate.clone();
    }
}
