package io.passgate.demo;

import io.passgate.app.Demonstration;
import io.passgate.model.Kid;
import io.passgate.testing.DeterministicKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/**
 * A signer of the examples in {@code openapi.yaml}. Its key is the digest of its name, so that the examples can be made
 * again, and everybody knows it: {@code serve} refuses it like every signer of the demonstration.
 */
record ExampleSigner(DeterministicKey key, byte[] certificate) {
    private static final Instant FROM = Instant.parse("2021-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2049-12-31T00:00:00Z");
    private static final int HALF = 32;

    /** The one with that common name. */
    static ExampleSigner of(String name) {
        DeterministicKey key = key(name);
        return new ExampleSigner(key, certificate(key, name));
    }

    /** The key that is known by its name; any digest is below the order of P-256, as far as one will ever see. */
    static DeterministicKey key(String name) {
        return new DeterministicKey(new BigInteger(1, sha256("passgate example: " + name)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    Kid kid() {
        return Kid.ofCertificate(certificate);
    }

    /** Its certificate as the demonstration carries it. */
    String pem() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
        return String.join("\n", List.of("-----BEGIN CERTIFICATE-----", base64, "-----END CERTIFICATE-----", ""));
    }

    private static byte[] certificate(DeterministicKey key, String name) {
        X500Name subject = new X500Name("C=KR,O=" + Demonstration.ORGANIZATION + ",CN=" + name);
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    subject,
                    new BigInteger(1, Arrays.copyOf(sha256(name), HALF / 2)),
                    Date.from(FROM),
                    Date.from(UNTIL),
                    subject,
                    SubjectPublicKeyInfo.getInstance(key.publicKey().spki().toByteArray()));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            return builder.build(new Signing(key)).getEncoded();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Signs certificates: r and s as X.509 has them. */
    private record Signing(DeterministicKey key, ByteArrayOutputStream message) implements ContentSigner {
        Signing(DeterministicKey key) {
            this(key, new ByteArrayOutputStream());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            byte[] signature = key.sign(message.toByteArray());
            try {
                return new DERSequence(new ASN1Integer[] {
                            new ASN1Integer(new BigInteger(1, Arrays.copyOf(signature, HALF))),
                            new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(signature, HALF, 2 * HALF)))
                        })
                        .getEncoded();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
