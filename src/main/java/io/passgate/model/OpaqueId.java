package io.passgate.model;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A random name that says nothing of what it stands for: 128 bits, as text 22 characters of base64url. */
public final class OpaqueId {
    public static final int BYTES = 16;

    private static final int CHARS = 22;

    private final byte[] bytes;

    private OpaqueId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param random for secrets, such as {@link java.security.SecureRandom} */
    public static OpaqueId random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new OpaqueId(bytes);
    }

    /**
     * The id of these 16 bytes, copied.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static OpaqueId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an id has " + BYTES + " bytes, not " + bytes.length);
        }
        return new OpaqueId(bytes.clone());
    }

    /** The id that is written so; empty if none is. */
    public static Optional<OpaqueId> ofText(String text) {
        if (text.length() != CHARS) {
            return Optional.empty();
        }
        try {
            OpaqueId id = new OpaqueId(Base64.getUrlDecoder().decode(text));
            return id.text().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException not) {
            return Optional.empty();
        }
    }

    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpaqueId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Without the id, which may stand for a person. */
    @Override
    public String toString() {
        return "OpaqueId[…]";
    }
}
