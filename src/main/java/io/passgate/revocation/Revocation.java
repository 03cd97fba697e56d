package io.passgate.revocation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A revocation entry.
 *
 * @param key which certificates it revokes
 * @param expiresAt from here on it revokes nothing: the certificates have run out by themselves. Whole seconds, from
 *     1970 to {@link #LAST_EXPIRY}
 */
public record Revocation(RevocationKey key, Instant expiresAt) {
    /** The last expiry that fits the list's 32 bits, in 2106. */
    public static final Instant LAST_EXPIRY = Instant.ofEpochSecond(0xffff_ffffL);

    /**
     * Checks the expiry.
     *
     * @throws IllegalArgumentException if it is out of range, or no whole second
     */
    public Revocation {
        if (expiresAt.isBefore(Instant.EPOCH) || expiresAt.isAfter(LAST_EXPIRY)) {
            throw new IllegalArgumentException("an expiry is in [1970, " + LAST_EXPIRY + "], not " + expiresAt);
        }
        if (!expiresAt.truncatedTo(ChronoUnit.SECONDS).equals(expiresAt)) {
            throw new IllegalArgumentException("an expiry is a whole second, not " + expiresAt);
        }
    }
}
