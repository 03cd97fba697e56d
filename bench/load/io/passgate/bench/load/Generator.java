package io.passgate.bench.load;

import io.passgate.testing.load.LoadConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the gateway on this machine, on one thread. In the open model they go out at a constant rate,
 * whatever comes back, and their latency counts from the instant they should have gone out; while answers are to come
 * the thread wakes up every millisecond, so up to one of those milliseconds is the generator's own. In the closed loop
 * each connection sends its next request when it has its answer.
 */
public final class Generator implements AutoCloseable {
    private static final double NS_PER_SECOND = 1e9;
    private static final long NS_PER_MS = 1_000_000;

    /** How long answers are waited for when a phase is over. */
    private static final long GRACE_NS = 5_000 * NS_PER_MS;

    /**
     * After which a kept connection is not used again: the gateway closes it after a minute, perhaps as a request
     * comes.
     */
    private static final long KEPT_NS = 45_000 * NS_PER_MS;

    private final Selector selector = Selector.open();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 * 1_024);

    /**
     * Used in turn, the one that has rested longest first: many that rest would all be closed by the gateway at once.
     */
    private final Queue<LoadConnection> idle = new ArrayDeque<>();

    private final Set<LoadConnection> busy = new HashSet<>();
    private final int port;
    private final int maxConnections;

    /**
     * A generator without connections.
     *
     * @param maxConnections the most requests under way; what comes due beyond them is not sent and counted as such
     */
    public Generator(int port, int maxConnections) throws IOException {
        this.port = port;
        this.maxConnections = maxConnections;
    }

    /** Offers {@code payloadsPerSecond} for so many seconds. */
    public LatencyTally open(RequestBytes requestBytes, double payloadsPerSecond, double seconds) throws IOException {
        LatencyTally latencyTally = new LatencyTally(requestBytes, payloadsPerSecond, seconds);
        double intervalNs = NS_PER_SECOND * requestBytes.batch() / payloadsPerSecond;
        long start = System.nanoTime();
        long end = start + (long) (seconds * NS_PER_SECOND);
        long due = start;
        for (long sent = 0; due < end; ) {
            for (; due < end && due - System.nanoTime() <= 0; due = start + (long) (++sent * intervalNs)) {
                sendOrCount(requestBytes, due, latencyTally);
            }
            pause(due, latencyTally, end);
        }
        finish(latencyTally, end);
        return latencyTally;
    }

    /** Keeps {@code connections} requests under way for so many seconds. */
    LatencyTally closed(RequestBytes requestBytes, int connections, double seconds) throws IOException {
        LatencyTally latencyTally = new LatencyTally(requestBytes, 0, seconds);
        long end = System.nanoTime() + (long) (seconds * NS_PER_SECOND);
        while (System.nanoTime() - end < 0) {
            while (busy.size() < Math.min(connections, maxConnections)) {
                sendOrCount(requestBytes, System.nanoTime(), latencyTally);
            }
            await(1, latencyTally, end);
        }
        finish(latencyTally, end);
        return latencyTally;
    }

    /**
     * Waits for answers until the next request is due, or the millisecond after it; exactly if there are none to come.
     */
    private void pause(long dueNs, LatencyTally latencyTally, long endNs) throws IOException {
        long leftNs = dueNs - System.nanoTime();
        if (busy.isEmpty() && leftNs < NS_PER_MS) {
            LockSupport.parkNanos(leftNs);
        } else {
            await(Math.max(1, leftNs / NS_PER_MS), latencyTally, endNs);
        }
    }

    private void sendOrCount(RequestBytes requestBytes, long intendedNs, LatencyTally latencyTally) throws IOException {
        LoadConnection loadConnection = kept();
        if (loadConnection == null) {
            if (busy.size() == maxConnections) {
                latencyTally.unsent();
                return;
            }
            loadConnection = new LoadConnection(selector, port);
        }
        busy.add(loadConnection);
        loadConnection.send(requestBytes.next(), intendedNs);
    }

    /** The connection that has rested longest, but not too long; null if there is none. */
    private @Nullable LoadConnection kept() throws IOException {
        LoadConnection first = idle.poll();
        while (first != null && System.nanoTime() - first.answeredNs() > KEPT_NS) {
            first.close();
            first = idle.poll();
        }
        return first;
    }

    private void await(long timeoutMs, LatencyTally latencyTally, long endNs) throws IOException {
        selector.select(timeoutMs);
        for (SelectionKey key : selector.selectedKeys()) {
            LoadConnection loadConnection = (LoadConnection) key.attachment();
            if (key.isWritable()) {
                loadConnection.write();
            }
            if (key.isReadable()) {
                read(loadConnection, latencyTally, endNs);
            }
        }
        selector.selectedKeys().clear();
    }

    private void read(LoadConnection loadConnection, LatencyTally latencyTally, long endNs) throws IOException {
        try {
            if (loadConnection.read(scratch)) {
                long now = System.nanoTime();
                latencyTally.answered(loadConnection.answer(), now - loadConnection.intendedNs(), now - endNs <= 0);
                busy.remove(loadConnection);
                idle.add(loadConnection);
            }
        } catch (IOException closed) {
            if (loadConnection.isBusy()) {
                throw closed;
            }
            // A connection that had nothing to do for long: the gateway may close it.
            idle.remove(loadConnection);
            loadConnection.close();
        }
    }

    /** Waits for what is under way; what does not come is counted and its connection closed. */
    private void finish(LatencyTally latencyTally, long endNs) throws IOException {
        long last = System.nanoTime() + GRACE_NS;
        while (!busy.isEmpty() && System.nanoTime() - last < 0) {
            await(10, latencyTally, endNs);
        }
        for (LoadConnection lost : busy) {
            latencyTally.unanswered();
            lost.close();
        }
        busy.clear();
    }

    private void closeIdle() throws IOException {
        for (LoadConnection loadConnection : idle) {
            loadConnection.close();
        }
        idle.clear();
    }

    @Override
    public void close() throws IOException {
        closeIdle();
        selector.close();
    }
}
