package io.passgate.http;

import io.passgate.engine.Engine;
import io.passgate.engine.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;

/** {@code POST /v1/verifications}: payloads in, a verdict for each in the same order out. */
final class VerificationsHandler implements Handler<RoutingContext> {
    private final Engine engine;
    private final InstantSource clock;
    private final int maxPayloads;
    private final RetryAfter retryAfter;

    VerificationsHandler(Engine engine, InstantSource clock, int maxPayloads, RetryAfter retryAfter) {
        this.engine = engine;
        this.clock = clock;
        this.maxPayloads = maxPayloads;
        this.retryAfter = retryAfter;
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
        Context eventLoop = context.vertx().getOrCreateContext();
        switch (engine.submit(
                wanted.payloads(),
                wanted.policy(),
                arrivedAt,
                outcome -> eventLoop.runOnContext(back -> answer(context, outcome)))) {
            case QUEUED -> {
                // The engine calls back.
            }
            case FULL -> shed(context, ProblemType.OVERLOADED);
            case CLOSED -> shed(context, ProblemType.SHUTTING_DOWN);
            case UNKNOWN_POLICY -> Problem.of(ProblemType.UNKNOWN_POLICY).send(context);
        }
    }

    private void answer(RoutingContext context, Outcome outcome) {
        switch (outcome) {
            case Outcome.Judged(var results) -> {
                if (Responses.isOpen(context.response())) {
                    Responses.end(
                            context.response().putHeader(HttpHeaders.CONTENT_TYPE, Responses.JSON),
                            VerdictJson.write(results));
                }
            }
            case Outcome.Expired() -> shed(context, ProblemType.OVERLOADED);
        }
    }

    private void shed(RoutingContext context, ProblemType type) {
        context.response().putHeader("retry-after", retryAfter.next());
        Problem.of(type).send(context);
    }
}
