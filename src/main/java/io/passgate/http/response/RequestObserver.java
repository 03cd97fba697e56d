package io.passgate.http.response;

import io.passgate.access.Role;

/** Hears of every answered request, for metrics. Called on event loops; must not block or throw. */
@FunctionalInterface
public interface RequestObserver {
    /** A request was shed because its client, of this role, had asked too much. */
    default void limited(Role role) {}

    /** A request's token did not open its route. */
    default void unauthenticated(AuthenticationFailure why) {}

    /** A client left before its answer. */
    default void abandoned(String route) {}

    /**
     * A request was answered.
     *
     * @param route the route's path, or {@code other}
     * @param tookNs from its headers' arrival to the end of the answer
     */
    void answered(String route, int status, long tookNs);
}
