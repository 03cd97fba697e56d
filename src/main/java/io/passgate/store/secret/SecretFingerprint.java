package io.passgate.store.secret;

import io.passgate.model.Slice;
import io.passgate.registry.Pepper;
import io.passgate.store.audit.AuditKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What tells one secret from another, and nothing of either. */
public record SecretFingerprint(SecretPurpose purpose, Slice value) {
    public static final int BYTES = 16;

    /** @throws IllegalArgumentException if it has not 16 bytes */
    public SecretFingerprint {
        if (value.length() != BYTES) {
            throw new IllegalArgumentException("a fingerprint has " + BYTES + " bytes");
        }
    }

    public static SecretFingerprint of(Pepper pepper) {
        return new SecretFingerprint(SecretPurpose.PEPPER, Slice.of(pepper.fingerprint()));
    }

    public static SecretFingerprint of(AuditKey key) {
        return new SecretFingerprint(SecretPurpose.AUDIT, Slice.of(key.fingerprint()));
    }

    /** Those of the secrets that a gateway has. */
    public static List<SecretFingerprint> all(Optional<Pepper> pepper, Optional<AuditKey> auditKey) {
        List<SecretFingerprint> all = new ArrayList<>();
        pepper.map(SecretFingerprint::of).ifPresent(all::add);
        auditKey.map(SecretFingerprint::of).ifPresent(all::add);
        return all;
    }
}
