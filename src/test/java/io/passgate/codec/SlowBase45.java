package io.passgate.codec;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Optional;

/** Base45 as RFC 9285 section 4 words it, with big integers and no tables: the reference of {@link Base45}. */
public final class SlowBase45 {
    public static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private static final BigInteger RADIX = BigInteger.valueOf(45);

    private SlowBase45() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += 2) {
            int size = Math.min(2, bytes.length - at);
            BigInteger value = new BigInteger(1, bytes, at, size);
            for (int digit = 0; digit <= size; digit++) {
                BigInteger[] parts = value.divideAndRemainder(RADIX);
                text.append(ALPHABET.charAt(parts[1].intValueExact()));
                value = parts[0];
            }
        }
        return text.toString();
    }

    public static Optional<byte[]> decode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at += 3) {
            String group = text.substring(at, Math.min(at + 3, text.length()));
            if (group.length() == 1) {
                return Optional.empty();
            }
            BigInteger value = BigInteger.ZERO;
            for (int digit = group.length() - 1; digit >= 0; digit--) {
                int index = ALPHABET.indexOf(group.charAt(digit));
                if (index < 0) {
                    return Optional.empty();
                }
                value = value.multiply(RADIX).add(BigInteger.valueOf(index));
            }
            int size = group.length() - 1;
            if (value.bitLength() > 8 * size) {
                return Optional.empty();
            }
            for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
                out.write(value.shiftRight(shift).intValue());
            }
        }
        return Optional.of(out.toByteArray());
    }
}
