package io.passgate.issuance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides applications on threads of its own, which share neither queue nor connection with whoever verifies. A thread
 * takes whatever waits, up to {@link IssuanceLimits#maxBatch}: one look-up serves them all, and nobody waits for more.
 * There is no lock among them and those who submit: its holder could be a thread that the system does not let go on.
 */
public final class IssuanceQueue {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final IssuanceLimits limits;
    private final Queue<QueuedRequest<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();

    /** Threads that have nothing to do, and are to be woken up. */
    private final Queue<Thread> asleep = new ConcurrentLinkedQueue<>();

    private final IssuingObserver observer;
    private final LongSupplier nanoClock;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /**
     * A queue that nobody works on yet.
     *
     * @param limits what issuing may take of the machine
     * @param observer hears what becomes of applications
     * @param nanoClock as {@link System#nanoTime}
     */
    public IssuanceQueue(IssuanceLimits limits, IssuingObserver observer, LongSupplier nanoClock) {
        this.limits = limits;
        this.observer = observer;
        this.nanoClock = nanoClock;
    }

    /**
     * Starts the threads, each with a worker of its own. Once.
     *
     * @param factory makes the threads, at the priority of issuing
     * @param workers asked once for each thread
     */
    public void start(ThreadFactory factory, Supplier<IssuanceWorker> workers) {
        for (int i = 0; i < limits.threads(); i++) {
            IssuanceWorker issuanceWorker = workers.get();
            Thread thread = factory.newThread(() -> work(issuanceWorker));
            threads.add(thread);
            thread.start();
        }
    }

    /**
     * Offers an application. Any thread; it does not wait.
     *
     * @param <R> what it comes to where nothing stands against it
     * @param issuanceRequest the application
     * @param whenDecided called once, on a thread of the queue, if this returns true
     * @return false if there is no room for it
     */
    public <R> boolean submit(IssuanceRequest<R> issuanceRequest, Consumer<? super IssuanceResult<R>> whenDecided) {
        int before = queued.getAndUpdate(count -> Math.min(count + 1, limits.maxQueued()));
        if (before == limits.maxQueued()) {
            return false;
        }
        if (closed) {
            queued.decrementAndGet();
            return false;
        }
        waiting.add(new QueuedRequest<>(issuanceRequest, nanoClock.getAsLong(), whenDecided));
        LockSupport.unpark(asleep.poll());
        return true;
    }

    /** {@return whether no application should come now: none would be taken, or it would wait for too long} */
    public boolean isFull() {
        QueuedRequest<?> oldest = waiting.peek();
        return closed
                || queued.get() == limits.maxQueued()
                || (oldest != null
                        && nanoClock.getAsLong() - oldest.sinceNs()
                                > limits.targetDelay().toNanos());
    }

    /** {@return how many applications wait} */
    public int queued() {
        return queued.get();
    }

    private void work(IssuanceWorker issuanceWorker) {
        List<QueuedRequest<?>> batch = new ArrayList<>();
        while (isOpen()) {
            take(batch);
            if (batch.isEmpty()) {
                sleep();
            } else {
                decide(issuanceWorker, batch);
                batch.clear();
            }
        }
    }

    private boolean isOpen() {
        return !Thread.currentThread().isInterrupted() && (!closed || queued.get() > 0);
    }

    /** What waits, the oldest first, up to a batch. */
    private void take(List<QueuedRequest<?>> batch) {
        for (QueuedRequest<?> next = waiting.poll();
                next != null;
                next = batch.size() < limits.maxBatch() ? waiting.poll() : null) {
            queued.decrementAndGet();
            batch.add(next);
        }
    }

    /** Until something is submitted. Who submits it sees this thread, or this thread what is submitted. */
    private void sleep() {
        Thread self = Thread.currentThread();
        asleep.add(self);
        if (waiting.isEmpty() && !closed) {
            LockSupport.parkNanos(this, POLL_NS);
        }
        var _ = asleep.remove(self);
    }

    private void decide(IssuanceWorker issuanceWorker, List<QueuedRequest<?>> batch) {
        List<QueuedRequest<?>> inTime = new ArrayList<>(batch.size());
        for (QueuedRequest<?> one : batch) {
            if (nanoClock.getAsLong() - one.sinceNs() > limits.maxWait().toNanos()) {
                one.settleAsTooLate();
                tell(one);
            } else {
                inTime.add(one);
            }
        }
        settle(issuanceWorker, inTime);
        inTime.forEach(this::tell);
    }

    /** A fault in the middle is nobody's decision: all of the batch may ask again. */
    private void settle(IssuanceWorker issuanceWorker, List<QueuedRequest<?>> batch) {
        try {
            issuanceWorker.settle(batch);
        } catch (RuntimeException | Error fault) {
            observer.failed(fault);
            batch.forEach(one -> one.settleAsImpossible("the gateway failed"));
        }
    }

    private void tell(QueuedRequest<?> one) {
        try {
            one.tell(observer);
        } catch (RuntimeException | Error fault) {
            observer.failed(fault);
        }
    }

    /**
     * Decides what waits and stops.
     *
     * @param patience for all threads together
     * @return whether all of it was decided within {@code patience}
     * @throws InterruptedException if the caller was interrupted meanwhile; the queue takes nothing more all the same
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
