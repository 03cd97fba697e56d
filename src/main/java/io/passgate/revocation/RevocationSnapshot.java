package io.passgate.revocation;

import java.time.Duration;
import java.time.Instant;

/**
 * A revocation list and how long it may be judged by. The age of a list counts from the last confirmed contact with its
 * source, not from its last change.
 *
 * @param list what is revoked
 * @param doubtfulFrom from here on those who run the gateway are warned
 * @param staleFrom from here on nobody can tell whether a certificate has been revoked
 */
public record RevocationSnapshot(RevocationList list, Instant doubtfulFrom, Instant staleFrom) {

    /**
     * {@return a list that its source confirmed}
     *
     * @param list what is revoked
     * @param asOf the last confirmed contact with the source
     * @param warnAge how old the list may be before there is a warning
     * @param hardAge how old it may be before nothing can be told by it
     */
    public static RevocationSnapshot confirmed(RevocationList list, Instant asOf, Duration warnAge, Duration hardAge) {
        return new RevocationSnapshot(list, asOf.plus(warnAge), asOf.plus(hardAge));
    }

    /**
     * {@return a list that is right by definition, such as that of a gateway without a database: empty}
     *
     * @param list what is revoked, at any time
     */
    public static RevocationSnapshot given(RevocationList list) {
        return new RevocationSnapshot(list, Instant.MAX, Instant.MAX);
    }

    /** {@return a gateway's list before it has loaded one: nothing can be told by it} */
    public static RevocationSnapshot none() {
        return new RevocationSnapshot(RevocationList.empty(), Instant.MIN, Instant.MIN);
    }

    /**
     * {@return whether those who run the gateway are warned}
     *
     * @param at the instant that is judged at
     */
    public boolean isDoubtful(Instant at) {
        return !at.isBefore(doubtfulFrom);
    }

    /**
     * {@return whether nobody can tell if a certificate has been revoked}
     *
     * @param at the instant that is judged at
     */
    public boolean isStale(Instant at) {
        return !at.isBefore(staleFrom);
    }
}
