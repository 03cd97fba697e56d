package io.passgate.testing;

import io.passgate.model.EventKind;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The shape of a document signer certificate for a test: its subject, its validity and its extended key usages. */
public record TestCertificate(
        String country, String organization, Instant notBefore, Instant notAfter, Optional<List<String>> usageOids) {
    /** The arc of the DCC's extended key usages. */
    public static final String USAGE_ARC = "1.3.6.1.4.1.1847.2021.1.";

    /** The spelling with a stray 0 that several states issued. */
    public static final String OTHER_USAGE_ARC = "1.3.6.1.4.1.0.1847.2021.1.";

    /** Not the subject, from whatever key it is signed by: nothing may be taken from the issuer's name. */
    private static final X500Name ISSUER = new X500Name("C=ZZ, O=Test authority, CN=CSCA");

    /** Valid from 2021 to 2031, without usages; {@code country} may be empty. */
    public static TestCertificate named(String country) {
        return new TestCertificate(
                country, "Test ministry", TestIssuer.NOT_BEFORE, TestIssuer.NOT_AFTER, Optional.empty());
    }

    /** The last instant of validity, to the second as X.509 has it. */
    public TestCertificate valid(Instant from, Instant until) {
        return new TestCertificate(country, organization, from, until, usageOids);
    }

    /** No extension when none is given. */
    public TestCertificate usages(EventKind... kinds) {
        if (kinds.length == 0) {
            return new TestCertificate(country, organization, notBefore, notAfter, Optional.empty());
        }
        return usageOids(Arrays.stream(kinds).map(TestCertificate::oid).toArray(String[]::new));
    }

    /** The extension with these OIDs. */
    public TestCertificate usageOids(String... oids) {
        return new TestCertificate(country, organization, notBefore, notAfter, Optional.of(List.of(oids)));
    }

    private static String oid(EventKind kind) {
        return switch (kind) {
            case TEST -> USAGE_ARC + 1;
            case VACCINATION -> USAGE_ARC + 2;
            case RECOVERY -> USAGE_ARC + 3;
            case EXEMPTION -> throw new IllegalArgumentException("the DCC has no usage for exemptions");
        };
    }

    /** The certificate (DER) of this key, signed by itself. */
    public byte[] selfSigned(KeyPair keys) {
        return signed(keys.getPublic().getEncoded(), keys);
    }

    /**
     * The certificate (DER) of this key that names itself as its issuer: an authority of its own, as TLS looks for one.
     */
    public byte[] authority(KeyPair keys) {
        return signed(subject(), subject(), keys.getPublic().getEncoded(), keys);
    }

    /** The certificate (DER) of any key, readable or not, signed by another. */
    public byte[] signed(byte[] spki, KeyPair by) {
        return signed(ISSUER, subject(), spki, by);
    }

    private X500Name subject() {
        X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
        if (!country.isEmpty()) {
            subject.addRDN(BCStyle.C, country);
        }
        subject.addRDN(BCStyle.O, organization);
        subject.addRDN(BCStyle.CN, "DSC");
        return subject.build();
    }

    private byte[] signed(X500Name issuer, X500Name subject, byte[] spki, KeyPair by) {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(notBefore),
                    Date.from(notAfter),
                    subject,
                    SubjectPublicKeyInfo.getInstance(spki));
            if (usageOids.isPresent()) {
                KeyPurposeId[] purposes = usageOids.get().stream()
                        .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
                        .toArray(KeyPurposeId[]::new);
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            }
            String signature = signatureName(by.getPublic());
            return builder.build(new JcaContentSignerBuilder(signature).build(by.getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String signatureName(PublicKey key) {
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }
}
