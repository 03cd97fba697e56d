package io.passgate.http;

import io.passgate.engine.Engine;
import io.passgate.engine.Outcome;
import io.passgate.engine.Submission;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@code POST /v1/verifications}: payloads in, a verdict for each in the same order out. */
final class VerificationsHandler implements Handler<RoutingContext> {
    /** For a request that the engine does not come to in time. */
    static final Completions.Otherwise UNJUDGED =
            new Completions.Otherwise(Problem.of(ProblemType.OVERLOADED), "nothing was judged");

    private final Engine engine;
    private final InstantSource clock;
    private final int maxPayloads;
    private final Completions completions;

    VerificationsHandler(Engine engine, InstantSource clock, int maxPayloads, Completions completions) {
        this.engine = engine;
        this.clock = clock;
        this.maxPayloads = maxPayloads;
        this.completions = completions;
    }

    @Override
    public void handle(RoutingContext context) {
        Instant arrivedAt = clock.instant();
        switch (VerifyRequest.parse(BodyReader.body(context), maxPayloads)) {
            case VerifyRequest.Invalid(var problem) -> problem.send(context);
            case VerifyRequest.Wanted wanted -> submit(context, wanted, arrivedAt);
        }
    }

    private void submit(RoutingContext context, VerifyRequest.Wanted wanted, Instant arrivedAt) {
        completions.<Outcome>ask(
                context,
                completion ->
                        refusal(engine.submit(wanted.payloads(), wanted.policy(), arrivedAt, completion::complete)),
                UNJUDGED,
                outcome -> answer(context, outcome));
    }

    /** Why the engine did not take a request; empty if it did. */
    static Optional<ProblemType> refusal(Submission submission) {
        return switch (submission) {
            case QUEUED -> Optional.empty();
            case FULL -> Optional.of(ProblemType.OVERLOADED);
            case CLOSED -> Optional.of(ProblemType.SHUTTING_DOWN);
            case UNKNOWN_POLICY -> Optional.of(ProblemType.UNKNOWN_POLICY);
        };
    }

    private void answer(RoutingContext context, Outcome outcome) {
        switch (outcome) {
            case Outcome.Judged(var results) -> {
                context.response().putHeader(HttpHeaders.CONTENT_TYPE, Responses.JSON);
                Responses.end(context, VerdictJson.write(results));
            }
            case Outcome.Expired() -> completions.refuse(context, UNJUDGED.problem());
        }
    }
}
