package io.passgate.http.server;

import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.RequestIds;
import io.passgate.http.response.Responses;
import io.passgate.http.response.RetryAfter;
import io.passgate.logging.RedactedStackTrace;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way from an engine, a queue or a store back to the request that waits for it. One event loop.
 *
 * <p>Whatever the other side does, the request is answered: once, on its event loop, while its client listens. A side
 * that never calls back is answered for with 503 after a time. One that calls twice, or too late, is not heard. An
 * answer that throws, or forgets to answer, becomes a fault of the gateway, logged without its message.
 */
public final class Completions {
    private static final Logger LOG = System.getLogger(Completions.class.getName());

    private final Deadlines waiting;
    private final RetryAfter retryAfter;

    /** What was begun last; while an answer runs, what it went on with. */
    private @Nullable Completion<?> begun;

    /**
     * Nothing is waited for yet.
     *
     * @param vertx whose timer ends what takes too long
     * @param patience for what is waited for; longer than anything takes that is going to come
     * @param retryAfter what those are told who may ask again
     */
    public Completions(Vertx vertx, Duration patience, RetryAfter retryAfter) {
        this.waiting = new Deadlines(vertx, patience);
        this.retryAfter = retryAfter;
    }

    /**
     * What is said where there is no result.
     *
     * @param problem for the client; it may ask again
     * @param logged what did not happen, for the log
     */
    public record Otherwise(Problem problem, String logged) {}

    /**
     * Asks another side, which is to complete what it is given, once, on any thread.
     *
     * @param <T> what it comes to
     */
    @FunctionalInterface
    public interface Side<T> {
        /**
         * {@return why it did not take the question; empty if it did} Called on the request's event loop; must not
         * block.
         *
         * @param completion what the side completes; not heard where the side did not take the question
         */
        Optional<ProblemType> ask(Completion<T> completion);
    }

    /**
     * Asks a side, and answers by what it comes to.
     *
     * @param <T> what the side comes to
     * @param context of the request that waits
     * @param side asked at once, on this thread
     * @param otherwise what is said where no result comes in time
     * @param answer sends the answer; run on the event loop, and only while the client listens
     */
    public <T> void ask(RoutingContext context, Side<T> side, Otherwise otherwise, Consumer<T> answer) {
        Completion<T> completion = new Completion<>(context, otherwise, answer);
        waiting.add(completion);
        begun = completion;
        try {
            side.ask(completion).ifPresent(refused -> {
                completion.end();
                refuse(context, Problem.of(refused));
            });
        } catch (RuntimeException | Error fault) {
            completion.end();
            fail(context, fault);
        }
    }

    /**
     * Asks a side that gives a future, and answers by what it comes to.
     *
     * @param <T> what the future comes to
     * @param context of the request that waits
     * @param side asked at once, on this thread
     * @param otherwise what is said where the future fails or is late
     * @param answer sends the answer; run on the event loop, and only while the client listens
     */
    public <T> void await(RoutingContext context, Supplier<Future<T>> side, Otherwise otherwise, Consumer<T> answer) {
        ask(
                context,
                completion -> {
                    side.get().onComplete(completion);
                    return Optional.empty();
                },
                otherwise,
                answer);
    }

    /**
     * Answers with a problem; where it is one of the moment, says when to come again.
     *
     * @param context of the request; nothing is sent if it has been answered or its client has left
     * @param problem one of the moment has the status 503
     */
    public void refuse(RoutingContext context, Problem problem) {
        if (Responses.isOpen(context.response())) {
            if (problem.type().status() == 503) {
                context.response().putHeader("retry-after", retryAfter.next());
            }
            problem.send(context);
        }
    }

    /** Behind the router nobody else answers for a fault. */
    private static void fail(RoutingContext context, Throwable fault) {
        if (context.response().headWritten()) {
            LOG.log(
                    Level.ERROR,
                    "request {0}: an answer was cut short: {1}",
                    RequestIds.of(context),
                    RedactedStackTrace.of(fault));
        } else {
            try {
                context.fail(fault);
            } catch (RuntimeException | Error again) {
                LOG.log(
                        Level.ERROR,
                        "request {0}: a fault could not be told: {1}",
                        RequestIds.of(context),
                        RedactedStackTrace.of(again));
            }
        }
        if (Responses.isOpen(context.response())) {
            var _ = context.response().reset();
        }
    }

    /**
     * What one request waits for.
     *
     * @param <T> what it comes to
     */
    public final class Completion<T> extends Deadlines.Entry implements Handler<AsyncResult<T>> {
        private final RoutingContext context;
        private final Context eventLoop;
        private final Otherwise otherwise;
        private final Consumer<T> answer;
        private final BodyRoom.@Nullable Charge charge;
        private boolean isOver;

        private Completion(RoutingContext context, Otherwise otherwise, Consumer<T> answer) {
            this.context = context;
            this.eventLoop = context.vertx().getOrCreateContext();
            this.otherwise = otherwise;
            this.answer = answer;
            this.charge = BodyRoom.of(context);
            if (charge != null) {
                charge.use();
            }
        }

        /**
         * Brings the result; on any thread.
         *
         * @param result what the answer is made of; only the first one is heard
         */
        public void complete(T result) {
            eventLoop.runOnContext(back -> settle(() -> answer.accept(result)));
        }

        /** The result of a future; on any thread. */
        @Override
        public void handle(AsyncResult<T> done) {
            eventLoop.runOnContext(back -> settle(() -> {
                if (done.succeeded()) {
                    answer.accept(done.result());
                } else {
                    LOG.log(
                            Level.WARNING,
                            "request {0}: {1}: {2}",
                            RequestIds.of(context),
                            otherwise.logged,
                            RedactedStackTrace.of(done.cause()));
                    refuse(context, otherwise.problem);
                }
            }));
        }

        @Override
        void late() {
            settle(() -> refuse(context, otherwise.problem));
        }

        /** The room of the body is given back once this is over and the exchange is, whichever is the later. */
        private void end() {
            if (!isOver) {
                isOver = true;
                waiting.remove(this);
                if (charge != null) {
                    charge.unuse();
                }
            }
        }

        private void settle(Runnable answering) {
            if (isOver) {
                return;
            }
            end();
            if (!Responses.isOpen(context.response())) {
                return;
            }
            begun = null;
            try {
                answering.run();
                if (Responses.isOpen(context.response())
                        && (begun == null || !begun.context().equals(context))) {
                    throw new IllegalStateException("an answer was forgotten");
                }
            } catch (RuntimeException | Error fault) {
                fail(context, fault);
            }
        }

        private RoutingContext context() {
            return context;
        }
    }
}
