package io.passgate.store;

import io.passgate.model.Unavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Threads that do their work again and again until they are stopped. A store's being out of reach, or a fault, ends one
 * piece of work and never a thread. Started and stopped by one thread; the rest is for the loops themselves.
 */
public final class BackgroundLoops {
    private final Logger log;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Loop> loops = new ArrayList<>();

    private record Loop(Thread thread, boolean isInterrupted) {}

    /**
     * Creates one without loops.
     *
     * @param owner whose log tells what was cut short and what failed
     */
    public BackgroundLoops(Class<?> owner) {
        log = System.getLogger(owner.getName());
    }

    /**
     * Starts a loop that finishes what it does when it is stopped.
     *
     * @param name of its thread
     * @param loop returns once {@link #isOpen} says no
     */
    public void start(String name, Runnable loop) {
        loops.add(new Loop(Thread.ofPlatform().name(name).daemon().start(loop), false));
    }

    /**
     * Starts a loop that is interrupted when it is stopped with a patience.
     *
     * @param name of its thread
     * @param loop returns when it is interrupted, and once {@link #isOpen} says no
     */
    public void startInterruptible(String name, Runnable loop) {
        loops.add(new Loop(Thread.ofPlatform().name(name).daemon().start(loop), true));
    }

    /** {@return whether loops go on; false from the first stop on} */
    public boolean isOpen() {
        return stopped.getCount() > 0;
    }

    /**
     * Does one piece of work; what it throws is logged, and not thrown on.
     *
     * @param doing names the work in the log, such as {@code relaying}
     * @param work done on this thread
     */
    public void guarded(String doing, Runnable work) {
        try {
            work.run();
        } catch (StoreException | Unavailable lost) {
            log.log(Level.DEBUG, "{0} was cut short: {1}", doing, lost.getMessage());
        } catch (RuntimeException | Error fault) {
            log.log(Level.ERROR, "{0} failed: {1}", doing, fault.getClass().getName());
        }
    }

    /**
     * Waits until the loops are stopped, or this thread is interrupted, which it then still is.
     *
     * @param time at most, in whole milliseconds
     */
    public void pause(Duration time) {
        try {
            var _ = stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the loops to end. */
    public void stop() {
        stopped.countDown();
    }

    /**
     * Stops, and waits for the loops in the order in which they were started.
     *
     * @param patience for all of them together
     */
    public void stop(Duration patience) {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        stop();
        try {
            for (Loop loop : loops) {
                if (loop.isInterrupted) {
                    loop.thread.interrupt();
                }
                Duration left = Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime()));
                var _ = loop.thread.join(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
