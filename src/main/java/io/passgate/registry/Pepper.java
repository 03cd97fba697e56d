package io.passgate.registry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that turns connecting information into a {@link Holder} at the edge, and that seals what only gateways may
 * read. Whoever lacks it can neither find a person in the database nor try all persons. Thread-safe.
 */
public final class Pepper {
    /** Characters of connecting information: 64 bytes in Base64 are 88. */
    public static final int MAX_CI_CHARS = 128;

    private static final int MIN_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    /**
     * A pepper of these bytes.
     *
     * @throws IllegalArgumentException if they are fewer than 32
     */
    public Pepper(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException("a pepper has at least " + MIN_BYTES + " bytes");
        }
        key = new SecretKeySpec(secret, HMAC);
    }

    /** Whether a text can be connecting information: 1 to {@link #MAX_CI_CHARS} visible characters of ASCII. */
    public static boolean isCi(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_CI_CHARS
                && text.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    /** The holder with this connecting information. */
    public Holder holder(String ci) {
        return Holder.of(hmac("holder", ci.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A key of 32 bytes for a purpose of its own. */
    public byte[] derive(String purpose) {
        return hmac("derive", purpose.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] hmac(String domain, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(domain.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java has HMAC-SHA-256", impossible);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Pepper";
    }
}
