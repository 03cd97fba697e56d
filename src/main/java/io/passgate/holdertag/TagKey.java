package io.passgate.holdertag;

import java.util.Arrays;

/** The 256 random bits that one day's holder tags are made by. */
public final class TagKey {
    /** Bytes of a key. */
    public static final int BYTES = 32;

    private final byte[] secret;

    /**
     * The key of these bytes.
     *
     * @param secret {@link #BYTES} random bytes, which are copied
     * @throws IllegalArgumentException if there are more or fewer
     */
    public TagKey(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a tag key has " + BYTES + " bytes");
        }
        this.secret = secret.clone();
    }

    /** {@return a copy, for whoever seals it} */
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
