package io.passgate.trust;

import java.time.Duration;
import java.time.Instant;

/**
 * A trust list and how long it may be judged by. The age of a list counts from the last confirmed contact with its
 * source, not from its last change.
 *
 * @param list whom to trust
 * @param doubtfulFrom from here on an unknown KID says nothing about the payload: the signer may be new
 * @param staleFrom from here on nothing can be told by the list
 */
public record TrustSnapshot(TrustList list, Instant doubtfulFrom, Instant staleFrom) {

    /**
     * {@return a list that its source confirmed}
     *
     * @param list whom to trust
     * @param asOf the last confirmed contact with the source
     * @param warnAge how old the list may be before it is doubtful
     * @param hardAge how old it may be before nothing can be told by it
     */
    public static TrustSnapshot confirmed(TrustList list, Instant asOf, Duration warnAge, Duration hardAge) {
        return new TrustSnapshot(list, asOf.plus(warnAge), asOf.plus(hardAge));
    }

    /**
     * {@return a list that is right by definition, such as the files named on a command line}
     *
     * @param list whom to trust, at any time
     */
    public static TrustSnapshot given(TrustList list) {
        return new TrustSnapshot(list, Instant.MAX, Instant.MAX);
    }

    /** {@return a gateway's list before it has loaded one: nothing can be told by it} */
    public static TrustSnapshot none() {
        return new TrustSnapshot(TrustList.empty(), Instant.MIN, Instant.MIN);
    }

    /**
     * {@return whether an unknown KID says nothing about the payload}
     *
     * @param at the instant that is judged at
     */
    public boolean isDoubtful(Instant at) {
        return !at.isBefore(doubtfulFrom);
    }

    /**
     * {@return whether nothing can be told by the list}
     *
     * @param at the instant that is judged at
     */
    public boolean isStale(Instant at) {
        return !at.isBefore(staleFrom);
    }
}
