package io.passgate.testing;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.crypto.signing.JcaSigner;
import io.passgate.format.hcert.HcertEncoder;
import io.passgate.model.Algorithm;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.trust.CertificateImporter;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerImport;
import io.passgate.trust.TrustList;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.List;

/** An issuer with a key and a self-signed certificate of its own, that makes cards. */
public final class TestIssuer {
    /** The validity of a certificate unless it says otherwise. */
    public static final Instant NOT_BEFORE = Instant.parse("2021-01-01T00:00:00Z");

    public static final Instant NOT_AFTER = Instant.parse("2031-01-01T00:00:00Z");

    private static final Provider PROVIDER = CryptoProviders.preferred();

    private final Algorithm algorithm;
    private final KeyPair keys;
    private final byte[] certificate;
    private final Signer signer;

    private TestIssuer(Algorithm algorithm, KeyPair keys, byte[] certificate) {
        this.algorithm = algorithm;
        this.keys = keys;
        this.certificate = certificate;
        this.signer = signer(PROVIDER);
    }

    /**
     * An issuer that signs with ES256.
     *
     * @param country the certificate's C; none when empty
     * @param usages the extended key usages; no such extension when none is given
     */
    public static TestIssuer ec256(String country, EventKind... usages) {
        return of(Algorithm.ES256, country, usages);
    }

    /** One issuer of country XX and no usages for all tests that need no other: a key, above all RSA, takes a while. */
    public static TestIssuer shared(Algorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> Shared.ES256;
            case ES384 -> Shared.ES384;
            case PS256 -> Shared.PS256;
        };
    }

    /** Makes each shared issuer when the first one is asked for. */
    private static final class Shared {
        static final TestIssuer ES256 = of(Algorithm.ES256, "XX");
        static final TestIssuer ES384 = of(Algorithm.ES384, "XX");
        static final TestIssuer PS256 = of(Algorithm.PS256, "XX");
    }

    /** An issuer with a fresh key for {@code algorithm}. */
    public static TestIssuer of(Algorithm algorithm, String country, EventKind... usages) {
        return of(algorithm, TestCertificate.named(country).usages(usages));
    }

    /** An issuer with a fresh key and a certificate of this shape. */
    public static TestIssuer of(Algorithm algorithm, TestCertificate shape) {
        KeyPair keys = newKeys(algorithm);
        return new TestIssuer(algorithm, keys, shape.selfSigned(keys));
    }

    /** The same key in another certificate, and so with another KID. */
    public TestIssuer withCertificate(TestCertificate shape) {
        return new TestIssuer(algorithm, keys, shape.selfSigned(keys));
    }

    /** A fresh pair of keys for {@code algorithm}. */
    public static KeyPair newKeys(Algorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm == Algorithm.PS256 ? "RSA" : "EC");
            switch (algorithm) {
                case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case ES384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
                case PS256 -> generator.initialize(2_048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    public byte[] certificateDer() {
        return certificate.clone();
    }

    /** The SubjectPublicKeyInfo of its key. */
    public byte[] spki() {
        return keys.getPublic().getEncoded();
    }

    public KeyPair keys() {
        return keys;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    public Kid kid() {
        return signer.kid();
    }

    /** The signer that its certificate gives, for verification by the preferred provider. */
    public Signer signer() {
        return signer;
    }

    /** The signer that its certificate gives, for verification by {@code provider}. */
    public Signer signer(Provider provider) {
        SignerImport imported =
                new CertificateImporter(new VerificationKeys(provider)).ofDer("test issuer", certificate);
        if (!imported.rejected().isEmpty()) {
            throw new AssertionError(imported.rejected().toString());
        }
        return imported.signers().getFirst();
    }

    /** A trust list that trusts these issuers only. */
    public static TrustList trusting(TestIssuer... issuers) {
        return TrustList.of(List.of(issuers).stream().map(TestIssuer::signer).toList());
    }

    /** The QR text of a card that this issuer signed. */
    public String card(CardSpec spec) {
        return card(kid(), spec.cwt());
    }

    /** The QR text of a card under any KID, with any encoded claims set, signed by this issuer's key. */
    public String card(Kid kid, byte[] cwt) {
        return HcertEncoder.encode(algorithm, kid, cwt, this::sign);
    }

    /** The raw signature of {@code message}. */
    public byte[] sign(byte[] message) {
        if (algorithm == Algorithm.ES256) {
            return new JcaSigner(PROVIDER, keys.getPrivate()).sign(message);
        }
        try {
            Signature engine = algorithm == Algorithm.ES384
                    ? Signature.getInstance("SHA384withECDSAinP1363Format", PROVIDER)
                    : Signature.getInstance("RSASSA-PSS", PROVIDER);
            if (algorithm == Algorithm.PS256) {
                engine.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            engine.initSign(keys.getPrivate());
            engine.update(message);
            return engine.sign();
        } catch (GeneralSecurityException failed) {
            throw new AssertionError(failed);
        }
    }
}
