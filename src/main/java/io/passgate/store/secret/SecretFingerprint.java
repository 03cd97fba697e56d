package io.passgate.store.secret;

import io.passgate.model.Slice;
import io.passgate.registry.Pepper;
import io.passgate.store.audit.AuditKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What tells one secret from another, and nothing of either.
 *
 * @param purpose what the secret is for
 * @param value 16 bytes that are not secret
 */
public record SecretFingerprint(SecretPurpose purpose, Slice value) {
    static final int BYTES = 16;

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if the value has not 16 bytes
     */
    public SecretFingerprint {
        if (value.length() != BYTES) {
            throw new IllegalArgumentException("a fingerprint has " + BYTES + " bytes");
        }
    }

    /**
     * {@return the fingerprint of a pepper}
     *
     * @param pepper that issuing has
     */
    public static SecretFingerprint of(Pepper pepper) {
        return new SecretFingerprint(SecretPurpose.PEPPER, Slice.of(pepper.fingerprint()));
    }

    /**
     * {@return the fingerprint of an audit key}
     *
     * @param key that tracing has
     */
    public static SecretFingerprint of(AuditKey key) {
        return new SecretFingerprint(SecretPurpose.AUDIT, Slice.of(key.fingerprint()));
    }

    /**
     * {@return the fingerprints of the secrets that a gateway has: none to two}
     *
     * @param pepper empty where it does not issue
     * @param auditKey empty where it audits nothing
     */
    public static List<SecretFingerprint> all(Optional<Pepper> pepper, Optional<AuditKey> auditKey) {
        List<SecretFingerprint> all = new ArrayList<>();
        pepper.map(SecretFingerprint::of).ifPresent(all::add);
        auditKey.map(SecretFingerprint::of).ifPresent(all::add);
        return all;
    }
}
