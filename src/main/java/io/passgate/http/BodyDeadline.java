package io.passgate.http;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.time.Duration;

/**
 * Ends a request whose body takes too long, and its connection: a client that sends a byte now and then would otherwise
 * hold its share of the bodies under way for ever.
 */
final class BodyDeadline implements SecurityPolicyHandler {
    private static final String TIMER = BodyDeadline.class.getName();

    private final Duration patience;

    BodyDeadline(Duration patience) {
        this.patience = patience;
    }

    /** Starts the clock, before the body is read. */
    @Override
    public void handle(RoutingContext context) {
        long timer = context.vertx().setTimer(patience.toMillis(), late -> end(context));
        context.put(TIMER, timer);
        context.addEndHandler(ended -> arrived(context));
        context.next();
    }

    /** Stops the clock: the body is there, or nobody waits for it any more. */
    static void arrived(RoutingContext context) {
        Long timer = context.remove(TIMER);
        if (timer != null) {
            boolean unused = context.vertx().cancelTimer(timer);
        }
    }

    private static void end(RoutingContext context) {
        context.response().putHeader("connection", "close");
        context.addEndHandler(ended -> context.request().connection().close());
        Problem.of(ProblemType.BODY_TOO_SLOW).send(context);
    }
}
