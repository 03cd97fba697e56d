package io.passgate.store.entrylog;

import io.passgate.checkin.Visit;
import io.passgate.store.BlockingCalls;
import io.passgate.store.ReconnectingRedisConnection;
import io.passgate.store.RedisScript;
import io.passgate.store.StoreException;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries entries from Redis's streams into PostgreSQL. All gateways share the work as consumers of one group; what one
 * of them took and did not finish, another takes over. One thread.
 */
final class EntryLogConsumer {
    static final String GROUP = "log";

    /** Stream entries taken from a shard at once; each holds what one script let in. */
    private static final int TAKEN_AT_ONCE = 256;

    private static final int ROWS_AT_ONCE = 4_096;

    /** Who has not finished for so long is not going to. */
    private static final Duration ABANDONED = Duration.ofSeconds(10);

    /** An error means that the group is there. */
    private static final RedisScript MAKE_GROUP = new RedisScript("""
            redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
            return 1
            """);

    private static final RedisScript ACKNOWLEDGE = new RedisScript("""
            redis.call('XACK', KEYS[1], unpack(ARGV))
            redis.call('XDEL', KEYS[1], unpack(ARGV, 2))
            return 1
            """);

    /** How many batches a stream holds, and for how many ms the oldest has been there, by Redis's own clock. */
    private static final RedisScript WAITING = new RedisScript("""
            local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
            if not first[1] then return {0, 0} end
            local now = redis.call('TIME')
            local since = tonumber(string.match(first[1][1], '^%d+'))
            local age = tonumber(now[1]) * 1000 + math.floor(tonumber(now[2]) / 1000) - since
            return {redis.call('XLEN', KEYS[1]), math.max(0, age)}
            """);

    private static final RedisScript FORGET_CONSUMERS = new RedisScript("""
            redis.replicate_commands()
            for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
              if consumer[4] == 0 and consumer[6] > 3600000 then
                redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer[2])
              end
            end
            return 1
            """);

    private final String gateway;
    private final ReconnectingRedisConnection connection;
    private final BlockingCalls redisCalls;
    private final BlockingCalls postgresqlCalls;
    private final VisitTable table;
    private final Supplier<LocalDate> firstKept;
    private final AtomicLong written = new AtomicLong();
    private volatile Optional<Waiting> waiting = Optional.empty();
    private Optional<Taken> unfinished = Optional.empty();
    private boolean hasGroups;

    /** What was taken of each shard, and the entries in it. */
    private record Taken(List<List<String>> ids, List<Visit> entries) {}

    /**
     * What is in Redis and not in PostgreSQL yet.
     *
     * @param batches each what one script let in
     * @param oldest how long the oldest of them has been there
     */
    record Waiting(long batches, Duration oldest) {}

    /** @param firstKept the first day that is not to be purged */
    EntryLogConsumer(
            String gateway,
            Redis redis,
            BlockingCalls redisCalls,
            VisitTable table,
            BlockingCalls postgresqlCalls,
            Supplier<LocalDate> firstKept) {
        this.gateway = gateway;
        this.connection = new ReconnectingRedisConnection(redis);
        this.redisCalls = redisCalls;
        this.postgresqlCalls = postgresqlCalls;
        this.table = table;
        this.firstKept = firstKept;
    }

    /** Entries that this gateway has carried over. */
    long written() {
        return written.get();
    }

    /**
     * Carries what is there.
     *
     * @return whether so much was there that more may be: entries that come one by one are carried together
     * @throws StoreException if a store is out of reach; nothing is lost then
     */
    boolean round() {
        if (!hasGroups) {
            makeGroups();
            hasGroups = true;
        }
        if (unfinished.isEmpty()) {
            unfinished = Optional.of(take(
                    shard -> connection.send(Request.cmd(Command.XREADGROUP)
                            .arg("GROUP")
                            .arg(GROUP)
                            .arg(gateway)
                            .arg("COUNT")
                            .arg(TAKEN_AT_ONCE)
                            .arg("STREAMS")
                            .arg(OneTimeKeys.entries(shard))
                            .arg(">")),
                    EntryLogConsumer::read));
        }
        Taken taken = unfinished.get();
        return finish(taken) && taken.ids.stream().anyMatch(ids -> ids.size() >= TAKEN_AT_ONCE);
    }

    /** Carries what others took and did not finish. */
    void takeOver() {
        while (finish(unfinished.orElseGet(() -> take(
                shard -> connection.send(Request.cmd(Command.XAUTOCLAIM)
                        .arg(OneTimeKeys.entries(shard))
                        .arg(GROUP)
                        .arg(gateway)
                        .arg(ABANDONED.toMillis())
                        .arg("0")
                        .arg("COUNT")
                        .arg(TAKEN_AT_ONCE)),
                EntryLogConsumer::claimed)))) {
            // There may be more.
        }
    }

