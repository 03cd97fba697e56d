package io.passgate.http;

import io.vertx.ext.web.RoutingContext;

/** Tells a client that there is no room for its request: 429 where its own requests take it, otherwise 503. */
final class Shedding {
    private static final Problem SHARE_TAKEN = new Problem(
            ProblemType.TOO_MANY_REQUESTS, "The client's requests under way take all the memory that one client may.");

    private final RetryAfter retryAfter;
    private final RequestObserver observer;

    Shedding(RetryAfter retryAfter, RequestObserver observer) {
        this.retryAfter = retryAfter;
        this.observer = observer;
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
