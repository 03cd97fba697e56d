package io.passgate.http.server;

import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.RequestObserver;
import io.passgate.http.response.Responses;
import io.passgate.http.response.RetryAfter;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/**
 * Tells a client that it asks more than it may, or that there is no room for its request; where its own requests take
 * the room, that it is they.
 */
public final class Shedding {
    private static final Problem SHARE_TAKEN = new Problem(
            ProblemType.OVERLOADED, "The client's requests under way take all the memory that one client may.");

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final RetryAfter retryAfter;
    private final RequestObserver observer;

    /**
     * What all routes shed requests by.
     *
     * @param retryAfter what those are told for whom there is no room
     * @param observer hears when a client had asked too much
     */
    public Shedding(RetryAfter retryAfter, RequestObserver observer) {
        this.retryAfter = retryAfter;
        this.observer = observer;
    }

    /**
     * Answers a client that asks more than it may, with the whole seconds until it may again.
     *
     * @param context of a request whose client is known
     * @param waitNs until it may again, in ns; rounded up for the client
     */
    public void limit(RoutingContext context, long waitNs) {
        observer.limited(Authentication.client(context).role());
        long seconds = (waitNs + SECOND_NS - 1) / SECOND_NS;
        context.response().putHeader("retry-after", Long.toString(seconds));
        Problem.of(ProblemType.TOO_MANY_REQUESTS).send(context);
    }

    /** Answers for want of room. */
    void shed(RoutingContext context, BodyRoom.Room lack) {
        if (!Responses.isOpen(context.response())) {
            return;
        }
        context.response().putHeader("retry-after", retryAfter.next());
        switch (lack) {
            case SHARE_TAKEN -> {
                observer.limited(Authentication.client(context).role());
                SHARE_TAKEN.send(context);
            }
            case TAKEN, THERE -> Problem.of(ProblemType.OVERLOADED).send(context);
        }
    }
}
