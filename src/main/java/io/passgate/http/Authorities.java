package io.passgate.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Carries a route's change out, and answers 503 where it could not be made. */
final class Authorities {
    private static final Logger LOG = System.getLogger(Authorities.class.getName());

    private final Optional<TrustAuthority> authority;
    private final RetryAfter retryAfter;

    Authorities(Optional<TrustAuthority> authority, RetryAfter retryAfter) {
        this.authority = authority;
        this.retryAfter = retryAfter;
    }

    <T> void change(RoutingContext context, Function<TrustAuthority, Future<T>> change, Consumer<T> answer) {
        if (authority.isEmpty()) {
            new Problem(ProblemType.AUTHORITY_UNAVAILABLE, "This gateway stands alone: it has no database.")
                    .send(context);
            return;
        }
        change.apply(authority.get()).onComplete(done -> {
            if (done.succeeded()) {
                answer.accept(done.result());
            } else {
                LOG.log(Level.WARNING, "a change was not made: {0}", FaultText.of(done.cause()));
                context.response().putHeader("retry-after", retryAfter.next());
                Problem.of(ProblemType.AUTHORITY_UNAVAILABLE).send(context);
            }
        });
    }

    /** Answers 204 where something was removed, 404 where there was nothing. */
    void remove(RoutingContext context, Function<TrustAuthority, Future<Boolean>> removal) {
        change(context, removal, removed -> {
            if (removed) {
                Responses.end(context.response().setStatusCode(204));
            } else {
                Problem.of(ProblemType.NOT_FOUND).send(context);
            }
        });
    }
}
