package io.passgate.checkin;

import io.passgate.model.OpaqueId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Ids that are the first 128 bits of a SHA-256. */
final class Sha256 {
    private Sha256() {}

    static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }

    static OpaqueId id(byte[] bytes) {
        return first128Bits(fresh().digest(bytes));
    }

    /** Of what the digest has been given. */
    static OpaqueId id(MessageDigest given) {
        return first128Bits(given.digest());
    }

    private static OpaqueId first128Bits(byte[] hash) {
        return OpaqueId.of(Arrays.copyOf(hash, OpaqueId.BYTES));
    }
}
