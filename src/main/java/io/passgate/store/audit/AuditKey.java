package io.passgate.store.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret under the audit's MACs, the same at every gateway and in no database. Thread-safe. */
public final class AuditKey {
    private static final int MIN_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    /** Shorter than what any row's MAC is made of. */
    private static final byte[] FINGERPRINT = "passgate fingerprint audit".getBytes(StandardCharsets.US_ASCII);

    private static final int FINGERPRINT_BYTES = 16;

    private final SecretKeySpec key;

    /**
     * Creates a key.
     *
     * @param secret 32 bytes or more, copied
     * @throws IllegalArgumentException if it has fewer
     */
    public AuditKey(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException("an audit key has at least " + MIN_BYTES + " bytes");
        }
        key = new SecretKeySpec(secret, HMAC);
    }

    /** {@return 16 bytes that tell this key from another one in a database, and nothing of either} */
    public byte[] fingerprint() {
        return Arrays.copyOf(mac(FINGERPRINT), FINGERPRINT_BYTES);
    }

    byte[] mac(byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java has HMAC-SHA-256", impossible);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "AuditKey";
    }
}
