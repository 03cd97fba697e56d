package io.passgate.http.verify;

import io.passgate.access.ClientUse;
import io.passgate.engine.Engine;
import io.passgate.engine.Outcome;
import io.passgate.engine.SubmitResult;
import io.passgate.engine.VerificationOptions;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.server.Completions;
import io.passgate.http.server.RateLimiting;
import io.passgate.http.server.Shedding;
import io.passgate.model.Slice;
import io.passgate.model.VerificationResult;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Has a request's payloads judged, in its client's turn and at its client's cost: a unit for each is taken before, and
 * what they cost in the end is settled after, whether or not somebody still waits for the answer. One event loop.
 */
public final class PayloadVerification {
    /** For a request that the engine does not come to in time. */
    private static final Completions.Otherwise UNJUDGED =
            new Completions.Otherwise(Problem.of(ProblemType.OVERLOADED), "nothing was judged");

    private final Engine engine;
    private final Completions completions;
    private final Shedding shedding;

    /**
     * The verifications of one event loop.
     *
     * @param engine judges on threads of its own
     * @param completions by which its results come back
     * @param shedding answers a client that is beyond its rate
     */
    public PayloadVerification(Engine engine, Completions completions, Shedding shedding) {
        this.engine = engine;
        this.completions = completions;
        this.shedding = shedding;
    }

    /**
     * {@return whether no further request of a client should come now}
     *
     * @param client who asks
     */
    public boolean isFull(ClientUse client) {
        return engine.isFull(client);
    }

    /**
     * Answers by the results, in the payloads' order; with a problem where there are none.
     *
     * @param context of a request that was within its client's limit
     * @param payloads at least one; nobody writes into them any more
     * @param verificationOptions what is asked of all of them
     * @param at the instant that they are judged for: when the request arrived
     * @param answer sends the answer to as many results as there are payloads; run on the event loop
     */
    public void judge(
            RoutingContext context,
            List<Slice> payloads,
            VerificationOptions verificationOptions,
            Instant at,
            Consumer<List<VerificationResult>> answer) {
        ClientUse client = RateLimiting.use(context);
        int count = payloads.size();
        long waitNs = client.takePayloads(count);
        if (waitNs > 0) {
            shedding.limit(context, waitNs);
            return;
        }
        completions.<Outcome>ask(
                context,
                completion -> {
                    Optional<ProblemType> refused =
                            refusal(engine.submit(client, payloads, verificationOptions, at, outcome -> {
                                client.settlePayloads(count, cost(outcome));
                                completion.complete(outcome);
                            }));
                    if (refused.isPresent()) {
                        client.settlePayloads(count, 0);
                    }
                    return refused;
                },
                UNJUDGED,
                outcome -> {
                    switch (outcome) {
                        case Outcome.Judged(var results, var _) -> answer.accept(results);
                        case Outcome.Expired() -> completions.refuse(context, UNJUDGED.problem());
                    }
                });
    }

    private static int cost(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Judged(var _, var cost) -> cost;
            case Outcome.Expired() -> 0;
        };
    }

    /** Why the engine did not take a request; empty if it did. */
    private static Optional<ProblemType> refusal(SubmitResult submitResult) {
        return switch (submitResult) {
            case QUEUED -> Optional.empty();
            case FULL -> Optional.of(ProblemType.OVERLOADED);
            case CLOSED -> Optional.of(ProblemType.SHUTTING_DOWN);
            case UNKNOWN_POLICY -> Optional.of(ProblemType.UNKNOWN_POLICY);
        };
    }
}
