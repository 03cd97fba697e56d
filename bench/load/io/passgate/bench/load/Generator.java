package io.passgate.bench.load;

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
 * whatever comes back, and their latency counts from the instant they should have gone out; while answers are to come the
 * thread wakes up every millisecond, so up to one of those milliseconds is the generator's own. In the closed loop each connection sends its
 * next request when it has its answer.
 */
public final class Generator implements AutoCloseable {
    private static final double NS_PER_SECOND = 1e9;
    private static final long NS_PER_MS = 1_000_000;

    /** How long answers are waited for when a phase is over. */
    private static final long GRACE_NS = 5_000 * NS_PER_MS;

    /** After which a kept connection is not used again: the gateway closes it after a minute, perhaps as a request comes. */
    private static final long KEPT_NS = 45_000 * NS_PER_MS;

    private final Selector selector = Selector.open();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 * 1_024);

    /** Used in turn, the one that has rested longest first: many that rest would all be closed by the gateway at once. */
    private final Queue<Connection> idle = new ArrayDeque<>();

    private final Set<Connection> busy = new HashSet<>();
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
    public Tally open(Requests requests, double payloadsPerSecond, double seconds) throws IOException {
        Tally tally = new Tally(requests, payloadsPerSecond, seconds);
        double intervalNs = NS_PER_SECOND * requests.batch() / payloadsPerSecond;
        long start = System.nanoTime();
        long end = start + (long) (seconds * NS_PER_SECOND);
        long due = start;
        for (long sent = 0; due < end; ) {
            for (; due < end && due - System.nanoTime() <= 0; due = start + (long) (++sent * intervalNs)) {
                sendOrCount(requests, due, tally);
            }
            pause(due, tally, end);
        }
        finish(tally, end);
        return tally;
    }

    /** Keeps {@code connections} requests under way for so many seconds. */
    Tally closed(Requests requests, int connections, double seconds) throws IOException {
        Tally tally = new Tally(requests, 0, seconds);
        long end = System.nanoTime() + (long) (seconds * NS_PER_SECOND);
        while (System.nanoTime() - end < 0) {
            while (busy.size() < Math.min(connections, maxConnections)) {
                sendOrCount(requests, System.nanoTime(), tally);
            }
            await(1, tally, end);
        }
        finish(tally, end);
        return tally;
    }

    /** Waits for answers until the next request is due, or the millisecond after it; exactly if there are none to come. */
    private void pause(long dueNs, Tally tally, long endNs) throws IOException {
        long leftNs = dueNs - System.nanoTime();
        if (busy.isEmpty() && leftNs < NS_PER_MS) {
            LockSupport.parkNanos(leftNs);
        } else {
            await(Math.max(1, leftNs / NS_PER_MS), tally, endNs);
        }
    }

    private void sendOrCount(Requests requests, long intendedNs, Tally tally) throws IOException {
        Connection connection = kept();
        if (connection == null) {
            if (busy.size() == maxConnections) {
                tally.unsent();
                return;
            }
            connection = new Connection(selector, port);
        }
        busy.add(connection);
        connection.send(requests.next(), intendedNs);
    }

    /** The connection that has rested longest, but not too long; null if there is none. */
    private @Nullable Connection kept() throws IOException {
        Connection first = idle.poll();
        while (first != null && System.nanoTime() - first.answeredNs() > KEPT_NS) {
            first.close();
            first = idle.poll();
        }
        return first;
    }

    private void await(long timeoutMs, Tally tally, long endNs) throws IOException {
        selector.select(timeoutMs);
        for (SelectionKey key : selector.selectedKeys()) {
            Connection connection = (Connection) key.attachment();
            if (key.isWritable()) {
                connection.write();
            }
            if (key.isReadable()) {
                read(connection, tally, endNs);
            }
        }
        selector.selectedKeys().clear();
    }

    private void read(Connection connection, Tally tally, long endNs) throws IOException {
        try {
            if (connection.read(scratch)) {
                long now = System.nanoTime();
                tally.answered(connection.answer(), now - connection.intendedNs(), now - endNs <= 0);
                busy.remove(connection);
                idle.add(connection);
            }
        } catch (IOException closed) {
            if (connection.isBusy()) {
                throw closed;
            }
            // A connection that had nothing to do for long: the gateway may close it.
            idle.remove(connection);
            connection.close();
        }
    }

    /** Waits for what is under way; what does not come is counted and its connection closed. */
    private void finish(Tally tally, long endNs) throws IOException {
        long last = System.nanoTime() + GRACE_NS;
        while (!busy.isEmpty() && System.nanoTime() - last < 0) {
            await(10, tally, endNs);
        }
        for (Connection lost : busy) {
            tally.unanswered();
            lost.close();
        }
        busy.clear();
    }

    private void closeIdle() throws IOException {
        for (Connection connection : idle) {
            connection.close();
        }
        idle.clear();
    }

    @Override
    public void close() throws IOException {
        closeIdle();
        selector.close();
    }
}
