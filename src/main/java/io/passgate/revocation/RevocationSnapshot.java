package io.passgate.revocation;

import java.time.Duration;
import java.time.Instant;

/**
 * A revocation list and how long it may be judged by. The age of a list counts from the last confirmed contact with its
 * source, not from its last change.
 *
 * @param doubtfulFrom from here on those who run the gateway are warned
 * @param staleFrom from here on nobody can tell whether a certificate has been revoked
 */
public record RevocationSnapshot(RevocationList list, Instant doubtfulFrom, Instant staleFrom) {

    /** A list confirmed at {@code asOf}. */
    public static RevocationSnapshot confirmed(RevocationList list, Instant asOf, Duration warnAge, Duration hardAge) {
        return new RevocationSnapshot(list, asOf.plus(warnAge), asOf.plus(hardAge));
    }

    /** A list that is right by definition, such as that of a gateway without a database: empty. */
    public static RevocationSnapshot given(RevocationList list) {
        return new RevocationSnapshot(list, Instant.MAX, Instant.MAX);
    }

    /** A gateway's list before it has loaded one: nothing can be told by it. */
    public static RevocationSnapshot none() {
        return new RevocationSnapshot(RevocationList.empty(), Instant.MIN, Instant.MIN);
    }

    public boolean isDoubtful(Instant at) {
        return !at.isBefore(doubtfulFrom);
    }

    public boolean isStale(Instant at) {
        return !at.isBefore(staleFrom);
    }
}
