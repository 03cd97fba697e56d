package io.passgate.testing.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What entries are known by, made as the chapter on check-ins says it. */
public final class EntryIds {
    private static final int BYTES = 16;

    private EntryIds() {}

    /**
     * In hexadecimal, that of the only payload of a request.
     *
     * @param key the request's Idempotency-Key
     * @param pass the id of the pass that the payload is
     */
    public static String of(String facility, String key, String payload, byte[] pass) {
        byte[] request = hash(framed(facility), framed(key));
        byte[] entry = hash(request, hash(framed(payload)), new byte[Integer.BYTES], pass);
        return HexFormat.of().formatHex(entry);
    }

    private static byte[] framed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] hash(byte[]... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha256.update(part);
            }
            return Arrays.copyOf(sha256.digest(), BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
