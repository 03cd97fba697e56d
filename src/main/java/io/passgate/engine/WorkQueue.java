package io.passgate.engine;

import io.passgate.model.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait, bounded by their payloads. A worker takes whatever waits up to its batch's capacity, in
 * slices of one request after another, so that a large request does not hold up small ones. Those who ask take turns,
 * each with a bound of its own, so that whoever asks much holds up nobody else. Nobody waits for a batch to fill.
 *
 * <p>Beside it the slow path: single payloads of those requests that would hold up a batch, with a bound of their own.
 * Its threads take a few at a time, and so does a worker that finds nothing else to do.
 */
final class WorkQueue {
    /**
     * So few that a worker who helps in the slow path is back within 20 ms: a payload may have four signatures of a
     * millisecond.
     */
    static final int SLOW_PATH_BATCH = 4;

    /** Of one asker, that were let in and have not come yet. */
    private static final int REQUESTS_UNDER_WAY = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition slowNotEmpty = lock.newCondition();
    private final Turns<PendingRequest> waiting = new Turns<>();
    private final Turns<Deferred> slowPath = new Turns<>();
    private final int maxItems;
    private final int maxItemsPerAsker;
    private final int slice;
    private final int leastRoom;

    /** What the workers take next in any case is no backlog. */
    private final double nextBatches;

    private final int maxSlowItems;
    private final long maxWaitNs;
    private final long targetDelayNs;
    private final LongSupplier nanoClock;
    private final ServiceRate rate;
    private int items;
    private int slowItems;
    private boolean closed;

    /** A payload in the slow path. */
    record Deferred(PendingRequest request, int index, long sinceNs) {}

    WorkQueue(EngineLimits limits, LongSupplier nanoClock) {
        this.maxItems = limits.maxQueued();
        this.maxItemsPerAsker = limits.maxQueuedPerAsker();
        this.slice = limits.slice();
        this.leastRoom = Math.clamp(Math.min(maxItems, maxItemsPerAsker) / 4, 1, REQUESTS_UNDER_WAY * slice);
        this.nextBatches = (double) limits.workers() * limits.maxBatch();
        this.maxSlowItems = limits.slowPath().maxItems();
        this.maxWaitNs = limits.maxWait().toNanos();
        this.targetDelayNs = limits.targetDelay().toNanos();
        this.nanoClock = nanoClock;
        this.rate = new ServiceRate(limits.workers());
    }

