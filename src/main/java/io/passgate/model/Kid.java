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

    /**
     * {@return the KID of these bytes, or empty if they are none or more than {@link #MAX_LENGTH}}
     *
     * @param bytes which are copied
     */
    public static Optional<Kid> of(Slice bytes) {
        return isLength(bytes.length()) ? Optional.of(new Kid(bytes.toByteArray())) : Optional.empty();
    }

    /**
     * {@return the KID of these bytes}
     *
     * @param bytes which are copied
     * @throws IllegalArgumentException if the length is not in [1, {@link #MAX_LENGTH}]
     */
    public static Kid of(byte[] bytes) {
        if (!isLength(bytes.length)) {
            throw new IllegalArgumentException("a KID has 1 to " + MAX_LENGTH + " bytes, not " + bytes.length);
        }
        return new Kid(bytes.clone());
    }

    /**
     * {@return the KID written in Base64}
     *
     * @param base64 of RFC 4648 section 4, with or without padding
     * @throws IllegalArgumentException if the text is not Base64 or the length is out of bounds
     */
    public static Kid ofBase64(String base64) {
        return of(Base64.getDecoder().decode(base64));
    }

    /**
     * {@return the KID of a certificate: the first 8 bytes of its SHA-256}
     *
     * @param der the certificate in DER, not looked into
     */
    public static Kid ofCertificate(byte[] der) {
        byte[] digest = Digests.sha256().digest(der);
        return new Kid(Arrays.copyOf(digest, OF_CERTIFICATE_BYTES));
    }

    private static boolean isLength(int length) {
        return length >= 1 && length <= MAX_LENGTH;
    }

    /** {@return the bytes in Base64 (RFC 4648 section 4), padded} */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** {@return the number of bytes, 1 to {@link #MAX_LENGTH}} */
    public int length() {
        return bytes.length;
    }

    /** {@return a copy of the bytes} */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** By the bytes, unsigned. */
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

    /** In hexadecimal, as logs show it. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
