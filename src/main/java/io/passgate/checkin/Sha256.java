package io.passgate.checkin;

import io.passgate.model.Digests;
import io.passgate.model.OpaqueId;
import java.security.MessageDigest;
import java.util.Arrays;

/** Ids that are the first 128 bits of a SHA-256. */
final class Sha256 {
    private Sha256() {}

    static OpaqueId id(byte[] bytes) {
        return first128Bits(Digests.sha256().digest(bytes));
    }

    /** Of what the digest has been given. */
    static OpaqueId id(MessageDigest given) {
        return first128Bits(given.digest());
    }

    private static OpaqueId first128Bits(byte[] hash) {
        return OpaqueId.of(Arrays.copyOf(hash, OpaqueId.BYTES));
    }
}
