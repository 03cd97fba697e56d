package io.passgate.crypto;

import io.passgate.p256.PublicPoint;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The usual SubjectPublicKeyInfo of P-256 (RFC 5480 section 2): named curve, uncompressed point. */
final class P256Spki {
    /** A point's x then y, 32 bytes each, big-endian. */
    static final int POINT_BYTES = 64;

    /** A signature's r then s, 32 bytes each, big-endian. */
    static final int SIGNATURE_BYTES = 64;

    private static final int COORDINATE_BYTES = POINT_BYTES / 2;

    /** All of it up to the coordinates: id-ecPublicKey, the named curve, "uncompressed". */
    private static final byte[] PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private P256Spki() {}

    /** The key of a point; nothing is checked. */
    static byte[] of(byte[] point) {
        byte[] spki = Arrays.copyOf(PREFIX, PREFIX.length + POINT_BYTES);
        System.arraycopy(point, 0, spki, PREFIX.length, POINT_BYTES);
        return spki;
    }

    /** The point of a key that is written just so and is on the curve; empty for any other key, be it good or bad. */
    static Optional<PublicPoint> point(byte[] spki) {
        return isUsual(spki) ? onCurve(spki, PREFIX.length) : Optional.empty();
    }

    /** Whether a key is written just so, whatever its coordinates. */
    static boolean isUsual(byte[] spki) {
        return spki.length == PREFIX.length + POINT_BYTES
                && Arrays.equals(spki, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
    }

    /** The point whose coordinates begin at {@code offset}; empty when it is not on the curve. */
    static Optional<PublicPoint> onCurve(byte[] bytes, int offset) {
        return PublicPoint.of(
                new BigInteger(1, bytes, offset, COORDINATE_BYTES),
                new BigInteger(1, bytes, offset + COORDINATE_BYTES, COORDINATE_BYTES));
    }
}
