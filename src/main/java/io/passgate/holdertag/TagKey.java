package io.passgate.holdertag;

import java.util.Arrays;

/** The 256 random bits that one day's holder tags are made by. */
public final class TagKey {
    public static final int BYTES = 32;

    private final byte[] secret;

    /** @throws IllegalArgumentException if the secret has not 32 bytes */
    public TagKey(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a tag key has " + BYTES + " bytes");
        }
        this.secret = secret.clone();
    }

    /** A copy, for whoever seals it. */
    public byte[] toByteArray() {
        return secret.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TagKey that && Arrays.equals(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "TagKey";
    }
}
