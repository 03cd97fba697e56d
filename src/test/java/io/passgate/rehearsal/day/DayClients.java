package io.passgate.rehearsal.day;

import io.passgate.rehearsal.day.DayCurve.Kind;
import io.passgate.rehearsal.day.LaneTally.Outcome;
import io.passgate.rehearsal.day.RetrySchedule.Returning;
import io.passgate.testing.load.LoadAnswer;
import io.passgate.testing.load.LoadConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * The clients of a day: they come as the plan has it, whatever becomes of those before, and who does not get what they
 * came for asks again. One thread.
 *
 * <p>Latencies count from when somebody should have come. Who finds all connections busy, has no answer in time or
 * loses their connection is without an answer, and asks again as one who was told nothing.
 */
public final class DayClients implements AutoCloseable {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOKING_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_REFUSALS = 3;

    /** A gateway closes a kept connection after a minute, perhaps as a request comes. */
    private static final long KEPT_NS = TimeUnit.SECONDS.toNanos(45);

    /** What people of a kind come with. The thread of the clients calls it. */
    public interface Requests {
        /** What somebody comes with who comes now. */
        Asked fresh();
    }

    /** What somebody asks, once or several times. The thread of the clients calls it. */
    public interface Asked {
        /** The whole request. */
        ByteBuffer bytes();

        /**
         * What they come with instead when they ask again; empty where the same request is good still.
         *
         * @param ageNs since it was made
         */
        Optional<Asked> renewed(long ageNs);

        /** They have what they came for. */
        void accepted();
    }

    /**
     * Where those of a kind go.
     *
     * @param port of this machine
     * @param batch payloads of a request
     * @param requests see there
     * @param tally of the lane; kinds may share one
     */
    public record Counter(Kind kind, int port, int batch, Requests requests, LaneTally tally) {}

    /** Somebody's, made at an instant, who asks for the first time or again. */
    private record Request(Counter counter, Asked asked, long madeNs, int attempts) {}

    private record Kept(LoadConnection connection, long sinceNs) {}

