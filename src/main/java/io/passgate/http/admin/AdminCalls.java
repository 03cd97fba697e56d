package io.passgate.http.admin;

import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.passgate.http.server.Completions;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Carries a route's change out, and answers 503 where it could not be made. */
public final class AdminCalls {
    private static final Completions.Otherwise UNCHANGED =
            new Completions.Otherwise(Problem.of(ProblemType.AUTHORITY_UNAVAILABLE), "a change was not made");

    private final Optional<AdminOperations> authority;
    private final Completions completions;

    /**
     * The changes of one event loop.
     *
     * @param authority empty where the lists cannot be changed through this gateway
     * @param completions by which what became of a change comes back
     */
    public AdminCalls(Optional<AdminOperations> authority, Completions completions) {
        this.authority = authority;
        this.completions = completions;
    }

    <T> void change(RoutingContext context, Function<AdminOperations, Future<T>> change, Consumer<T> answer) {
        if (authority.isEmpty()) {
            new Problem(ProblemType.AUTHORITY_UNAVAILABLE, "This gateway stands alone: it has no database.")
                    .send(context);
            return;
        }
        AdminOperations there = authority.get();
        completions.await(context, () -> change.apply(there), UNCHANGED, answer);
    }

    /** Answers 204 where something was removed, 404 where there was nothing. */
    void remove(RoutingContext context, Function<AdminOperations, Future<Boolean>> removal) {
        change(context, removal, removed -> {
            if (removed) {
                Responses.end(context, 204);
            } else {
                Problem.of(ProblemType.NOT_FOUND).send(context);
            }
        });
    }
}
