package io.passgate.dpop;

import io.passgate.model.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * By what a proof is recognised when it comes again: the first 16 bytes of the SHA-256 over provider, consent id and
 * {@code jti}, each in UTF-8 after its length in bytes as 32 bits, big-endian. So no two triples run into one.
 *
 * @param high bytes 0 to 7
 * @param low bytes 8 to 15
 */
public record ProofId(long high, long low) {
    /** Bytes of an id. */
    public static final int BYTES = 16;

    /**
     * {@return the id of a proof}
     *
     * @param provider the name of the provider that asks
     * @param consent the id of the consent that the proof is made for
     * @param jti the proof's own name
     */
    public static ProofId of(String provider, String consent, String jti) {
        MessageDigest sha256 = Digests.sha256();
        update(sha256, provider);
        update(sha256, consent);
        update(sha256, jti);
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        return new ProofId(digest.getLong(), digest.getLong());
    }

    private static void update(MessageDigest sha256, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha256.update(bytes);
    }

    /** {@return the {@link #BYTES} bytes, as a copy} */
    public byte[] toByteArray() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** The bytes in hexadecimal. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
