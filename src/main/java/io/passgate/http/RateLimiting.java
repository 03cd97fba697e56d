package io.passgate.http;

import io.passgate.access.Client;
import io.passgate.access.ClientUse;
import io.passgate.access.RateLimits;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.concurrent.TimeUnit;

/** Sheds what a client asks beyond its limit, before the body is read. Runs after {@link Authentication}. */
final class RateLimiting implements SecurityPolicyHandler {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private static final String USE = RateLimiting.class.getName();

    private final RateLimits limits;
    private final RequestObserver observer;

    RateLimiting(RateLimits limits, RequestObserver observer) {
        this.limits = limits;
        this.observer = observer;
    }

    /** What the client that asks takes; only behind this handler. */
    static ClientUse use(RoutingContext context) {
        if (context.get(USE) instanceof ClientUse use) {
            return use;
        }
        throw new IllegalStateException("a route without limits");
    }

    @Override
    public void handle(RoutingContext context) {
        Client client = Authentication.client(context);
        ClientUse use = limits.of(client);
        long waitNs = use.takeRequest();
        if (waitNs == 0) {
            context.put(USE, use);
            context.next();
        } else {
            observer.limited(client.role());
            long seconds = (waitNs + SECOND_NS - 1) / SECOND_NS;
            context.response().putHeader("retry-after", Long.toString(seconds));
            Problem.of(ProblemType.TOO_MANY_REQUESTS).send(context);
        }
    }
}
