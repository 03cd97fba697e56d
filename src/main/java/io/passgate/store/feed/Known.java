package io.passgate.store.feed;

import io.passgate.revocation.RevocationSnapshot;
import io.passgate.store.changelog.Replica;
import io.passgate.trust.TrustSnapshot;
import java.time.Duration;
import java.time.Instant;

/**
 * What this gateway knows, as the engine and the interface read it. Immutable.
 *
 * @param asOf when it was last confirmed that nothing is missing
 */
record Known(Replica replica, Instant asOf, TrustSnapshot trust, RevocationSnapshot revocations) {
    static Known of(Replica replica, Instant asOf, Ages ages) {
        return new Known(
                replica,
                asOf,
                TrustSnapshot.confirmed(replica.signers(), asOf, ages.trustWarn, ages.trustHard),
                RevocationSnapshot.confirmed(replica.revocations(), asOf, ages.revocationsWarn, ages.revocationsHard));
    }

    /** From which ages on lists are doubtful and stale. */
    public record Ages(Duration trustWarn, Duration trustHard, Duration revocationsWarn, Duration revocationsHard) {}
}
