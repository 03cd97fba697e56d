package io.passgate.testing;

import io.passgate.codec.Base45;
import io.passgate.model.Slice;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Takes the QR text of a card apart and puts it together again, for tests that change what is inside. */
public final class TestCards {
    private static final int P256_BYTES = 32;

    /** The order of P-256's base point (FIPS 186-5, SP 800-186 section 3.2.1.3). */
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private static final String PREFIX = "HC1:";

    private TestCards() {}

    /** The payload as a verifier gets it. */
    public static Slice payload(String card) {
        return Slice.of(card.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The COSE message inside a card. */
    public static byte[] message(String card) {
        return inflate(compressed(card));
    }

    /** The zlib stream inside a card. */
    public static byte[] compressed(String card) {
        byte[] text = card.substring(PREFIX.length()).getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[Base45.decodedLength(text.length)];
        int length = Base45.decode(text, 0, text.length, bytes);
        if (length < 0) {
            throw new IllegalArgumentException("not Base45");
        }
        return Arrays.copyOf(bytes, length);
    }

    /** The card of any COSE message. */
    public static String ofMessage(byte[] message) {
        return ofCompressed(deflate(message));
    }

    /** The card of any bytes in the place of the zlib stream. */
    public static String ofCompressed(byte[] zlib) {
        return PREFIX + Base45.encode(zlib);
    }

    /** The card with one bit of its signature flipped: well formed, and refused. */
    public static String withBrokenSignature(String card) {
        byte[] message = message(card);
        message[message.length - 1] ^= 1;
        return ofMessage(message);
    }

    /** The card of ES256 with s replaced by n - s, which is as valid. */
    public static String withOtherS(String card) {
        byte[] message = message(card);
        int start = message.length - P256_BYTES;
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(message, start, message.length));
        byte[] other = P256_ORDER.subtract(s).toByteArray();
        Arrays.fill(message, start, message.length, (byte) 0);
        int length = Math.min(other.length, P256_BYTES);
        System.arraycopy(other, other.length - length, message, message.length - length, length);
        return ofMessage(message);
    }

    public static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[1_024];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    public static byte[] inflate(byte[] zlib) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(zlib);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[1_024];
            while (!inflater.finished()) {
                int more = inflater.inflate(part);
                if (more == 0) {
                    throw new IllegalArgumentException("not a whole zlib stream");
                }
                out.write(part, 0, more);
            }
            if (inflater.getRemaining() > 0) {
                throw new IllegalArgumentException("bytes after the zlib stream");
            }
            return out.toByteArray();
        } catch (DataFormatException notZlib) {
            throw new IllegalArgumentException(notZlib);
        } finally {
            inflater.end();
        }
    }
}
