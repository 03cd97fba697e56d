package io.passgate.revocation;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The first 128 bits of a SHA-256, as two longs in big-endian order; ordered as unsigned.
 *
 * @param high bytes 0 to 7
 * @param low bytes 8 to 15
 */
public record RevocationHash(long high, long low) implements Comparable<RevocationHash> {
    /** Bytes of a hash. */
    public static final int BYTES = 16;

    /**
     * {@return the hash in these bytes}
     *
     * @param bytes at least {@link #BYTES}; what follows, such as the rest of a SHA-256, is left out
     * @throws IllegalArgumentException if there are fewer
     */
    public static RevocationHash of(byte[] bytes) {
        if (bytes.length < BYTES) {
            throw new IllegalArgumentException("a revocation hash has 16 bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new RevocationHash(buffer.getLong(), buffer.getLong());
    }

    /** {@return the {@link #BYTES} bytes, as a copy} */
    public byte[] toByteArray() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    @Override
    public int compareTo(RevocationHash that) {
        int byHigh = Long.compareUnsigned(high, that.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, that.low);
    }

    /** The bytes in hexadecimal. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
