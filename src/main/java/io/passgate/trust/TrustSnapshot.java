package io.passgate.trust;

import java.time.Duration;
import java.time.Instant;

/**
 * A trust list and how long it may be judged by. The age of a list counts from the last confirmed contact with its
 * source, not from its last change.
 *
 * @param doubtfulFrom from here on an unknown KID says nothing about the payload: the signer may be new
 * @param staleFrom from here on nothing can be told by the list
 */
public record TrustSnapshot(TrustList list, Instant doubtfulFrom, Instant staleFrom) {

    /** A list confirmed at {@code asOf}. */
    public static TrustSnapshot confirmed(TrustList list, Instant asOf, Duration warnAge, Duration hardAge) {
        return new TrustSnapshot(list, asOf.plus(warnAge), asOf.plus(hardAge));
    }

    /** A list that is right by definition, such as the files named on a command line. */
    public static TrustSnapshot given(TrustList list) {
        return new TrustSnapshot(list, Instant.MAX, Instant.MAX);
    }

    /** A gateway's list before it has loaded one: nothing can be told by it. */
    public static TrustSnapshot none() {
        return new TrustSnapshot(TrustList.empty(), Instant.MIN, Instant.MIN);
    }

    public boolean isDoubtful(Instant at) {
        return !at.isBefore(doubtfulFrom);
    }

    public boolean isStale(Instant at) {
        return !at.isBefore(staleFrom);
    }
}
