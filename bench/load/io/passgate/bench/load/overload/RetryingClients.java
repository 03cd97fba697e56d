package io.passgate.bench.load.overload;

import io.passgate.bench.load.RequestBytes;
import io.passgate.testing.load.LoadConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Clients that come at a constant rate, whatever becomes of those before, and ask again at once when they are told to
 * come later or lose their connection. One thread.
 */
final class RetryingClients implements AutoCloseable {
    private static final double NS_PER_SECOND = 1e9;
    private static final long GRACE_NS = (long) (5 * NS_PER_SECOND);

    private final int port;
    private final List<RequestBytes> requests;
    private final int maxConnections;
    private final Selector selector = Selector.open();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 * 1_024);
    private final Queue<LoadConnection> idle = new ArrayDeque<>();
    private final Set<LoadConnection> busy = new HashSet<>();
    private int turn;
    private boolean isOver;
    private long endNs;

    /**
     * Nobody has come yet.
     *
     * @param requests of one size; who comes takes the next of them in turn
     * @param maxConnections of all clients together; who finds all of them busy goes away
     */
    RetryingClients(int port, List<RequestBytes> requests, int maxConnections) throws IOException {
        this.port = port;
        this.requests = requests;
        this.maxConnections = maxConnections;
    }

    /** So many come a second, for so many seconds; a phase is told what becomes of them. */
    void come(double perSecond, double seconds, OverloadTally tally) throws IOException {
        tally.lasts(seconds);
        double intervalNs = NS_PER_SECOND / perSecond;
        long startNs = System.nanoTime();
        endNs = startNs + (long) (seconds * NS_PER_SECOND);
        isOver = false;
        long sent = 0;
        for (long nowNs = startNs; nowNs - endNs < 0; nowNs = System.nanoTime()) {
            long due = (long) ((nowNs - startNs) / intervalNs);
            for (; sent < due; sent++) {
                if (busy.size() == maxConnections) {
                    tally.unsent();
                } else {
                    LoadConnection connection = connection();
                    busy.add(connection);
                    connection.send(requests.get(turn).next(), nowNs);
                    turn = (turn + 1) % requests.size();
                }
            }
            await(tally);
        }
        finish(tally);
    }

    private LoadConnection connection() throws IOException {
        LoadConnection rested = idle.poll();
        return rested == null ? new LoadConnection(selector, port) : rested;
    }

    private void await(OverloadTally tally) throws IOException {
        selector.select(1);
        for (SelectionKey key : selector.selectedKeys()) {
            LoadConnection connection = (LoadConnection) key.attachment();
            try {
                if (key.isWritable()) {
                    connection.write();
                }
                if (key.isReadable() && connection.read(scratch)) {
                    answered(connection, tally);
                }
            } catch (IOException closed) {
                closed(connection, tally);
            }
        }
        selector.selectedKeys().clear();
    }

    private void answered(LoadConnection connection, OverloadTally tally) throws IOException {
        long nowNs = System.nanoTime();
        if (tally.answered(connection.answer(), nowNs - connection.intendedNs(), nowNs - endNs <= 0) || isOver) {
            busy.remove(connection);
            if (connection.isSent()) {
                idle.add(connection);
            } else {
                connection.close();
            }
        } else if (connection.isSent()) {
            connection.sendAgain(nowNs);
        } else {
            again(connection, nowNs);
        }
    }

    private void closed(LoadConnection connection, OverloadTally tally) throws IOException {
        if (busy.contains(connection)) {
            tally.closed();
            if (isOver) {
                busy.remove(connection);
            } else {
                again(connection, System.nanoTime());
                return;
            }
        }
        idle.remove(connection);
        connection.close();
    }

    /** On a new connection. */
    private void again(LoadConnection before, long nowNs) throws IOException {
        busy.remove(before);
        before.close();
        LoadConnection connection = new LoadConnection(selector, port);
        busy.add(connection);
        connection.send(before.request(), nowNs);
    }

    /** Whoever is told to come later now goes away. */
    private void finish(OverloadTally tally) throws IOException {
        isOver = true;
        long lastNs = System.nanoTime() + GRACE_NS;
        while (!busy.isEmpty() && System.nanoTime() - lastNs < 0) {
            await(tally);
        }
        for (LoadConnection lost : busy) {
            tally.unanswered();
            lost.close();
        }
        busy.clear();
    }

    @Override
    public void close() throws IOException {
        for (LoadConnection rested : idle) {
            rested.close();
        }
        selector.close();
    }
}
