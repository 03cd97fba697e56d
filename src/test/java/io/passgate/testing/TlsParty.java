package io.passgate.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A party of TLS that is its own authority: a key and its certificate. */
public record TlsParty(KeyPair keys, byte[] der) {
    /** One with a key of P-256. */
    public static TlsParty make(TestCertificate certificate) {
        return make("EC", certificate);
    }

    /** One whose certificate is valid for years. */
    public static TlsParty make() {
        return make("EC", TestCertificate.named("XX"));
    }

    /** One with a key of another kind. */
    public static TlsParty rsa() {
        return make("RSA", TestCertificate.named("XX"));
    }

    private static TlsParty make(String algorithm, TestCertificate certificate) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(2_048);
            }
            KeyPair keys = generator.generateKeyPair();
            return new TlsParty(keys, certificate.authority(keys));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Valid between these. */
    public static TlsParty valid(Instant from, Instant until) {
        return make(TestCertificate.named("XX").valid(from, until));
    }

    public String certificatePem() {
        return pem("CERTIFICATE", der);
    }

    public String keyPem() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** Writes both. */
    public void writeTo(Path certificate, Path key) throws IOException {
        var _ = Files.writeString(certificate, certificatePem());
        var _ = Files.writeString(key, keyPem());
    }

    private static String pem(String type, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    public Certificate certificate() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /** Sockets of a client that trusts these parties and no other. */
    public static SSLSocketFactory clientOf(TlsParty... servers) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (int i = 0; i < servers.length; i++) {
            trusted.setCertificateEntry("server-" + i, servers[i].certificate());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
