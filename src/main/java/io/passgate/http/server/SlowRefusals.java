package io.passgate.http.server;

import io.passgate.http.response.AuthenticationFailure;
import io.passgate.http.response.Problem;
import io.passgate.http.response.Responses;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers requests that fail to authenticate, each after its delay. One event loop. */
public final class SlowRefusals {
    private final FailedAuthentications failures;
    private final Deadlines logs;

    /** By the delay, the shortest first; none where nothing is delayed. */
    private final List<Deadlines> delays = new ArrayList<>();

    /**
     * Refusals of which none waits yet.
     *
     * @param vertx whose timers the delays take
     * @param failures counts for all event loops, and says how long each answer waits
     */
    public SlowRefusals(Vertx vertx, FailedAuthentications failures) {
        this.failures = failures;
        this.logs = new Deadlines(vertx, failures.limits().logEvery());
        Duration longest = failures.limits().longestDelay();
        for (int i = FailedAuthentications.DELAYS - 1; i >= 0 && !longest.isZero(); i--) {
            delays.add(new Deadlines(vertx, longest.dividedBy(1L << i)));
        }
    }

    void refuse(RoutingContext context, AuthenticationFailure why, Problem problem) {
        int delay = failures.count(context.request(), why);
        if (failures.takesLog()) {
            logs.add(new Deadlines.Entry() {
                @Override
                void late() {
                    failures.log();
                }
            });
        }
        if (delays.isEmpty()) {
            problem.send(context);
        } else if (failures.mayWait()) {
            delays.get(delay).add(new Refusal(context, problem));
        } else {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            var _ = context.addEndHandler(ended -> Responses.close(context.request()));
            problem.send(context);
        }
    }

    /** An answer that waits; a client that has left meanwhile gets none. */
    private final class Refusal extends Deadlines.Entry {
        private final RoutingContext context;
        private final Problem problem;

        private Refusal(RoutingContext context, Problem problem) {
            this.context = context;
            this.problem = problem;
        }

        @Override
        void late() {
            failures.hasWaited();
            problem.send(context);
        }
    }
}
