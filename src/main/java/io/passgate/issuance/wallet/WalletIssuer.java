package io.passgate.issuance.wallet;

import java.time.Duration;

/**
 * In whose name wallet certificates are made.
 *
 * @param country CWT claim 1 and part of every identifier: ISO 3166 alpha-2, and the signer certificate's C
 * @param name DCC {@code is}: 1 to 80 characters
 * @param lifetime how long a certificate is valid, unless its signer's validity ends before; at least 1 s
 */
public record WalletIssuer(String country, String name, Duration lifetime) {
    private static final int MAX_NAME_LENGTH = 80;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if one is out of bounds
     */
    public WalletIssuer {
        if (!DraftEvent.isCountry(country)) {
            throw new IllegalArgumentException("not a country of ISO 3166 alpha-2: " + country);
        }
        if (name.isBlank() || name.codePointCount(0, name.length()) > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("an issuer's name has 1 to " + MAX_NAME_LENGTH + " characters");
        }
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a certificate is valid for a second at least");
        }
    }
}
