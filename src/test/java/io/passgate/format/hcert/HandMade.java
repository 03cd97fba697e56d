package io.passgate.format.hcert;

import io.passgate.codec.CborWriter;
import io.passgate.format.Decoded;
import io.passgate.model.Credential;
import io.passgate.model.Reason;
import io.passgate.testing.TestCards;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** CBOR and COSE put together by hand, right or wrong. */
@SuppressWarnings("MutablePublicArray")
public final class HandMade {
    public static final byte[] KID = {1, 2, 3, 4, 5, 6, 7, 8};
    public static final byte[] ES256 = num(-7);
    public static final byte[] PROTECTED = map(num(1), ES256, num(4), bytes(KID));
    public static final byte[] NO_HEADER = map();
    public static final byte[] IAT = num(1_600_000_000);
    public static final byte[] EXP = num(1_700_000_000);
    public static final byte[] DCC = map(text("ver"), text("1.3.0"));
    public static final byte[] CWT = cwt(IAT, EXP, map(num(1), DCC));
    public static final byte[] SIGNATURE = new byte[64];

    private HandMade() {}

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

    public static byte[] num(long value) {
        return new CborWriter().integer(value).toByteArray();
    }

    public static byte[] text(String text) {
        return new CborWriter().text(text).toByteArray();
    }

    public static byte[] bytes(byte[] bytes) {
        return new CborWriter().bytes(bytes).toByteArray();
    }

    public static byte[] tag(long tag, byte[] item) {
        return new CborWriter().tag(tag).encoded(item).toByteArray();
    }

    public static byte[] array(byte[]... items) {
        return new CborWriter().array(items.length).encoded(join(items)).toByteArray();
    }

    public static byte[] map(byte[]... keysAndValues) {
        return new CborWriter()
                .map(keysAndValues.length / 2)
                .encoded(join(keysAndValues))
                .toByteArray();
    }

    /** The map with one more entry at its end; it has fewer than 23. */
    public static byte[] with(byte[] map, byte[] key, byte[] value) {
        byte[] longer = join(map, key, value);
        longer[0]++;
        return longer;
    }

    public static byte[] cwt(byte[] iat, byte[] exp, byte[] hcert) {
        return map(num(6), iat, num(4), exp, num(-260), hcert);
    }

    /** A claims set around this certificate. */
    public static byte[] cwtOf(byte[] dcc) {
        return cwt(IAT, EXP, map(num(1), dcc));
    }

    public static byte[] message(byte[] protectedHeader, byte[] unprotected, byte[] payload) {
        return array(bytes(protectedHeader), unprotected, bytes(payload), bytes(SIGNATURE));
    }

    /** A message around this claims set. */
    public static byte[] messageOf(byte[] cwt) {
        return message(PROTECTED, NO_HEADER, cwt);
    }

    /** A message of exactly this many bytes, well formed. */
    public static byte[] messageOfSize(int size) {
        for (int padding = size; padding >= 0; padding--) {
            byte[] message = messageOf(with(CWT, num(99), bytes(new byte[padding])));
            if (message.length == size) {
                return message;
            }
        }
        throw new AssertionError("no message has " + size + " bytes");
    }

    public static Decoded decodeText(String card) {
        return new HcertDecoder().decode(TestCards.payload(card));
    }

    static Decoded decode(byte[] message) {
        return decodeText(TestCards.ofMessage(message));
    }

    static Credential well(byte[] message) {
        return switch (decode(message)) {
            case Decoded.Well(var credential) -> credential;
            case Decoded.Malformed(var reason, var format) -> throw new AssertionError("refused: " + reason);
        };
    }

    static Reason refusal(byte[] message) {
        return refusalOf(TestCards.ofMessage(message));
    }

    public static Reason refusalOf(String card) {
        return switch (decodeText(card)) {
            case Decoded.Well(var credential) -> throw new AssertionError("not refused: " + credential);
            case Decoded.Malformed(var reason, var format) -> reason;
        };
    }

    /** {@code depth} arrays inside each other around a number. */
    static byte[] nested(String head, int depth, String tail) {
        return hex(head.repeat(depth) + "00" + tail.repeat(depth));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
