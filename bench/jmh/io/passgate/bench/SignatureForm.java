package io.passgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** How a provider wants an ES256 signature, and what the JCA calls it. */
enum SignatureForm {
    /** r then s, 32 bytes each. */
    RAW("SHA256withECDSAinP1363Format") {
        @Override
        byte[] of(byte[] raw) {
            return raw;
        }
    },
    DER("SHA256withECDSA") {
        @Override
        byte[] of(byte[] raw) {
            try {
                return StandardDSAEncoding.INSTANCE.encode(ORDER, r(raw), s(raw));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    };

    private static final BigInteger ORDER =
            CustomNamedCurves.getByName("secp256r1").getN();
    private static final int HALF_BYTES = 32;

    private final String algorithm;

    SignatureForm(String algorithm) {
        this.algorithm = algorithm;
    }

    String algorithm() {
        return algorithm;
    }

    /** A raw signature in this form. */
    abstract byte[] of(byte[] raw);

    static BigInteger r(byte[] raw) {
        return new BigInteger(1, raw, 0, HALF_BYTES);
    }

    static BigInteger s(byte[] raw) {
        return new BigInteger(1, raw, HALF_BYTES, HALF_BYTES);
    }
}
