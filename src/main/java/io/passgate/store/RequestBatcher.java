package io.passgate.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Asks a server for many at once: one question is under way, and what comes meanwhile goes with the next. Nobody waits
 * for a batch to fill. Any thread.
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
public final class RequestBatcher<I, O> {
    private final int usual;
    private final Function<List<I>, Future<List<O>>> server;
    private final ArrayDeque<Asked<I, O>> waiting = new ArrayDeque<>();
    private boolean isUnderWay;
    private int items;

    private record Asked<I, O>(List<I> items, Promise<List<O>> answers) {}

    /**
     * Creates a batcher for one server.
     *
     * @param usual items from which on a question is not made larger; what was asked together stays together
     * @param server answers one for one, in order; called on any thread, and never twice at once
     */
    public RequestBatcher(int usual, Function<List<I>, Future<List<O>>> server) {
        this.usual = usual;
        this.server = server;
    }

    /** {@return how many items wait, or are under way} */
    public synchronized int items() {
        return items;
    }

    /**
     * Asks for items, all with one question to the server.
     *
     * @param asked not copied, and so not to be changed
     * @return the answers in the same order; fails if the question does
     */
    public Future<List<O>> ask(List<I> asked) {
        Asked<I, O> mine = new Asked<>(asked, Promise.promise());
        synchronized (this) {
            items += asked.size();
            waiting.add(mine);
            if (isUnderWay) {
                return mine.answers.future();
            }
            isUnderWay = true;
        }
        sendNext();
        return mine.answers.future();
    }

    private void sendNext() {
        List<Asked<I, O>> batch = new ArrayList<>();
        List<I> all = new ArrayList<>();
        synchronized (this) {
            while (!waiting.isEmpty() && all.size() < usual) {
                Asked<I, O> next = waiting.remove();
                batch.add(next);
                all.addAll(next.items);
            }
            if (batch.isEmpty()) {
                isUnderWay = false;
                return;
            }
        }
        send(all).onComplete(answered -> {
            synchronized (this) {
                items -= all.size();
            }
            sendNext();
            int from = 0;
            for (Asked<I, O> asked : batch) {
                int to = from + asked.items.size();
                if (answered.succeeded()) {
                    asked.answers.complete(answered.result().subList(from, to));
                } else {
                    asked.answers.fail(answered.cause());
                }
                from = to;
            }
        });
    }

    private Future<List<O>> send(List<I> all) {
        try {
            return server.apply(all);
        } catch (RuntimeException fault) {
            return Future.failedFuture(fault);
        }
    }
}
