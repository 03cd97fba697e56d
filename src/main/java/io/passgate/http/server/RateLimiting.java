package io.passgate.http.server;

import io.passgate.access.ClientUse;
import io.passgate.access.RateLimits;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;

/** Sheds what a client asks beyond its limit, before the body is read. Runs after {@link Authentication}. */
public final class RateLimiting implements SecurityPolicyHandler {
    private static final String USE = RateLimiting.class.getName();

    private final RateLimits limits;
    private final Shedding shedding;

    /**
     * The limits of all routes.
     *
     * @param limits by client
     * @param shedding answers what is beyond them
     */
    public RateLimiting(RateLimits limits, Shedding shedding) {
        this.limits = limits;
        this.shedding = shedding;
    }

    /**
     * {@return what the client that asks takes; only behind this handler}
     *
     * @param context of a request that was within its client's limit
     */
    public static ClientUse use(RoutingContext context) {
        if (context.get(USE) instanceof ClientUse use) {
            return use;
        }
        throw new IllegalStateException("a route without limits");
    }

    @Override
    public void handle(RoutingContext context) {
        ClientUse use = limits.of(Authentication.client(context));
        long waitNs = use.takeRequest();
        if (waitNs == 0) {
            context.put(USE, use);
            context.next();
        } else {
            shedding.limit(context, waitNs);
        }
    }
}