    private final DayPlan plan;
    private final List<Counter> counters;
    private final int maxConnections;
    private final RetrySchedule<Request> schedule;
    private final Selector selector = Selector.open();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 * 1_024);
    private final Map<Integer, Queue<Kept>> idle = new HashMap<>();

    /** In the order in which they were sent. */
    private final Map<LoadConnection, Request> busy = new LinkedHashMap<>();

    /** How many of {@link #busy} are of each lane. */
    private final Map<LaneTally, Integer> underWay = new HashMap<>();

    private final List<String> refusals = new ArrayList<>();
    private final LongConsumer eachSecond;
    private long startNs;
    private long lookedNs;
    private volatile boolean isOver;

    /**
     * Nobody has come yet.
     *
     * @param maxConnections of each lane's clients together
     * @param eachSecond is told by the thread of the clients which second has begun
     */
    public DayClients(
            DayPlan plan,
            List<Counter> counters,
            int maxConnections,
            RetrySchedule.Habits habits,
            RandomGenerator random,
            LongConsumer eachSecond)
            throws IOException {
        this.eachSecond = eachSecond;
        this.plan = plan;
        this.counters = List.copyOf(counters);
        this.maxConnections = maxConnections;
        schedule = new RetrySchedule<>(habits, random);
    }

    /** Plays the day; what is under way at its end has its patience. */
    public void play() throws IOException {
        startNs = System.nanoTime();
        lookedNs = startNs;
        long[] sent = new long[counters.size()];
        long beforeNs = 0;
        long endNs = plan.length().toNanos();
        long second = 0;
        for (long elapsedNs = 0; elapsedNs < endNs && !isOver; elapsedNs = System.nanoTime() - startNs) {
            if (TimeUnit.NANOSECONDS.toSeconds(elapsedNs) > second) {
                second = TimeUnit.NANOSECONDS.toSeconds(elapsedNs);
                eachSecond.accept(second);
            }
            for (int i = 0; i < sent.length; i++) {
                sent[i] += come(counters.get(i), sent[i], beforeNs, elapsedNs);
            }
            comeAgain();
            await();
            beforeNs = elapsedNs;
        }
        long lastNs = System.nanoTime() + PATIENCE_NS;
        while (!busy.isEmpty() && System.nanoTime() - lastNs < 0) {
            await();
        }
        for (LoadConnection lost : new ArrayList<>(busy.keySet())) {
            lose(lost);
        }
    }

    /** Lets nobody come any more. Any thread. */
    public void end() {
        isOver = true;
    }

    /** Those who are due since it was looked the last time come, each when they should have. */
    private long come(Counter counter, long sent, long beforeNs, long elapsedNs) throws IOException {
        long due = plan.due(counter.kind(), elapsedNs) / counter.batch() - sent;
        for (long i = 0; i < due; i++) {
            long intendedNs = startNs + beforeNs + (elapsedNs - beforeNs) * (i + 1) / due;
            send(new Request(counter, counter.requests().fresh(), intendedNs, 1), intendedNs);
        }
        return due;
    }

    private void comeAgain() throws IOException {
        long nowNs = System.nanoTime();
        for (Optional<Returning<Request>> next = schedule.due(nowNs); next.isPresent(); next = schedule.due(nowNs)) {
            Request before = next.get().who();
            Optional<Asked> renewed = before.asked().renewed(nowNs - before.madeNs());
            send(
                    new Request(
                            before.counter(),
                            renewed.orElse(before.asked()),
                            renewed.isPresent() ? nowNs : before.madeNs(),
                            next.get().attempts() + 1),
                    next.get().atNs());
        }
    }

    private void send(Request request, long intendedNs) throws IOException {
        Counter counter = request.counter();
        counter.tally().offered(System.nanoTime() - startNs, counter.batch());
        if (underWay.getOrDefault(counter.tally(), 0) >= maxConnections) {
            failed(request, Outcome.UNANSWERED, OptionalInt.empty());
            return;
        }
        LoadConnection connection = null;
        try {
            connection = connection(counter.port());
            begin(connection, request);
            connection.send(request.asked().bytes().rewind(), intendedNs);
        } catch (IOException refused) {
            if (connection == null) {
                failed(request, Outcome.UNANSWERED, OptionalInt.empty());
            } else {
                lose(connection);
            }
        }
    }

    private void begin(LoadConnection connection, Request request) {
        busy.put(connection, request);
        underWay.merge(request.counter().tally(), 1, Integer::sum);
    }

    private Optional<Request> finish(LoadConnection connection) {
        Optional<Request> request = Optional.ofNullable(busy.remove(connection));
        request.ifPresent(one -> underWay.merge(one.counter().tally(), -1, Integer::sum));
        return request;
    }

    private LoadConnection connection(int port) throws IOException {
        Queue<Kept> kept = idle.computeIfAbsent(port, _ -> new ArrayDeque<>());
        for (Kept first = kept.poll(); first != null; first = kept.poll()) {
            if (System.nanoTime() - first.sinceNs() < KEPT_NS) {
                return first.connection();
            }
            first.connection().close();
        }
        return new LoadConnection(selector, port);
    }

    private void failed(Request request, Outcome outcome, OptionalInt retryAfterSeconds) {
        long nowNs = System.nanoTime();
        request.counter()
                .tally()
                .count(outcome, nowNs - startNs, request.counter().batch());
        schedule.failed(request, request.attempts(), retryAfterSeconds, nowNs);
    }

    /** Its connection is closed, and whoever was on it has no answer. */
    private void lose(LoadConnection connection) throws IOException {
        Optional<Request> request = finish(connection);
        connection.close();
        request.ifPresent(one -> failed(one, Outcome.UNANSWERED, OptionalInt.empty()));
    }

    private void await() throws IOException {
        var _ = selector.select(1);
        for (SelectionKey key : selector.selectedKeys()) {
            LoadConnection connection = (LoadConnection) key.attachment();
            try {
                if (key.isValid() && key.isWritable()) {
                    connection.write();
                }
                if (key.isValid() && key.isReadable() && connection.read(scratch)) {
                    answered(connection);
                }
            } catch (IOException closed) {
                forget(connection);
                lose(connection);
            }
        }
        selector.selectedKeys().clear();
        if (System.nanoTime() - lookedNs > LOOKING_NS) {
            lookedNs = System.nanoTime();
            losePatience();
        }
    }

    private void losePatience() throws IOException {
        List<LoadConnection> late = new ArrayList<>();
        Iterator<LoadConnection> oldest = busy.keySet().iterator();
        while (oldest.hasNext()) {
            LoadConnection next = oldest.next();
            if (lookedNs - next.intendedNs() < PATIENCE_NS) {
                break;
            }
            late.add(next);
        }
        for (LoadConnection connection : late) {
            lose(connection);
        }
    }

    private void answered(LoadConnection connection) throws IOException {
        long nowNs = System.nanoTime();
        Optional<Request> finished = finish(connection);
        if (finished.isEmpty()) {
            forget(connection);
            connection.close();
            return;
        }
        Request request = finished.get();
        LoadAnswer answer = connection.answer();
        take(request, answer, nowNs, nowNs - connection.intendedNs());
        if (connection.isSent() && !answer.isLast()) {
            boolean _ = idle.get(request.counter().port()).add(new Kept(connection, nowNs));
        } else {
            connection.close();
        }
    }

    private void take(Request request, LoadAnswer answer, long nowNs, long latencyNs) {
        LaneTally tally = request.counter().tally();
        long elapsedNs = nowNs - startNs;
        int status = answer.status();
        if (status == 200 || status == 201) {
            int refused = answer.refused();
            int untold = answer.indeterminate();
            tally.took(elapsedNs, latencyNs);
            tally.count(Outcome.REFUSED, elapsedNs, refused);
            tally.count(Outcome.INDETERMINATE, elapsedNs, untold);
            tally.count(Outcome.ANSWERED, elapsedNs, request.counter().batch() - refused - untold);
            if (refused + untold == 0) {
                request.asked().accepted();
            }
            if (refused > 0) {
                keep(answer);
            }
        } else if (status == 503 || status == 429) {
            failed(request, Outcome.SHED, answer.retryAfterSeconds());
        } else if (status >= 500) {
            failed(request, Outcome.UNANSWERED, OptionalInt.empty());
        } else {
            tally.count(Outcome.REFUSED, elapsedNs, request.counter().batch());
            keep(answer);
        }
    }

    private void keep(LoadAnswer answer) {
        if (refusals.size() < MOST_REFUSALS) {
            refusals.add(answer.beginning());
        }
    }

    /** The first of the answers that nobody should be told: all that is asked is good. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** It was closed, or is of no use, while it rested. */
    private void forget(LoadConnection connection) {
        idle.values().forEach(kept -> {
            boolean _ = kept.removeIf(one -> one.connection() == connection);
        });
    }

    /** How many went away without what they came for. */
    public long givenUp() {
        return schedule.givenUp();
    }

    /** How many wanted to ask again when the day was over. */
    public int waiting() {
        return schedule.waiting();
    }

    @Override
    public void close() throws IOException {
        for (Queue<Kept> kept : idle.values()) {
            for (Kept one : kept) {
                one.connection().close();
            }
        }
        selector.close();
    }
}
