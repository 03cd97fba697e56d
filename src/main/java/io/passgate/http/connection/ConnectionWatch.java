package io.passgate.http.connection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Watches the connections of one event loop: how long their requests take, how long answers are not taken, and how many
 * bytes wait for that. Only those are listed that are in the middle of something, so that an ordinary exchange costs
 * nothing here. Its event loop.
 */
final class ConnectionWatch {
    /** For a client that goes on sending, to read why nobody listens. */
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    private final ConnectionLimits limits;
    private final AtomicLong heldInAll;
    private final ConnectionObserver observer;
    private final Function<Refusal, byte[]> answers;
    private final LongSupplier nanoTime;

    /** The oldest first, each of them. */
    private final LinkedHashSet<WatchedConnection> arriving = new LinkedHashSet<>();

    private final LinkedHashSet<WatchedConnection> holding = new LinkedHashSet<>();
    private final LinkedHashSet<WatchedConnection> lingering = new LinkedHashSet<>();
    private final Set<Http2Gate> http2 = new HashSet<>();

    /**
     * A watch over no connection.
     *
     * @param heldInAll what the connections of all event loops hold
     * @param answers the whole answer to a refused request, as it is sent
     */
    ConnectionWatch(
            ConnectionLimits limits,
            AtomicLong heldInAll,
            ConnectionObserver observer,
            Function<Refusal, byte[]> answers,
            LongSupplier nanoTime) {
        this.limits = limits;
        this.heldInAll = heldInAll;
        this.observer = observer;
        this.answers = answers;
        this.nanoTime = nanoTime;
    }

    ConnectionObserver observer() {
        return observer;
    }

    byte[] answer(Refusal why) {
        return answers.apply(why);
    }

    /** Whether a request of the connection has begun and not ended. */
    void arrives(WatchedConnection connection, boolean isArriving) {
        if (isArriving) {
            if (arriving.add(connection)) {
                connection.marks().arrivingSinceNs = nanoTime.getAsLong();
            }
        } else if (!arriving.isEmpty()) {
            var _ = arriving.remove(connection);
        }
    }

    /** What the connection holds now; ends it, or others, where that is too much. */
    void holds(WatchedConnection connection, long bytes) {
        WatchedConnection.Marks marks = connection.marks();
        if (bytes == 0 && marks.heldBytes == 0) {
            return;
        }
        long all = note(connection, bytes);
        if (bytes > limits.maxHeldBytesEach()) {
            connection.end(ConnectionEnd.HELD_TOO_MUCH);
        } else if (all > limits.maxHeldBytes()) {
            makeRoom();
        }
    }

    private long note(WatchedConnection connection, long bytes) {
        WatchedConnection.Marks marks = connection.marks();
        long all = heldInAll.addAndGet(bytes - marks.heldBytes);
        marks.heldBytes = bytes;
        if (bytes == 0) {
            var _ = holding.remove(connection);
        } else if (holding.add(connection)) {
            marks.heldSinceNs = nanoTime.getAsLong();
        }
        return all;
    }

    /** Much of what is listed has been taken meanwhile; then the one goes that has held longest. */
    private void makeRoom() {
        lookAgain();
        for (WatchedConnection connection : new ArrayList<>(holding)) {
            if (heldInAll.get() <= limits.maxHeldBytes()) {
                return;
            }
            connection.end(ConnectionEnd.HELD_TOO_MUCH);
        }
    }

    private void lookAgain() {
        for (WatchedConnection connection : new ArrayList<>(holding)) {
            var _ = note(connection, connection.heldBytes());
        }
    }

    /** The client has taken much of what was held: the time for the rest begins anew. */
    void progressed(WatchedConnection connection) {
        if (holding.remove(connection)) {
            connection.marks().heldSinceNs = nanoTime.getAsLong();
            var _ = holding.add(connection);
        }
    }

    /** Watches the requests of a connection of HTTP/2. */
    void watch(Http2Gate connection) {
        var _ = http2.add(connection);
    }

    long nowNs() {
        return nanoTime.getAsLong();
    }

    /** A connection that is closed once its client has had time to read the last answer. */
    void lingers(WatchedConnection connection) {
        connection.marks().lingeringSinceNs = nanoTime.getAsLong();
        var _ = lingering.add(connection);
    }

    /** Nothing more is watched of the connection. */
    void forget(WatchedConnection connection) {
        var _ = arriving.remove(connection);
        var _ = lingering.remove(connection);
        if (connection instanceof Http2Gate gate) {
            var _ = http2.remove(gate);
        }
        if (connection.marks().heldBytes != 0) {
            var _ = note(connection, 0);
        }
    }

    /** Ends what is late; to be called a few times a second. */
    void sweep() {
        long nowNs = nanoTime.getAsLong();
        late(arriving, marks -> marks.arrivingSinceNs, limits.requestPatience().toNanos(), nowNs)
                .forEach(WatchedConnection::requestIsLate);
        for (Http2Gate connection : new ArrayList<>(http2)) {
            connection.endLateRequests(nowNs, limits.requestPatience().toNanos());
        }
        lookAgain();
        late(holding, marks -> marks.heldSinceNs, limits.answerPatience().toNanos(), nowNs)
                .forEach(connection -> connection.end(ConnectionEnd.ANSWER_NOT_TAKEN));
        late(lingering, marks -> marks.lingeringSinceNs, LINGER_NS, nowNs).forEach(WatchedConnection::close);
    }

    private static List<WatchedConnection> late(
            SequencedSet<WatchedConnection> oldestFirst,
            ToLongFunction<WatchedConnection.Marks> since,
            long patienceNs,
            long nowNs) {
        List<WatchedConnection> late = new ArrayList<>();
        for (WatchedConnection connection : oldestFirst) {
            if (nowNs - since.applyAsLong(connection.marks()) < patienceNs) {
                break;
            }
            late.add(connection);
        }
        return late;
    }
}