    SubmitResult offer(PendingRequest request) {
        lock.lock();
        try {
            if (closed) {
                return SubmitResult.CLOSED;
            }
            if (items + request.size() > maxItems
                    || waiting.payloadsOf(request.asker()) + request.size() > maxItemsPerAsker) {
                return SubmitResult.FULL;
            }
            items += request.size();
            waiting.add(request.asker(), request, request.size());
            notEmpty.signal();
            return SubmitResult.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether another request of an asker should not come now: there is hardly room for some of usual size, or it would
     * wait for longer than the target, as long as the workers go on as they do; or the oldest of its line has waited
     * for longer. Of an asker without a line it is twice the target. A queue that never empties is no longer than this,
     * whatever the machine does a second.
     */
    boolean isFull(Object asker) {
        lock.lock();
        try {
            int own = waiting.payloadsOf(asker);
            if (Math.min(maxItems - items, maxItemsPerAsker - own) < leastRoom) {
                return true;
            }
            if (waiting.isEmpty()) {
                return false;
            }
            boolean hasLine = own > 0;
            long targetNs = hasLine ? targetDelayNs : 2 * targetDelayNs;
            double ahead = Math.min(items, (double) waiting.lines() * (hasLine ? own : slice));
            Turns.Line<PendingRequest> slowest = hasLine ? waiting.lineOf(asker) : waiting.first();
            return ahead > Math.max(nextBatches, rate.within(targetNs))
                    || waitedNs(slowest, nanoClock.getAsLong()) > targetNs;
        } finally {
            lock.unlock();
        }
    }

    /** How long the first of a line has waited; one that has begun waits no longer. */
    private static long waitedNs(Turns.@Nullable Line<PendingRequest> line, long nowNs) {
        PendingRequest first = line == null ? null : line.first();
        return first == null || first.taken() > 0 ? 0 : nowNs - first.queuedNs();
    }

    /** Payloads that no worker has taken yet. */
    int items() {
        lock.lock();
        try {
            return items;
        } finally {
            lock.unlock();
        }
    }

    /** Payloads in the slow path. */
    int slowItems() {
        lock.lock();
        try {
            return slowItems;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses what comes from now on; what waits is still taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            notEmpty.signalAll();
            slowNotEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for work and takes it into an empty batch: requests, or, if there are none, from the slow path.
     *
     * @param taken says where each item of the batch came from
     * @return false when the queue is closed and has run out
     */
    boolean take(Batch batch, Taken taken) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            taken.tell(rate, nanoClock.getAsLong());
            while (waiting.isEmpty() && slowPath.isEmpty() && !closed) {
                notEmpty.await();
            }
            taken.clear();
            if (waiting.isEmpty()) {
                fillSlow(batch, taken);
            } else {
                fill(batch, taken);
            }
            callOthers();
            return !taken.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #take}, from the slow path only. */
    boolean takeSlow(Batch batch, Taken taken) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (slowPath.isEmpty() && !closed) {
                slowNotEmpty.await();
            }
            taken.clear();
            fillSlow(batch, taken);
            callOthers();
            return !taken.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever takes something leaves the rest to the next: nobody is woken who would find nothing. */
    private void callOthers() {
        if (!waiting.isEmpty() || !slowPath.isEmpty()) {
            notEmpty.signal();
        }
        if (!slowPath.isEmpty()) {
            slowNotEmpty.signal();
        }
    }

    /**
     * Puts the batch's deferred items into the slow path, and decides those that find no room there. The caller's next
     * {@link #take} sees to it that somebody works on them.
     */
    void defer(Batch batch, Taken taken) {
        lock.lock();
        try {
            long nowNs = nanoClock.getAsLong();
            for (int i = 0; i < taken.size; i++) {
                PendingRequest request = taken.requests[i];
                if (batch.isDeferred(i) && request != null) {
                    if (slowItems < maxSlowItems && slowPath.payloadsOf(request.asker()) < maxItemsPerAsker) {
                        slowItems++;
                        slowPath.add(request.asker(), new Deferred(request, taken.indices[i], nowNs), 1);
                    } else {
                        batch.decide(i, Rejections.because(Reason.OVERLOADED));
                        taken.refused++;
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void fillSlow(Batch batch, Taken taken) {
        long nowNs = nanoClock.getAsLong();
        taken.isSlow = true;
        while (taken.size < SLOW_PATH_BATCH && !batch.isFull() && !slowPath.isEmpty()) {
            Turns.Line<Deferred> line = slowPath.first();
            Deferred next = line.removeFirst();
            line.taken(1);
            slowPath.next();
            slowItems--;
            if (nowNs - next.sinceNs() > maxWaitNs) {
                taken.late.add(next);
            } else {
                next.request().putInto(batch, next.index());
                taken.add(next.request(), next.index());
            }
        }
    }

    private void fill(Batch batch, Taken taken) {
        long nowNs = nanoClock.getAsLong();
        while (!batch.isFull() && !waiting.isEmpty()) {
            takeTurn(batch, taken, waiting.first(), nowNs);
            waiting.next();
        }
        taken.begin(nowNs);
    }

    /** Takes slices of one asker's requests, until it has had as much as a slice. */
    private void takeTurn(Batch batch, Taken taken, Turns.Line<PendingRequest> line, long nowNs) {
        int before = taken.size;
        while (!batch.isFull() && !line.isEmpty() && taken.size - before < slice) {
            PendingRequest request = line.removeFirst();
            if (request.taken() == 0 && nowNs - request.queuedNs() > maxWaitNs) {
                items -= request.size();
                line.taken(request.size());
                taken.expired.add(request);
                continue;
            }
            int first = taken.size;
            for (int n = 0; n < slice && !batch.isFull() && request.taken() < request.size(); n++) {
                taken.add(request, request.takeInto(batch));
            }
            items -= taken.size - first;
            line.taken(taken.size - first);
            taken.longestWaitNs = Math.max(taken.longestWaitNs, nowNs - request.queuedNs());
            if (request.taken() < request.size()) {
                line.addLast(request);
            }
        }
    }

    /** Which request and payload each item of a batch is. One worker, reused. */
    static final class Taken {
        private final List<PendingRequest> expired = new ArrayList<>(0);
        private final List<Deferred> late = new ArrayList<>(0);
        private final @Nullable PendingRequest[] requests;
        private final int[] indices;
        private int size;
        private int refused;
        private boolean isSlow;
        private long longestWaitNs;

        /** Of the last batch of requests, as long as nobody was told how long it took. */
        private int begun;

        private long begunNs;

        Taken(int capacity) {
            requests = new PendingRequest[capacity];
            indices = new int[capacity];
        }

        /** Lets go of the requests. */
        void clear() {
            Arrays.fill(requests, 0, size, null);
            expired.clear();
            late.clear();
            size = 0;
            refused = 0;
            isSlow = false;
            longestWaitNs = 0;
        }

        private void begin(long nowNs) {
            begun = size;
            begunNs = nowNs;
        }

        private void tell(ServiceRate rate, long nowNs) {
            if (begun > 0) {
                rate.worked(begun, nowNs - begunNs);
                begun = 0;
            }
        }

        private void add(PendingRequest request, int index) {
            requests[size] = request;
            indices[size++] = index;
        }

        List<PendingRequest> expired() {
            return expired;
        }

        /** What waited in the slow path for too long; it is not in the batch. */
        List<Deferred> late() {
            return late;
        }

        boolean isSlow() {
            return isSlow;
        }

        /** Deferred items of the batch that found no room in the slow path. */
        int refused() {
            return refused;
        }

        boolean isEmpty() {
            return size == 0 && expired.isEmpty() && late.isEmpty();
        }

        int size() {
            return size;
        }

        long longestWaitNs() {
            return longestWaitNs;
        }

        /** Gives every item that was not deferred its result. */
        void finish(Batch batch) {
            for (int i = 0; i < size; i++) {
                PendingRequest request = requests[i];
                if (request != null && !batch.isDeferred(i)) {
                    request.finish(indices[i], batch.checked(i), batch.cost(i));
                }
            }
        }
    }
}
