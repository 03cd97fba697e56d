package io.passgate.registry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
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

    /** No holder and no derived key begins so: those have their domain and a zero byte first. */
    private static final byte[] FINGERPRINT = "passgate fingerprint pepper".getBytes(StandardCharsets.US_ASCII);

    private static final int FINGERPRINT_BYTES = 16;

    private final SecretKeySpec key;

    /**
     * A pepper of these bytes.
     *
     * @param secret 32 bytes or more, which are copied
     * @throws IllegalArgumentException if they are fewer
     */
    public Pepper(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException("a pepper has at least " + MIN_BYTES + " bytes");
        }
        key = new SecretKeySpec(secret, HMAC);
    }

    /**
     * {@return whether a text can be connecting information: 1 to {@link #MAX_CI_CHARS} visible characters of ASCII}
     *
     * @param text of any length
     */
    public static boolean isCi(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_CI_CHARS
                && text.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    /**
     * {@return the holder with this connecting information}
     *
     * @param ci for which {@link #isCi} holds
     */
    public Holder holder(String ci) {
        return Holder.of(hmac("holder", ci.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * {@return a key of 32 bytes for a purpose of its own} The caller owns it.
     *
     * @param purpose in ASCII; another one gives another key
     */
    public byte[] derive(String purpose) {
        return hmac("derive", purpose.getBytes(StandardCharsets.US_ASCII));
    }

    /** {@return 16 bytes that tell this pepper from another one in a database, and nothing of either} */
    public byte[] fingerprint() {
        return Arrays.copyOf(mac(FINGERPRINT), FINGERPRINT_BYTES);
    }

    private byte[] hmac(String domain, byte[] message) {
        byte[] prefix = (domain + "\0").getBytes(StandardCharsets.US_ASCII);
        return mac(prefix, message);
    }

    private byte[] mac(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
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
