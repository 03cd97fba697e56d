package io.passgate.app;

import io.passgate.app.watch.ProcessEnd;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * One stop, in steps that share one deadline. A step that does not end by then is named in the log and left behind, and
 * the next one goes on: each still gets a moment, for what it closes is closed quickly.
 */
final class Stopping {
    /** What all steps together get beyond the deadline. */
    static final Duration RESERVE = Duration.ofSeconds(2);

    private static final Logger LOG = System.getLogger(Stopping.class.getName());
    private static final long MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Duration patience;
    private final LongSupplier nanoClock;
    private final long deadlineNs;

    /** What is done in a step, within the time that is left. */
    interface Step {
        void run(Duration left) throws Exception;
    }

    /** @param nanoClock as {@link System#nanoTime} */
    Stopping(Duration patience, LongSupplier nanoClock) {
        this.patience = patience;
        this.nanoClock = nanoClock;
        deadlineNs = nanoClock.getAsLong() + patience.toNanos();
    }

    /** What is left until the deadline; later the moment of one step, or nothing once the reserve is used up. */
    private Duration left() {
        long untilDeadlineNs = deadlineNs - nanoClock.getAsLong();
        long untilEndNs = untilDeadlineNs + RESERVE.toNanos();
        return Duration.ofNanos(Math.max(untilDeadlineNs, Math.clamp(untilEndNs, 0, MOMENT_NS)));
    }

    /** Does one step on a thread of its own, and waits for it as long as there is time. */
    void step(String name, Step step) throws InterruptedException {
        Duration left = left();
        Thread thread =
                Thread.ofPlatform().name("passgate-stop-" + name).daemon().start(() -> run(name, step, left));
        if (!thread.join(left)) {
            LOG.log(
                    Level.WARNING,
                    "stopping goes on without {0}, which has not ended; all of it had {1}",
                    name,
                    patience);
            thread.interrupt();
        }
    }

    private static void run(String name, Step step, Duration left) {
        try {
            step.run(left);
        } catch (InterruptedException leftBehind) {
            Thread.currentThread().interrupt();
        } catch (Exception fault) {
            LOG.log(Level.WARNING, "stopping {0} was not orderly: {1}", name, fault.toString());
        }
    }

    /**
     * Lets the process stop when it is told to end. A stop that itself stands still is over a second after it should
     * be.
     */
    static void withProcess(Runnable stop, Duration patience) {
        Duration longest = patience.plus(RESERVE).plusSeconds(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            var _ = Thread.ofPlatform()
                                    .name("passgate-stop-limit")
                                    .daemon()
                                    .start(() -> endAfter(longest));
                            stop.run();
                        },
                        "passgate-stop"));
    }

    private static void endAfter(Duration longest) {
        try {
            Thread.sleep(longest);
            new ProcessEnd(Runtime.getRuntime()::halt).accept("it has not stopped within " + longest);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a result, in a step. */
    static void await(Future<?> future, Duration left)
            throws ExecutionException, InterruptedException, TimeoutException {
        var _ = future.toCompletionStage().toCompletableFuture().get(left.toNanos(), TimeUnit.NANOSECONDS);
    }
}
