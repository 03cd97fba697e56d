package io.passgate.store;

import io.passgate.checkin.OneTimeUse.Answer;
import io.passgate.checkin.Showing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which passes have been used, in Redis, where every gateway sees it; what is used goes into the shard's stream in the same
 * step. One script for each shard and batch. Any thread.
 */
final class RedisOneTime {
    /** Answers a digit for each: 1 used now, 2 used by this very request, 0 used by another. */
    private static final String USE = """
            redis.replicate_commands()
            local answers, log = {}, {}
            for i = 1, #KEYS - 1 do
              local value, ttl, entry = ARGV[3 * i - 2], ARGV[3 * i - 1], ARGV[3 * i]
              if redis.call('SET', KEYS[i + 1], value, 'NX', 'PX', ttl) then
                log[#log + 1] = entry
                answers[i] = '1'
              elseif redis.call('GET', KEYS[i + 1]) == value then
                answers[i] = '2'
              else
                answers[i] = '0'
              end
            end
            if #log > 0 then redis.call('XADD', KEYS[1], '*', 'e', table.concat(log)) end
            return table.concat(answers)
            """;

    /**
     * Answers from when on nothing was forgotten: since this server, as its replication id tells it, took over, or since it
     * was emptied.
     */
    private static final String SINCE = """
            redis.replicate_commands()
            local id = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
            local there = redis.call('HMGET', KEYS[1], 'replid', 'since')
            if there[1] == id then return there[2] end
            redis.call('HSET', KEYS[1], 'replid', id, 'since', ARGV[1])
            return ARGV[1]
            """;

    private final HeldConnection connection;
    private final InstantSource clock;
    private final Duration timeout;
    private final Duration passLife;
    private final StoreObserver observer;
    private final AtomicLongArray sinceMs = new AtomicLongArray(OneTimeKeys.SHARDS);
    private final Shards<Showing, Answer> shards = new Shards<>(showing -> OneTimeKeys.shard(showing.key()), this::ask);

    /** @param passLife from a pass's {@code iat} until its use is forgotten */
    RedisOneTime(Redis redis, Duration timeout, Duration passLife, InstantSource clock, StoreObserver observer) {
        this.connection = new HeldConnection(redis, this::greet);
        this.clock = clock;
        this.timeout = timeout;
        this.passLife = passLife;
        this.observer = observer;
    }

    /** Each server behind a fresh connection says from when on it forgot nothing. */
    private Future<?> greet(RedisConnection fresh) {
        String now = Long.toString(clock.millis());
        List<Future<?>> answers = new ArrayList<>();
        for (int n = 0; n < OneTimeKeys.SHARDS; n++) {
            int shard = n;
            Request since = Request.cmd(Command.EVAL)
                    .arg(SINCE)
                    .arg(1)
                    .arg(OneTimeKeys.since(shard))
                    .arg(now);
            answers.add(fresh.send(since).onSuccess(ms -> sinceMs.set(shard, ms.toLong())));
        }
        return Future.join(answers);
    }

    /** Connects; fails where Redis is out of reach. */
    Future<?> connect() {
        return connection.connection().timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    int waiting() {
        return shards.items();
    }

    /** Uses them up; fails if that is not told of all. What it cannot know of is unknown, and not used. */
    Future<List<Answer>> use(List<Showing> showings) {
        return shards.ask(showings);
    }

    private Future<List<Answer>> ask(int shard, List<Showing> showings) {
        return connection.connection().compose(made -> {
            Instant now = clock.instant();
            Instant since = Instant.ofEpochMilli(sinceMs.get(shard));
            List<Showing> sure = new ArrayList<>(showings.size());
            for (Showing showing : showings) {
                if (!wasShownBefore(showing, since, now)) {
                    sure.add(showing);
                }
            }
            Future<List<Answer>> answers =
                    sure.isEmpty() ? Future.succeededFuture(List.of()) : ask(made, shard, sure, now);
            return sure.size() == showings.size() ? answers : answers.map(known -> merge(showings, sure, known));
        });
    }

    /** Whether it may have been used before {@code from}, which is so little ago that it matters. */
    boolean wasShownBefore(Showing showing, Instant from, Instant now) {
        return showing.issuedAt().isPresent()
                && !showing.issuedAt().get().isAfter(from)
                && now.isBefore(from.plus(passLife));
    }

    private static List<Answer> merge(List<Showing> showings, List<Showing> sure, List<Answer> known) {
        List<Answer> all = new ArrayList<>(showings.size());
        int next = 0;
        for (Showing showing : showings) {
            boolean isSure = next < sure.size() && sure.get(next) == showing;
            all.add(isSure ? known.get(next++) : Answer.UNKNOWN);
        }
        return all;
    }

    private Future<List<Answer>> ask(RedisConnection made, int shard, List<Showing> showings, Instant now) {
        Request request =
                Request.cmd(Command.EVAL).arg(USE).arg(1 + showings.size()).arg(OneTimeKeys.entries(shard));
        for (Showing showing : showings) {
            request.arg(OneTimeKeys.of(shard, "used", showing.key()));
        }
        for (Showing showing : showings) {
            request.arg(Buffer.buffer(showing.entry().id().toByteArray()))
                    .arg(Math.max(1, Duration.between(now, showing.keptUntil()).toMillis()))
                    .arg(Buffer.buffer(EntryCodec.encode(showing.entry())));
        }
        return timed("use", connection.send(made, request)).map(answer -> answers(answer, showings.size()));
    }

    /** One command of a door's. */
    Future<Response> send(String operation, Request request) {
        return timed(operation, connection.send(request));
    }

    /** One that is not answered in time takes the connection with it. */
    private Future<Response> timed(String operation, Future<Response> sent) {
        long startedNs = System.nanoTime();
        return sent.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS).onComplete(done -> {
            if (done.succeeded()) {
                observer.took(StoreObserver.Store.REDIS, operation, System.nanoTime() - startedNs);
            } else {
                observer.failed(StoreObserver.Store.REDIS);
                connection.close();
            }
        });
    }

    private static List<Answer> answers(Response answer, int size) {
        String digits = answer.toString();
        if (digits.length() != size) {
            throw new StoreException("an answer of another shape");
        }
        List<Answer> answers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            answers.add(
                    switch (digits.charAt(i)) {
                        case '1' -> Answer.FIRST;
                        case '2' -> Answer.AGAIN;
                        default -> Answer.USED;
                    });
        }
        return answers;
    }

    void close() {
        connection.close();
    }
}
