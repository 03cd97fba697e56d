package io.passgate.p256;

import java.math.BigInteger;
import java.util.HexFormat;

/** A signature to decide on. */
record Input(InputKind kind, TestKey key, byte[] digest, byte[] signature) {

    static Input of(InputKind kind, TestKey key, BigInteger hash, BigInteger r, BigInteger s) {
        return new Input(kind, key, Secp256r1.bytes(hash), Secp256r1.signature(r, s));
    }

    /** The input that has these u1 and u2, not 0, and this r: valid if r is x(u1 * G + u2 * Q) mod n. */
    static Input ofScalars(InputKind kind, TestKey key, BigInteger u1, BigInteger u2, BigInteger r) {
        BigInteger s = r.multiply(u2.modInverse(Secp256r1.N)).mod(Secp256r1.N);
        return of(kind, key, u1.multiply(s).mod(Secp256r1.N), r, s);
    }

    /** BouncyCastle's decision. */
    boolean isValid() {
        return key.accepts(digest, signature);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return "%s, %s, digest %s, signature %s".formatted(kind, key, hex.formatHex(digest), hex.formatHex(signature));
    }
}
