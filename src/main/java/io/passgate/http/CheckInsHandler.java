package io.passgate.http;

import io.passgate.access.Client;
import io.passgate.access.Role;
import io.passgate.checkin.CheckedIn;
import io.passgate.checkin.Door;
import io.passgate.engine.Engine;
import io.passgate.engine.Outcome;
import io.passgate.engine.Question;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/check-ins}: payloads in; who is accepted is let in once and written down. */
final class CheckInsHandler implements Handler<RoutingContext> {
    private static final String KEY = "idempotency-key";
    private static final int MAX_KEY_CHARS = 64;

    private final Engine engine;
    private final Optional<DoorSide> side;
    private final InstantSource clock;
    private final int maxPayloads;
    private final RetryAfter retryAfter;

    CheckInsHandler(
            Engine engine, Optional<DoorSide> side, InstantSource clock, int maxPayloads, RetryAfter retryAfter) {
        this.engine = engine;
        this.side = side;
        this.clock = clock;
        this.maxPayloads = maxPayloads;
        this.retryAfter = retryAfter;
    }

    /** Whether a request would not be taken now, whatever its size. */
    boolean isFull() {
        return engine.isFull() || (side.isPresent() && side.get().door().isFull());
    }

    @Override
    public void handle(RoutingContext context) {
        Instant arrivedAt = clock.instant();
        String key = context.request().getHeader(KEY);
        if (side.isEmpty()) {
            new Problem(ProblemType.CHECK_INS_UNAVAILABLE, "This gateway stands alone: it has no database.")
                    .send(context);
        } else if (!isKey(key)) {
            new Problem(
                            ProblemType.MALFORMED_REQUEST,
                            "The header Idempotency-Key is not 1 to " + MAX_KEY_CHARS + " visible ASCII characters.")
                    .send(context);
        } else {
            switch (VerifyRequest.parse(BodyReader.body(context), maxPayloads)) {
                case VerifyRequest.Invalid(var problem) -> problem.send(context);
                case VerifyRequest.Wanted wanted -> submit(context, side.get(), key, wanted, arrivedAt);
            }
        }
    }

    private static boolean isKey(@Nullable String key) {
        return key != null
                && !key.isEmpty()
                && key.length() <= MAX_KEY_CHARS
                && key.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    private void submit(
            RoutingContext context, DoorSide doors, String key, VerifyRequest.Wanted wanted, Instant arrivedAt) {
        Context eventLoop = context.vertx().getOrCreateContext();
        Question question = new Question(wanted.policy().or(doors::policy), doors.shownBy());
        Door.Request request = new Door.Request(Authentication.client(context).name(), key, arrivedAt);
        switch (engine.submit(
                wanted.payloads(),
                question,
                arrivedAt,
                outcome -> eventLoop.runOnContext(back -> judged(context, eventLoop, doors, request, outcome)))) {
            case QUEUED -> {
                // The engine calls back.
            }
            case FULL -> shed(context, ProblemType.OVERLOADED);
            case CLOSED -> shed(context, ProblemType.SHUTTING_DOWN);
            case UNKNOWN_POLICY -> Problem.of(ProblemType.UNKNOWN_POLICY).send(context);
        }
    }

    private void judged(
            RoutingContext context, Context eventLoop, DoorSide doors, Door.Request request, Outcome outcome) {
        switch (outcome) {
            case Outcome.Judged(var results) ->
                doors.door()
                        .checkIn(request, results)
                        .onComplete(done -> eventLoop.runOnContext(back -> {
                            if (done.succeeded()) {
                                answer(context, done.result());
                            } else {
                                context.fail(done.cause());
                            }
                        }));
            case Outcome.Expired() -> shed(context, ProblemType.OVERLOADED);
        }
    }

    private static void answer(RoutingContext context, List<CheckedIn> results) {
        if (Responses.isOpen(context.response())) {
            Client client = Authentication.client(context);
            DoorTexts texts = DoorTexts.asked(context);
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, Responses.JSON)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader("content-language", texts.language())
                    .putHeader(HttpHeaders.VARY, "accept-language");
            Responses.end(context.response(), CheckInJson.write(results, texts, client.role() == Role.CARE_FACILITY));
        }
    }

    private void shed(RoutingContext context, ProblemType type) {
        context.response().putHeader("retry-after", retryAfter.next());
        Problem.of(type).send(context);
    }
}
