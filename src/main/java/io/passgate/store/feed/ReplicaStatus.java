package io.passgate.store.feed;

import io.passgate.revocation.RevocationSnapshot;
import io.passgate.store.changelog.ReplicatedState;
import io.passgate.trust.TrustSnapshot;
import java.time.Instant;

/**
 * What this gateway knows, as the engine and the interface read it. Immutable.
 *
 * @param asOf when it was last confirmed that nothing is missing
 */
record ReplicaStatus(
        ReplicatedState replicatedState, Instant asOf, TrustSnapshot trust, RevocationSnapshot revocations) {
    static ReplicaStatus of(ReplicatedState replicatedState, Instant asOf, ChangeFeed.Ages ages) {
        return new ReplicaStatus(
                replicatedState,
                asOf,
                TrustSnapshot.confirmed(replicatedState.signers(), asOf, ages.trustWarn(), ages.trustHard()),
                RevocationSnapshot.confirmed(
                        replicatedState.revocations(), asOf, ages.revocationsWarn(), ages.revocationsHard()));
    }
}
