package io.passgate.model;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A random name that says nothing of what it stands for: 128 bits, as text 22 characters of base64url. */
public final class OpaqueId {
    /** Bytes of an id. */
    public static final int BYTES = 16;

    private static final int CHARS = 22;

    private final byte[] bytes;

    private OpaqueId(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * {@return a fresh id}
     *
     * @param random for secrets, such as {@link java.security.SecureRandom}
     */
    public static OpaqueId random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new OpaqueId(bytes);
    }

    /**
     * {@return the id of these bytes}
     *
     * @param bytes which are copied
     * @throws IllegalArgumentException if they are not {@link #BYTES}
     */
    public static OpaqueId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an id has " + BYTES + " bytes, not " + bytes.length);
        }
        return new OpaqueId(bytes.clone());
    }

    /**
     * {@return the id that is written so} Empty if none is: each id has one text only.
     *
     * @param text as of {@link #text}, or anything else
     */
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

    /** {@return 22 characters of base64url (RFC 4648 section 5), without padding} */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** {@return a copy of the {@link #BYTES} bytes} */
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