    /** Says whether there was something. */
    private boolean finish(Taken taken) {
        unfinished = Optional.of(taken);
        LocalDate first = firstKept.get();
        List<Visit> kept = taken.entries.stream()
                .filter(visit -> !visit.day().isBefore(first))
                .toList();
        for (int from = 0; from < kept.size(); from += ROWS_AT_ONCE) {
            List<Visit> rows = kept.subList(from, Math.min(kept.size(), from + ROWS_AT_ONCE));
            var _ = postgresqlCalls.await("entries", () -> table.insert(rows));
        }
        boolean isSomething = acknowledge(taken);
        written.addAndGet(kept.size());
        unfinished = Optional.empty();
        return isSomething;
    }

    private void makeGroups() {
        var _ = askAll(shard -> connection.run(MAKE_GROUP, arguments(shard, List.of(GROUP))));
    }

    private interface Question {
        Future<@Nullable Response> ask(int shard);
    }

    private static Consumer<Request> arguments(int shard, List<String> arguments) {
        return request -> {
            request.arg(1).arg(OneTimeKeys.entries(shard));
            arguments.forEach(request::arg);
        };
    }

    private List<Response> askAll(Question question) {
        try {
            return redisCalls.await("entries", () -> {
                List<Future<@Nullable Response>> all = new ArrayList<>();
                for (int shard = 0; shard < OneTimeKeys.SHARDS; shard++) {
                    all.add(question.ask(shard));
                }
                return Future.join(all).map(done -> {
                    List<Response> answers = new ArrayList<>();
                    all.forEach(one -> answers.add(one.result()));
                    return answers;
                });
            });
        } catch (StoreException lost) {
            connection.close();
            hasGroups = false;
            throw lost;
        }
    }

    private Taken take(Question question, Function<@Nullable Response, Iterable<@Nullable Response>> items) {
        List<List<String>> ids = new ArrayList<>();
        List<Visit> entries = new ArrayList<>();
        for (Response answer : askAll(question)) {
            List<String> mine = new ArrayList<>();
            for (Response item : items.apply(answer)) {
                if (item != null && item.get(1) != null) {
                    mine.add(item.get(0).toString());
                    entries.addAll(VisitCodec.decode(
                            ByteBuffer.wrap(item.get(1).get(1).toBuffer().getBytes())));
                }
            }
            ids.add(mine);
        }
        return new Taken(ids, entries);
    }

    /** The entries of the one stream that was read; none where nothing was new. */
    private static Iterable<@Nullable Response> read(@Nullable Response answer) {
        if (answer == null || answer.size() == 0) {
            return List.of();
        }
        return answer.iterator().next().get(1);
    }

    /** The entries that were claimed, behind where to go on. */
    private static Iterable<@Nullable Response> claimed(@Nullable Response answer) {
        return answer == null ? List.of() : answer.get(1);
    }

    private boolean acknowledge(Taken taken) {
        boolean isSomething = taken.ids.stream().anyMatch(ids -> !ids.isEmpty());
        if (isSomething) {
            var _ = askAll(shard -> acknowledge(shard, taken.ids.get(shard)));
        }
        return isSomething;
    }

    private Future<@Nullable Response> acknowledge(int shard, List<String> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture();
        }
        List<String> all = new ArrayList<>(ids.size() + 1);
        all.add(GROUP);
        all.addAll(ids);
        return connection.run(ACKNOWLEDGE, arguments(shard, all));
    }

    /** What waited at the last look; empty where Redis did not say. Any thread. */
    Optional<Waiting> waiting() {
        return waiting;
    }

    /**
     * Looks what waits in the streams, whoever has taken it.
     *
     * @throws StoreException if Redis is out of reach
     */
    void look() {
        try {
            long batches = 0;
            long oldestMs = 0;
            for (Response answer : askAll(shard -> connection.run(WAITING, arguments(shard, List.of())))) {
                batches += answer.get(0).toLong();
                oldestMs = Math.max(oldestMs, answer.get(1).toLong());
            }
            waiting = Optional.of(new Waiting(batches, Duration.ofMillis(oldestMs)));
        } catch (StoreException lost) {
            waiting = Optional.empty();
            throw lost;
        }
    }

    /** Lets go of consumers that have nothing and have not been heard of for an hour. */
    void forgetConsumers() {
        var _ = askAll(shard -> connection.run(FORGET_CONSUMERS, arguments(shard, List.of(GROUP))));
    }

    void close() {
        connection.close();
    }
}
