package io.passgate.testing;

import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.HexFormat;

/** DER put together by hand, right or wrong, and certificates whose extensions are any bytes. */
public final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int EXTENSIONS = 0xa3;

    private Der() {}

    public static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** One element with the shortest length. */
    public static byte[] element(int tag, byte[]... content) {
        byte[] body = join(content);
        int length = body.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return join(head, body);
    }

    public static byte[] sequence(byte[]... content) {
        return element(SEQUENCE, content);
    }

    public static byte[] octets(byte[]... content) {
        return element(OCTETS, content);
    }

    /**
     * An extension (RFC 5280 section 4.1) of this object identifier, whose value is {@code value} in an octet string.
     */
    public static byte[] extension(byte[] oid, byte[] value) {
        return sequence(oid, octets(value));
    }

    /** A certificate of this key that has these extensions, each as encoded. */
    public static byte[] certificate(KeyPair keys, byte[]... extensions) {
        return certificateEndingIn(keys, element(EXTENSIONS, sequence(extensions)));
    }

    /** A certificate of this key in which {@code tail} stands in place of the element that holds the extensions. */
    public static byte[] certificateEndingIn(KeyPair keys, byte[] tail) {
        byte[] whole = TestCertificate.named("XX").selfSigned(keys);
        int headOfAll = header(whole, 0);
        int headOfSigned = header(whole, headOfAll);
        int endOfSigned = headOfAll + headOfSigned + length(whole, headOfAll);
        byte[] signed = copy(whole, headOfAll + headOfSigned, endOfSigned);
        return sequence(sequence(signed, tail), copy(whole, endOfSigned, whole.length));
    }

    private static byte[] copy(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static int header(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? 2 : 2 + (first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        if (length < 0x80) {
            return length;
        }
        int value = 0;
        for (int i = 0; i < (length & 0x7f); i++) {
            value = value << 8 | (der[at + 2 + i] & 0xff);
        }
        return value;
    }
}
