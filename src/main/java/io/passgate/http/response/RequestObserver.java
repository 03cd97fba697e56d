package io.passgate.http.response;

import io.passgate.access.Role;

/** Hears of every answered request, for metrics. Called on event loops; must not block or throw. */
@FunctionalInterface
public interface RequestObserver {
    /**
     * A request was shed because its client had asked too much.
     *
     * @param role the client's
     */
    default void limited(Role role) {}

    /**
     * A request's token did not open its route.
     *
     * @param why what is the matter with the token
     */
    default void unauthenticated(AuthenticationFailure why) {}

    /**
     * A client left before its answer.
     *
     * @param route the route's path, or {@code other}
     */
    default void abandoned(String route) {}

    /**
     * A request was answered.
     *
     * @param route the route's path, or {@code other}
     * @param status the HTTP status
     * @param tookNs from its headers' arrival to the end of the answer
     */
    void answered(String route, int status, long tookNs);
}
