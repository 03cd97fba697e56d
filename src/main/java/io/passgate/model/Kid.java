package io.passgate.model;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A key identifier (COSE header parameter 4, RFC 9052 section 3.1; JOSE {@code kid}).
 *
 * <p>It is a hint for finding a key and not unique: two signers may share one. A DCC signer's is the first 8 bytes of
 * the SHA-256 of its certificate (DER), but other schemes use other lengths, so any from 1 to {@link #MAX_LENGTH} bytes
 * is kept.
 */
public final class Kid implements Comparable<Kid> {
    /** Long enough for a base64url SHA-512 thumbprint written as text. */
    public static final int MAX_LENGTH = 96;

    private static final int OF_CERTIFICATE_BYTES = 8;

    private final byte[] bytes;
    private final int hash;

    private Kid(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /** The KID of these bytes, or empty if they are none or more than {@link #MAX_LENGTH}. */
    public static Optional<Kid> of(Slice bytes) {
        return isLength(bytes.length()) ? Optional.of(new Kid(bytes.toByteArray())) : Optional.empty();
    }

    /** The KID of these bytes, copied.
     *
     * @throws IllegalArgumentException if the length is not in [1, {@link #MAX_LENGTH}] */
    public static Kid of(byte[] bytes) {
        if (!isLength(bytes.length)) {
            throw new IllegalArgumentException("a KID has 1 to " + MAX_LENGTH + " bytes, not " + bytes.length);
        }
        return new Kid(bytes.clone());
    }

    /** The KID written in Base64.
     *
     * @throws IllegalArgumentException if the text is not Base64 or the length is out of bounds */
    public static Kid ofBase64(String base64) {
        return of(Base64.getDecoder().decode(base64));
    }

    /** The KID of a certificate (DER): the first 8 bytes of its SHA-256. */
    public static Kid ofCertificate(byte[] der) {
        byte[] digest = Digests.sha256().digest(der);
        return new Kid(Arrays.copyOf(digest, OF_CERTIFICATE_BYTES));
    }

    private static boolean isLength(int length) {
        return length >= 1 && length <= MAX_LENGTH;
    }

    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Bytes, 1 to {@link #MAX_LENGTH}. */
    public int length() {
        return bytes.length;
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public int compareTo(Kid that) {
        return Arrays.compareUnsigned(bytes, that.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Kid that && Arrays.equals(bytes, that.bytes));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
