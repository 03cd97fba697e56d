package io.passgate.access;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** A fresh token: 256 random bits in base64url (RFC 4648 section 5) without padding. */
public final class NewToken {
    private static final int BYTES = 32;

    private final String text;

    /**
     * Draws a token.
     *
     * @param random for secrets, such as {@link java.security.SecureRandom}
     */
    public NewToken(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** {@return what goes behind {@code Bearer}} It is told once, to whom it is for. */
    public String reveal() {
        return text;
    }

    /** {@return what is stored of it} */
    public TokenHash hash() {
        return TokenHash.ofToken(text);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "NewToken";
    }
}
