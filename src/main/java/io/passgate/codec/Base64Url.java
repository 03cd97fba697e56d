package io.passgate.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Base64url without padding (RFC 4648 section 5) as JOSE writes it (RFC 7515 section 2). Every byte string has exactly
 * one text: padding, line breaks and bits left over that are not 0 are refused, so that no signed text has a twin.
 */
public final class Base64Url {
    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);

    /** The six bits of each byte value, or -1, which any disjunction with it keeps below 0. */
    private static final int[] SEXTET = new int[256];

    static {
        Arrays.fill(SEXTET, -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            SEXTET[ALPHABET[i]] = i;
        }
    }

    private Base64Url() {}

    /**
     * {@return the number of bytes that {@code chars} characters decode to, if they are valid}
     *
     * @param chars how many characters, 0 or more
     */
    public static int decodedLength(int chars) {
        return (int) (chars * 3L / 4);
    }

    /**
     * Decodes {@code length} characters.
     *
     * @param in characters as ASCII bytes
     * @param offset index of the first character
     * @param length how many characters
     * @param out written from {@code outOffset} on, where it has room for {@link #decodedLength} bytes; must not alias
     *     {@code in}
     * @param outOffset index of the first byte written
     * @return the number of bytes written, or -1 if the text is not Base64url; some may be written even then
     */
    public static int decode(byte[] in, int offset, int length, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(offset, length, in.length);
        int rest = length & 3;
        if (rest == 1) {
            return -1;
        }
        int at = offset;
        int end = offset + length - rest;
        int to = outOffset;
        while (at < end) {
            int bits = SEXTET[in[at] & 0xff] << 18
                    | SEXTET[in[at + 1] & 0xff] << 12
                    | SEXTET[in[at + 2] & 0xff] << 6
                    | SEXTET[in[at + 3] & 0xff];
            if (bits < 0) {
                return -1;
            }
            out[to++] = (byte) (bits >> 16);
            out[to++] = (byte) (bits >> 8);
            out[to++] = (byte) bits;
            at += 4;
        }
        return rest == 0 ? to - outOffset : decodeRest(in, at, rest, out, to, outOffset);
    }

    /** Two characters carry one byte and four bits that are 0, three carry two bytes and two such bits. */
    private static int decodeRest(byte[] in, int at, int rest, byte[] out, int to, int outOffset) {
        int third = rest == 3 ? SEXTET[in[at + 2] & 0xff] : 0;
        int bits = SEXTET[in[at] & 0xff] << 12 | SEXTET[in[at + 1] & 0xff] << 6 | third;
        int leftOver = rest == 3 ? 0x3 : 0x3ff;
        if (bits < 0 || (bits & leftOver) != 0) {
            return -1;
        }
        out[to] = (byte) (bits >> 10);
        if (rest == 2) {
            return to + 1 - outOffset;
        }
        out[to + 1] = (byte) (bits >> 2);
        return to + 2 - outOffset;
    }
}
