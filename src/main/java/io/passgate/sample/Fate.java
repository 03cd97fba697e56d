package io.passgate.sample;

import io.passgate.model.Reason;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What becomes of a payload before any policy. */
enum Fate {
    /** Signed, trusted and in time. */
    GOOD(Optional.empty()),
    /** Its time was over. */
    EXPIRED(Optional.of(Reason.EXPIRED)),
    /** The last byte of its signature is another one. */
    FORGED(Optional.of(Reason.SIGNATURE_INVALID)),
    /** Nobody trusts its signer. */
    STRANGER(Optional.of(Reason.SIGNER_UNKNOWN));

    private static final int GOOD_OF_100 = 92;
    private static final int EXPIRED_OF_100 = 4;
    private static final int FORGED_OF_100 = 2;

    private final Optional<Reason> refusal;

    Fate(Optional<Reason> refusal) {
        this.refusal = refusal;
    }

    static Fate draw(RandomGenerator random) {
        int drawn = random.nextInt(100);
        if (drawn < GOOD_OF_100) {
            return GOOD;
        }
        if (drawn < GOOD_OF_100 + EXPIRED_OF_100) {
            return EXPIRED;
        }
        return drawn < GOOD_OF_100 + EXPIRED_OF_100 + FORGED_OF_100 ? FORGED : STRANGER;
    }

    Optional<Reason> refusal() {
        return refusal;
    }
}
