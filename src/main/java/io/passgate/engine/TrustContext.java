package io.passgate.engine;

import io.passgate.revocation.RevocationList;
import io.passgate.revocation.RevocationSnapshot;
import io.passgate.trust.TrustSnapshot;

/**
 * What the payloads of one batch are judged by.
 *
 * @param trust whom to trust
 * @param revocations what is revoked
 * @param clockOff whether this gateway's clock is so far off that it cannot judge what lives for seconds
 */
public record TrustContext(TrustSnapshot trust, RevocationSnapshot revocations, boolean clockOff) {

    /**
     * Lists of a gateway whose clock is right.
     *
     * @param trust whom to trust
     * @param revocations what is revoked
     */
    public TrustContext(TrustSnapshot trust, RevocationSnapshot revocations) {
        this(trust, revocations, false);
    }

    /**
     * {@return the lists of a gateway that knows of no revocations}
     *
     * @param trust whom to trust
     */
    public static TrustContext trusting(TrustSnapshot trust) {
        return new TrustContext(trust, RevocationSnapshot.given(RevocationList.empty()));
    }
}
