package io.passgate.demo;

import io.passgate.app.Gateway;
import io.passgate.codec.HcertEncoder;
import io.passgate.crypto.JcaSigner;
import io.passgate.model.Algorithm;
import io.passgate.model.Kid;
import io.passgate.trust.CertificateImporter;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A document signer whose key is made here and forgotten with the process. */
final class DemoSigner {
    private static final int SERIAL_BITS = 120;

    private final JcaSigner signer;
    private final byte[] certificate;

    private DemoSigner(JcaSigner signer, byte[] certificate) {
        this.signer = signer;
        this.certificate = certificate;
    }

    /**
     * Makes a signer.
     *
     * @param usages the extended key usages its certificate is limited to; none for no limit
     */
    static DemoSigner make(Provider provider, String name, Instant from, Instant until, String... usages) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X500Name subject = new X500Name("C=KR,O=" + Gateway.DEMO_ORGANIZATION + ",CN=" + name);
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(SERIAL_BITS, new SecureRandom()),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    keys.getPublic());
            if (usages.length > 0) {
                KeyPurposeId[] purposes = Arrays.stream(usages)
                        .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
                        .toArray(KeyPurposeId[]::new);
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            }
            byte[] certificate = builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .setProvider(provider)
                            .build(keys.getPrivate()))
                    .getEncoded();
            return new DemoSigner(new JcaSigner(provider, keys.getPrivate()), certificate);
        } catch (GeneralSecurityException | OperatorCreationException | IOException failed) {
            throw new IllegalStateException("no signer could be made", failed);
        }
    }

    /** Signs a claims set into the text of a QR code. */
    String sign(byte[] cwt) {
        return HcertEncoder.encode(Algorithm.ES256, kid(), cwt, signer::sign);
    }

    /** The same with the last byte of the signature changed, as a forger's would be. */
    String signWrongly(byte[] cwt) {
        return HcertEncoder.encode(Algorithm.ES256, kid(), cwt, message -> {
            byte[] signature = signer.sign(message);
            signature[signature.length - 1] ^= 1;
            return signature;
        });
    }

    private Kid kid() {
        return CertificateImporter.kid(certificate);
    }

    String certificatePem() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
        return String.join("\n", List.of("-----BEGIN CERTIFICATE-----", base64, "-----END CERTIFICATE-----", ""));
    }
}
