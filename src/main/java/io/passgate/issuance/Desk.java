package io.passgate.issuance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides applications on threads of its own, which share neither queue nor connection with whoever verifies. A thread
 * takes whatever waits, up to {@link DeskLimits#maxBatch}: one look-up serves them all, and nobody waits for more.
 */
public final class Desk {
    private static final long POLL_MS = 200;

    private final DeskLimits limits;
    private final BlockingQueue<Case> waiting;
    private final IssuingObserver observer;
    private final LongSupplier nanoClock;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** An application and who waits for its decision. */
    private record Case(Application application, long sinceNs, Consumer<Decision> whenDecided) {}

    /** @param nanoClock as {@link System#nanoTime} */
    public Desk(DeskLimits limits, IssuingObserver observer, LongSupplier nanoClock) {
        this.limits = limits;
        this.waiting = new ArrayBlockingQueue<>(limits.maxQueued());
        this.observer = observer;
        this.nanoClock = nanoClock;
    }

    /** Starts the threads, each with a clerk of its own. */
    public void start(ThreadFactory factory, Supplier<Clerk> clerks) {
        for (int i = 0; i < limits.threads(); i++) {
            start(factory, clerks.get(), Pace.STEADY);
        }
    }

    /** Starts one thread more, at a pace of its own. */
    public void start(ThreadFactory factory, Clerk clerk, Pace pace) {
        Thread thread = factory.newThread(() -> work(clerk, pace));
        threads.add(thread);
        thread.start();
    }

    /**
     * Offers an application.
     *
     * @param whenDecided called once, on a thread of the desk, if this returns true
     * @return false if there is no room for it
     */
    public boolean submit(Application application, Consumer<Decision> whenDecided) {
        return !closed && waiting.offer(new Case(application, nanoClock.getAsLong(), whenDecided));
    }

    /** Whether no application would be taken now. */
    public boolean isFull() {
        return closed || waiting.remainingCapacity() == 0;
    }

    /** Applications that wait. */
    public int queued() {
        return waiting.size();
    }

    private void work(Clerk clerk, Pace pace) {
        List<Case> batch = new ArrayList<>();
        try {
            while (!closed || !waiting.isEmpty()) {
                Case first = waiting.poll(POLL_MS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    int unused = waiting.drainTo(batch, limits.maxBatch() - 1);
                    decide(clerk, batch);
                    batch.clear();
                    pace.rest();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void decide(Clerk clerk, List<Case> batch) {
        List<Case> inTime = new ArrayList<>(batch.size());
        for (Case one : batch) {
            if (nanoClock.getAsLong() - one.sinceNs > limits.maxWait().toNanos()) {
                tell(one, new Decision.TooLate());
            } else {
                inTime.add(one);
            }
        }
        List<Decision> decisions = decisions(clerk, inTime);
        for (int i = 0; i < inTime.size(); i++) {
            tell(inTime.get(i), decisions.get(i));
        }
    }

    /** A fault in the middle is nobody's decision: all of the batch may ask again. */
    private List<Decision> decisions(Clerk clerk, List<Case> batch) {
        try {
            return clerk.decide(batch.stream().map(Case::application).toList());
        } catch (RuntimeException | Error fault) {
            observer.failed(fault);
            Decision impossible = new Decision.Impossible("the gateway failed");
            return batch.stream().map(one -> impossible).toList();
        }
    }

    private void tell(Case one, Decision decision) {
        try {
            one.whenDecided.accept(decision);
            observer.decided(one.application, decision);
        } catch (RuntimeException | Error fault) {
            observer.failed(fault);
        }
    }

    /**
     * Decides what waits and stops.
     *
     * @return whether all of it was decided within {@code patience}
     */
    public boolean close(Duration patience) throws InterruptedException {
        closed = true;
        long deadlineNs = System.nanoTime() + patience.toNanos();
        boolean finished = true;
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime())));
            finished &= !thread.isAlive();
        }
        return finished;
    }
}
