package io.passgate.access;

import io.passgate.model.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 of a bearer token: what is stored and looked up instead of the token. Equality takes constant time. */
public final class TokenHash implements Comparable<TokenHash> {
    /** Bytes of a SHA-256. */
    public static final int LENGTH = 32;

    private final byte[] sha256;

    private TokenHash(byte[] sha256) {
        this.sha256 = sha256;
    }

    /**
     * {@return the hash of a token}
     *
     * @param token as it stands after {@code Bearer}
     */
    public static TokenHash ofToken(String token) {
        return new TokenHash(Digests.sha256().digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * {@return the hash that is written so}
     *
     * @param hex in upper or lower case
     * @throws IllegalArgumentException if it is not 64 hexadecimal digits
     */
    public static TokenHash ofHex(String hex) {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits");
        }
        return new TokenHash(HexFormat.of().parseHex(hex));
    }

    /**
     * {@return the hash in these bytes}
     *
     * @param sha256 which is copied
     * @throws IllegalArgumentException if they are not {@link #LENGTH}
     */
    public static TokenHash of(byte[] sha256) {
        if (sha256.length != LENGTH) {
            throw new IllegalArgumentException("a SHA-256 has " + LENGTH + " bytes, not " + sha256.length);
        }
        return new TokenHash(sha256.clone());
    }

    /** {@return a copy of the {@link #LENGTH} bytes} */
    public byte[] toByteArray() {
        return sha256.clone();
    }

    /** The first 8 bytes, which an index may be searched by: who asks does not choose them. */
    long prefix() {
        return ByteBuffer.wrap(sha256).getLong();
    }

    /** Whether these are the bytes at {@code offset}; the time does not depend on where they differ. */
    boolean isAt(byte[] bytes, int offset) {
        int different = 0;
        for (int i = 0; i < LENGTH; i++) {
            different |= sha256[i] ^ bytes[offset + i];
        }
        return different == 0;
    }

    /** By their bytes, unsigned; for order, never for telling whether a token is right. */
    @Override
    public int compareTo(TokenHash that) {
        return Arrays.compareUnsigned(sha256, that.sha256);
    }

    /** {@return 64 hexadecimal digits in lower case} */
    public String toHex() {
        return HexFormat.of().formatHex(sha256);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenHash that && MessageDigest.isEqual(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return (sha256[0] & 0xff) << 24 | (sha256[1] & 0xff) << 16 | (sha256[2] & 0xff) << 8 | (sha256[3] & 0xff);
    }
}
