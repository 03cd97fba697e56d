package io.passgate.format.hcert;

import io.passgate.codec.Base45;
import io.passgate.codec.CoseSign1;
import io.passgate.model.Algorithm;
import io.passgate.model.Kid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes what {@link HcertDecoder} reads: an hcert payload around a CWT that its issuer signs. */
public final class HcertEncoder {
    private HcertEncoder() {}

    /**
     * Encodes one payload.
     *
     * @param algorithm the one that {@code sign} signs with
     * @param kid hints at the key for who verifies
     * @param cwt the encoded claims set, which is copied
     * @param sign from the bytes to be signed to the signature
     * @return {@code "HC1:"} and Base45 text
     */
    public static String encode(Algorithm algorithm, Kid kid, byte[] cwt, UnaryOperator<byte[]> sign) {
        byte[] message = CoseSign1.sign(algorithm, kid, cwt, sign);
        return "HC1:" + Base45.encode(deflate(message));
    }

    private static byte[] deflate(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(out, deflater)) {
            zlib.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }
}
