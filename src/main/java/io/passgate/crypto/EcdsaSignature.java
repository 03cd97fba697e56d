package io.passgate.crypto;

import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import java.util.Arrays;
import java.util.HexFormat;

/** The form of a raw ECDSA signature: r then s, big-endian, each in [1, n-1] (RFC 9053 section 2.1, SEC 1 4.1.4). */
final class EcdsaSignature {
    private static final byte[] N_P256 =
            HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    private static final byte[] N_P384 = HexFormat.of()
            .parseHex("ffffffffffffffffffffffffffffffffffffffffffffffff"
                    + "c7634d81f4372ddf581a0db248b0a77aecec196accc52973");

    private EcdsaSignature() {}

    /** Whether both halves are in range; the length has been checked. */
    static boolean isInRange(Algorithm algorithm, Slice signature) {
        byte[] order = algorithm == Algorithm.ES384 ? N_P384 : N_P256;
        int half = signature.length() / 2;
        return isInRange(signature.array(), signature.offset(), half, order)
                && isInRange(signature.array(), signature.offset() + half, half, order);
    }

    private static boolean isInRange(byte[] bytes, int offset, int length, byte[] order) {
        if (Arrays.compareUnsigned(bytes, offset, offset + length, order, 0, order.length) >= 0) {
            return false;
        }
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] != 0) {
                return true;
            }
        }
        return false;
    }
}
