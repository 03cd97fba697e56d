package io.passgate.sample;

import io.passgate.model.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.util.BigIntegers;

/**
 * A P-256 key that everybody can know, and that signs one message always alike (RFC 6979). Nothing of it is meant to
 * withstand an attacker, and no time is hidden.
 */
public final class SeededKey {
    private static final int HALF = 32;
    private static final int SERIAL_BYTES = 16;
    private static final ECNamedDomainParameters P256 = new ECNamedDomainParameters(
            SECObjectIdentifiers.secp256r1, ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1));

    private final ECPrivateKeyParameters key;
    private final SubjectPublicKeyInfo publicKey;

    /**
     * Takes a key that is known.
     *
     * @param scalar the private key, from 1 to the order of P-256 less 1
     */
    public SeededKey(BigInteger scalar) {
        key = new ECPrivateKeyParameters(scalar, P256);
        try {
            publicKey = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                    new ECPublicKeyParameters(P256.getG().multiply(scalar), P256));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The key that a text stands for. */
    static SeededKey of(String text) {
        BigInteger digest = new BigInteger(1, digest(text));
        return new SeededKey(digest.mod(P256.getN().subtract(BigInteger.ONE)).add(BigInteger.ONE));
    }

    private static byte[] digest(String text) {
        return Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Signs a message.
     *
     * @param message whole, not hashed yet; only read
     * @return r then s, 32 bytes each, big-endian
     */
    public byte[] sign(byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, key);
        BigInteger[] halves = signer.generateSignature(Digests.sha256().digest(message));
        byte[] signature = new byte[2 * HALF];
        BigIntegers.asUnsignedByteArray(halves[0], signature, 0, HALF);
        BigIntegers.asUnsignedByteArray(halves[1], signature, HALF, HALF);
        return signature;
    }

    /** {@return its public half as a SubjectPublicKeyInfo (RFC 5280 section 4.1) in DER} */
    public byte[] spki() {
        try {
            return publicKey.getEncoded();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * {@return a certificate (RFC 5280) in DER that the key has signed itself}
     *
     * @param country C of its subject
     * @param organization O of its subject
     * @param commonName CN of its subject, from which its serial number follows
     * @param from its first second
     * @param until its last second
     */
    public byte[] certificate(String country, String organization, String commonName, Instant from, Instant until) {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, country)
                .addRDN(BCStyle.O, organization)
                .addRDN(BCStyle.CN, commonName)
                .build();
        BigInteger serial = new BigInteger(1, Arrays.copyOf(digest(commonName), SERIAL_BYTES));
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    subject, serial, Date.from(from), Date.from(until), subject, publicKey);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            return builder.build(new Signing(this, new ByteArrayOutputStream())).getEncoded();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Signs certificates: r and s as X.509 has them. */
    private record Signing(SeededKey key, ByteArrayOutputStream message) implements ContentSigner {
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
