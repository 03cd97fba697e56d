package io.passgate.demo;

import io.passgate.app.Demonstration;
import io.passgate.model.Kid;
import io.passgate.testing.DeterministicKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * A signer of the examples in {@code openapi.yaml}. Its key is the digest of its name, so that the examples can be made
 * again, and everybody knows it: {@code serve} refuses it like every signer of the demonstration.
 */
record ExampleSigner(DeterministicKey key, byte[] certificate) {
    private static final Instant FROM = Instant.parse("2021-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2049-12-31T00:00:00Z");

    /** The one with that common name. */
    static ExampleSigner of(String name) {
        DeterministicKey key = key(name);
        return new ExampleSigner(key, key.certificate("KR", Demonstration.ORGANIZATION, name, FROM, UNTIL));
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
}
