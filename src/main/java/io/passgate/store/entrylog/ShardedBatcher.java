package io.passgate.store.entrylog;

import io.passgate.store.RequestBatcher;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Asks each shard's node for what lies there, and puts the answers in the order of what was asked. Any thread.
 *
 * @param <I> what is asked, {@code <O>} what is answered
 */
final class ShardedBatcher<I, O> {
    /** A script of so many holds Redis up for 2 ms. */
    private static final int USUAL_BATCH = 256;

    private final ToIntFunction<I> shardOf;
    private final List<RequestBatcher<I, O>> shards = new ArrayList<>();

    /** Asks one shard. */
    interface Server<I, O> {
        Future<List<O>> ask(int shard, List<I> items);
    }

    ShardedBatcher(ToIntFunction<I> shardOf, Server<I, O> server) {
        this.shardOf = shardOf;
        for (int n = 0; n < OneTimeKeys.SHARDS; n++) {
            int shard = n;
            shards.add(new RequestBatcher<>(USUAL_BATCH, items -> server.ask(shard, items)));
        }
    }

    /** Items that wait, or are under way. */
    int items() {
        int all = 0;
        for (RequestBatcher<I, O> shard : shards) {
            all += shard.items();
        }
        return all;
    }

    /** The answers in order; fails if one shard's do. */
    Future<List<O>> ask(List<I> items) {
        int[] numbers = new int[items.size()];
        List<List<I>> byShard = new ArrayList<>(shards.size());
        for (int n = 0; n < shards.size(); n++) {
            byShard.add(new ArrayList<>());
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = shardOf.applyAsInt(items.get(i));
            byShard.get(numbers[i]).add(items.get(i));
        }
        List<Future<List<O>>> answers = new ArrayList<>(shards.size());
        for (int n = 0; n < shards.size(); n++) {
            List<I> mine = byShard.get(n);
            answers.add(
                    mine.isEmpty()
                            ? Future.succeededFuture(List.of())
                            : shards.get(n).ask(mine));
        }
        return Future.join(answers).map(all -> inOrder(numbers, answers));
    }

    private List<O> inOrder(int[] numbers, List<Future<List<O>>> answers) {
        int[] next = new int[shards.size()];
        List<O> inOrder = new ArrayList<>(numbers.length);
        for (int number : numbers) {
            inOrder.add(answers.get(number).result().get(next[number]++));
        }
        return inOrder;
    }
}
