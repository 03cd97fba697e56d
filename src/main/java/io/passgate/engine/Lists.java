package io.passgate.engine;

import io.passgate.revocation.RevocationList;
import io.passgate.revocation.RevocationSnapshot;
import io.passgate.trust.TrustSnapshot;

/** What the payloads of one batch are judged by. */
public record Lists(TrustSnapshot trust, RevocationSnapshot revocations) {

    /** Lists of a gateway that knows of no revocations. */
    public static Lists trusting(TrustSnapshot trust) {
        return new Lists(trust, RevocationSnapshot.given(RevocationList.empty()));
    }
}
