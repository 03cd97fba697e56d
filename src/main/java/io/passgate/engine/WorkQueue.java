package io.passgate.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait, bounded by their payloads. A worker takes whatever waits up to its batch's capacity, in slices
 * of one request after another, so that a large request does not hold up small ones. Nobody waits for a batch to fill.
 */
final class WorkQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<Verification> waiting = new ArrayDeque<>();
    private final int maxItems;
    private final int slice;
    private final long maxWaitNs;
    private final LongSupplier nanoClock;
    private int items;
    private boolean closed;

    WorkQueue(int maxItems, int slice, long maxWaitNs, LongSupplier nanoClock) {
        this.maxItems = maxItems;
        this.slice = slice;
        this.maxWaitNs = maxWaitNs;
        this.nanoClock = nanoClock;
    }

    Submission offer(Verification request) {
        lock.lock();
        try {
            if (closed) {
                return Submission.CLOSED;
            }
            if (items + request.size() > maxItems) {
                return Submission.FULL;
            }
            items += request.size();
            waiting.addLast(request);
            notEmpty.signal();
            return Submission.QUEUED;
        } finally {
            lock.unlock();
        }
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

    /** Refuses what comes from now on; what waits is still taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for work and takes it into an empty batch.
     *
     * @param taken says where each item of the batch came from
     * @return false when the queue is closed and has run out
     */
    boolean take(Batch batch, Taken taken) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed) {
                notEmpty.await();
            }
            taken.clear();
            fill(batch, taken);
            if (!waiting.isEmpty()) {
                notEmpty.signal();
            }
            return taken.size > 0 || !taken.expired.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void fill(Batch batch, Taken taken) {
        long nowNs = nanoClock.getAsLong();
        while (!batch.isFull() && !waiting.isEmpty()) {
            Verification request = waiting.removeFirst();
            if (request.taken() == 0 && nowNs - request.queuedNs() > maxWaitNs) {
                items -= request.size();
                taken.expired.add(request);
                continue;
            }
            for (int n = 0; n < slice && !batch.isFull() && request.taken() < request.size(); n++) {
                taken.add(request, request.takeInto(batch));
                items--;
            }
            taken.longestWaitNs = Math.max(taken.longestWaitNs, nowNs - request.queuedNs());
            if (request.taken() < request.size()) {
                waiting.addLast(request);
            }
        }
    }

    /** Which request and payload each item of a batch is. One worker, reused. */
    static final class Taken {
        private final List<Verification> expired = new ArrayList<>(0);
        private final @Nullable Verification[] requests;
        private final int[] indices;
        private int size;
        private long longestWaitNs;

        Taken(int capacity) {
            requests = new Verification[capacity];
            indices = new int[capacity];
        }

        /** Lets go of the requests. */
        void clear() {
            Arrays.fill(requests, 0, size, null);
            expired.clear();
            size = 0;
            longestWaitNs = 0;
        }

        private void add(Verification request, int index) {
            requests[size] = request;
            indices[size++] = index;
        }

        List<Verification> expired() {
            return expired;
        }

        int size() {
            return size;
        }

        long longestWaitNs() {
            return longestWaitNs;
        }

        void finish(Batch batch) {
            for (int i = 0; i < size; i++) {
                Verification request = requests[i];
                if (request != null) {
                    request.finish(indices[i], batch.checked(i));
                }
            }
        }
    }
}
