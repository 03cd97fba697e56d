package io.passgate.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Base45 (RFC 9285): two bytes as three characters of QR's alphanumeric alphabet, a last single byte as two. */
public final class Base45 {
    private static final byte[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".getBytes(StandardCharsets.US_ASCII);

    /** The digit of each byte value, or {@link #NOT_A_DIGIT}. */
    private static final int[] DIGIT = new int[256];

    /** So large that any sum with it in it is out of range, and no sum overflows. */
    private static final int NOT_A_DIGIT = 1 << 17;

    static {
        Arrays.fill(DIGIT, NOT_A_DIGIT);
        for (int i = 0; i < ALPHABET.length; i++) {
            DIGIT[ALPHABET[i]] = i;
        }
    }

    private Base45() {}

    /**
     * {@return the number of bytes that {@code chars} characters decode to, if they are valid}
     *
     * @param chars how many characters, 0 or more
     */
    public static int decodedLength(int chars) {
        return chars / 3 * 2 + (chars % 3 == 0 ? 0 : 1);
    }

    /**
     * Decodes {@code length} characters.
     *
     * @param in characters as ASCII bytes
     * @param offset index of the first character
     * @param length how many characters
     * @param out at least {@link #decodedLength} bytes long; must not alias {@code in}
     * @return the number of bytes written from index 0, or -1 if the text is not Base45
     */
    public static int decode(byte[] in, int offset, int length, byte[] out) {
        Objects.checkFromIndexSize(offset, length, in.length);
        int rest = length % 3;
        if (rest == 1) {
            return -1;
        }
        int at = offset;
        int end = offset + length - rest;
        int written = 0;
        while (at < end) {
            int value = DIGIT[in[at] & 0xff] + 45 * DIGIT[in[at + 1] & 0xff] + 2025 * DIGIT[in[at + 2] & 0xff];
            if (value > 0xffff) {
                return -1;
            }
            out[written++] = (byte) (value >> 8);
            out[written++] = (byte) value;
            at += 3;
        }
        if (rest == 2) {
            int value = DIGIT[in[at] & 0xff] + 45 * DIGIT[in[at + 1] & 0xff];
            if (value > 0xff) {
                return -1;
            }
            out[written++] = (byte) value;
        }
        return written;
    }

    /**
     * {@return the two bytes that the first three characters stand for, as a number of 16 bits; -1 if they are not Base45}
     *
     * @param in characters as ASCII bytes
     * @param offset index of the first of at least three characters
     */
    public static int twoBytes(byte[] in, int offset) {
        int value = DIGIT[in[offset] & 0xff] + 45 * DIGIT[in[offset + 1] & 0xff] + 2025 * DIGIT[in[offset + 2] & 0xff];
        return value > 0xffff ? -1 : value;
    }

    /**
     * {@return bytes as Base45}
     *
     * @param bytes all of them are encoded; may be empty
     */
    public static String encode(byte[] bytes) {
        byte[] text = new byte[bytes.length / 2 * 3 + bytes.length % 2 * 2];
        int at = 0;
        int written = 0;
        for (; at + 1 < bytes.length; at += 2) {
            int value = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
            text[written++] = ALPHABET[value % 45];
            text[written++] = ALPHABET[value / 45 % 45];
            text[written++] = ALPHABET[value / 2025];
        }
        if (at < bytes.length) {
            int value = bytes[at] & 0xff;
            text[written++] = ALPHABET[value % 45];
            text[written] = ALPHABET[value / 45];
        }
        return new String(text, StandardCharsets.US_ASCII);
    }
}
