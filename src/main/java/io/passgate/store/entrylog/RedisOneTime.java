package io.passgate.store.entrylog;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.KeyedRequest;
import io.passgate.checkin.OneTimeUse.Answer;
import io.passgate.model.OpaqueId;
import io.passgate.store.ReconnectingRedisConnection;
import io.passgate.store.RedisScript;
import io.passgate.store.StoreException;
import io.passgate.store.StoreObserver;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * Which passes have been used, in Redis, where every gateway sees it; what is used goes into the shard's stream in the
 * same step. One script for each shard and batch. Any thread.
 *
 * <p>With them it is remembered for a minute to which payloads an Idempotency-Key belongs. On one server all scripts of
 * a request look at the same record, and whichever is first makes it: of two requests with one key all scripts of one
 * find the other's, and nothing of that one is used. A script of a cluster sees its own shard only, so that the record
 * is looked at in the shard of the Idempotency-Key, beside the others.
 */
final class RedisOneTime {
    /**
     * Takes the showings request by request. Answers a digit for each: 1 used now, 2 used by this very request, 0 used
     * by another, 3 not used, since the request's key is another one's.
     */
    private static final RedisScript USE = new RedisScript("""
            redis.replicate_commands()
            local answers, log = {}, {}
            local key, arg = 2, 1
            while arg <= #ARGV do
              local count, payloads, isReused = tonumber(ARGV[arg]), ARGV[arg + 1], false
              if payloads ~= '' then
                local known = redis.call('GET', KEYS[key])
                isReused = known and known ~= payloads
                if not known then redis.call('SET', KEYS[key], payloads, 'PX', ARGV[arg + 2]) end
                key = key + 1
              end
              arg = arg + 3
              for i = 1, count do
                local value = ARGV[arg]
                if isReused then
                  answers[#answers + 1] = '3'
                elseif redis.call('SET', KEYS[key], value, 'NX', 'PX', ARGV[arg + 1]) then
                  log[#log + 1] = ARGV[arg + 2]
                  answers[#answers + 1] = '1'
                elseif redis.call('GET', KEYS[key]) == value then
                  answers[#answers + 1] = '2'
                else
                  answers[#answers + 1] = '0'
                end
                key, arg = key + 1, arg + 3
              end
            end
            if #log > 0 then redis.call('XADD', KEYS[1], '*', 'e', table.concat(log)) end
            return table.concat(answers)
            """);

    /** Answers a digit for each request: 3 if its key is another one's, otherwise 1. */
    private static final RedisScript CLAIM = new RedisScript("""
            local answers = {}
            for i = 1, #KEYS do
              local known = redis.call('GET', KEYS[i])
              if not known then redis.call('SET', KEYS[i], ARGV[2 * i - 1], 'PX', ARGV[2 * i]) end
              answers[i] = known and known ~= ARGV[2 * i - 1] and '3' or '1'
            end
            return table.concat(answers)
            """);

    /**
     * Answers from when on nothing was forgotten: since this server, as its replication id tells it, took over, or
     * since it was emptied; and whether it is one of a cluster's.
     */
    private static final RedisScript SINCE = new RedisScript("""
            redis.replicate_commands()
            local id = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
            local there = redis.call('HMGET', KEYS[1], 'replid', 'since')
            local since = there[1] == id and there[2] or ARGV[1]
            if there[1] ~= id then redis.call('HSET', KEYS[1], 'replid', id, 'since', since) end
            return {since, string.match(redis.call('INFO', 'cluster'), 'cluster_enabled:(%d)') or '0'}
            """);

    private static final String REQUEST = "request";

    private final ReconnectingRedisConnection connection;
    private final InstantSource clock;
    private final Duration timeout;
    private final Duration passLife;
    private final StoreObserver observer;
    private final AtomicLongArray sinceMs = new AtomicLongArray(OneTimeKeys.SHARDS);
    private final ShardedBatcher<CheckInAttempt, Answer> shardedBatcher =
            new ShardedBatcher<>(checkInAttempt -> group(OneTimeKeys.shard(checkInAttempt.key())), this::ask);
    private final ShardedBatcher<KeyedRequest, Answer> claims =
            new ShardedBatcher<>(request -> OneTimeKeys.shard(request.key()), this::claim);
    private volatile boolean isCluster;

    /** @param passLife from a pass's {@code iat} until its use is forgotten */
    RedisOneTime(Redis redis, Duration timeout, Duration passLife, InstantSource clock, StoreObserver observer) {
        this.connection = new ReconnectingRedisConnection(redis, this::greet);
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
            answers.add(SINCE.run(fresh, request -> {
                        var _ = request.arg(1).arg(OneTimeKeys.since(shard)).arg(now);
                    })
                    .onSuccess(answer -> {
                        sinceMs.set(shard, answer.get(0).toLong());
                        isCluster = answer.get(1).toInteger() == 1;
                    }));
        }
        return Future.join(answers);
    }

    /** The connection, made where there is none; fails where Redis is out of reach, or says nothing for its timeout. */
    Future<RedisConnection> connect() {
        return connection.connection().timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    int waiting() {
        return shardedBatcher.items() + claims.items();
    }

    /**
     * Uses the showings of one request up; fails if that is not told of all. What it cannot know of is unknown, and not
     * used. Where the request's key is found to be another one's, at least one is told so.
     */
    Future<List<Answer>> use(List<CheckInAttempt> showings) {
        return connect().compose(made -> isCluster ? useInCluster(showings) : shardedBatcher.ask(showings));
    }

    /** The record of the request's key is looked at with the showings of its shard, or else by itself. */
    private Future<List<Answer>> useInCluster(List<CheckInAttempt> showings) {
        Future<List<Answer>> uses = shardedBatcher.ask(showings);
        Optional<KeyedRequest> request = showings.getFirst().request();
        if (request.isEmpty() || showings.stream().anyMatch(RedisOneTime::isBesideItsRequest)) {
            return uses;
        }
        Future<List<Answer>> claim = claims.ask(List.of(request.get()));
        return Future.join(uses, claim)
                .map(both -> claim.result().getFirst() == Answer.KEY_REUSED
                        ? Collections.nCopies(showings.size(), Answer.KEY_REUSED)
                        : uses.result());
    }

    private static boolean isBesideItsRequest(CheckInAttempt checkInAttempt) {
        return checkInAttempt.request().isPresent()
                && OneTimeKeys.shard(checkInAttempt.key())
                        == OneTimeKeys.shard(checkInAttempt.request().get().key());
    }

    private Future<List<Answer>> claim(int shard, List<KeyedRequest> requests) {
        Instant now = clock.instant();
        return run("claim", CLAIM, script -> {
                    script.arg(requests.size());
                    for (KeyedRequest request : requests) {
                        script.arg(OneTimeKeys.of(shard, REQUEST, request.key()));
                    }
                    for (KeyedRequest request : requests) {
                        script.arg(Buffer.buffer(request.payloads().toByteArray()))
                                .arg(ttlMs(now, request.keptUntil()));
                    }
                })
                .map(answer -> answers(answer, requests.size()));
    }

    private static long ttlMs(Instant now, Instant until) {
        return Math.max(1, Duration.between(now, until).toMillis());
    }

    /** Shards that one script may serve, as the server is one of a cluster or not. */
    int group(int shard) {
        return OneTimeKeys.group(shard, isCluster);
    }

    private Future<List<Answer>> ask(int group, List<CheckInAttempt> showings) {
        return connect().compose(made -> {
            Instant now = clock.instant();
            List<CheckInAttempt> sure = new ArrayList<>(showings.size());
            for (CheckInAttempt checkInAttempt : showings) {
                Instant since = Instant.ofEpochMilli(sinceMs.get(OneTimeKeys.shard(checkInAttempt.key())));
                if (!wasShownBefore(checkInAttempt, since, now)) {
                    sure.add(checkInAttempt);
                }
            }
            Future<List<Answer>> answers =
                    sure.isEmpty() ? Future.succeededFuture(List.of()) : ask(made, group, sure, now);
            return sure.size() == showings.size() ? answers : answers.map(known -> merge(showings, sure, known));
        });
    }

    /** Whether it may have been used before {@code from}, which is so little ago that it matters. */
    boolean wasShownBefore(CheckInAttempt checkInAttempt, Instant from, Instant now) {
        return checkInAttempt.issuedAt().isPresent()
                && !checkInAttempt.issuedAt().get().isAfter(from)
                && now.isBefore(from.plus(passLife));
    }

    @SuppressWarnings("ReferenceEquality")
    private static List<Answer> merge(List<CheckInAttempt> showings, List<CheckInAttempt> sure, List<Answer> known) {
        List<Answer> all = new ArrayList<>(showings.size());
        int next = 0;
        for (CheckInAttempt checkInAttempt : showings) {
            boolean isSure = next < sure.size() && sure.get(next) == checkInAttempt;
            all.add(isSure ? known.get(next++) : Answer.UNKNOWN);
        }
        return all;
    }

    private Future<List<Answer>> ask(RedisConnection made, int group, List<CheckInAttempt> showings, Instant now) {
        return timed("use", connection.run(made, USE, script -> addAll(script, group, showings, now)))
                .map(answer -> answers(answer, showings.size()));
    }

    /** The keys and the arguments of {@link #USE}. What is let in goes into the stream of the group's number. */
    private void addAll(Request script, int group, List<CheckInAttempt> showings, Instant now) {
        int size = showings.size();
        int records = 0;
        for (int i = 0; i < size; i = endOfRequest(showings, i)) {
            records += hasRecord(group, showings.get(i)) ? 1 : 0;
        }
        script.arg(1 + records + size).arg(OneTimeKeys.entries(group));
        for (int i = 0, end; i < size; i = end) {
            end = endOfRequest(showings, i);
            if (hasRecord(group, showings.get(i))) {
                KeyedRequest request = showings.get(i).request().orElseThrow();
                script.arg(OneTimeKeys.of(OneTimeKeys.shard(request.key()), REQUEST, request.key()));
            }
            for (CheckInAttempt checkInAttempt : showings.subList(i, end)) {
                OpaqueId key = checkInAttempt.key();
                script.arg(OneTimeKeys.of(OneTimeKeys.shard(key), "used", key));
            }
        }
        for (int i = 0, end; i < size; i = end) {
            end = endOfRequest(showings, i);
            addArguments(script, group, showings.subList(i, end), now);
        }
    }

    /** Showings of one request: how many, the record of its key if that lies here, and each of them. */
    private void addArguments(Request script, int group, List<CheckInAttempt> showings, Instant now) {
        script.arg(showings.size());
        if (hasRecord(group, showings.getFirst())) {
            KeyedRequest request = showings.getFirst().request().orElseThrow();
            script.arg(Buffer.buffer(request.payloads().toByteArray())).arg(ttlMs(now, request.keptUntil()));
        } else {
            script.arg("").arg(0);
        }
        for (CheckInAttempt checkInAttempt : showings) {
            script.arg(Buffer.buffer(checkInAttempt.visit().id().toByteArray()))
                    .arg(ttlMs(now, checkInAttempt.keptUntil()))
                    .arg(Buffer.buffer(VisitCodec.encode(checkInAttempt.visit())));
        }
    }

    /** The first index behind {@code from} of what another request has shown. */
    private static int endOfRequest(List<CheckInAttempt> showings, int from) {
        Optional<KeyedRequest> request = showings.get(from).request();
        int end = from + 1;
        while (end < showings.size() && showings.get(end).request().equals(request)) {
            end++;
        }
        return end;
    }

    private boolean hasRecord(int group, CheckInAttempt checkInAttempt) {
        Optional<KeyedRequest> request = checkInAttempt.request();
        return request.isPresent()
                && (!isCluster || OneTimeKeys.shard(request.get().key()) == group);
    }

    /** Runs a script of a door's. */
    Future<Response> run(String operation, RedisScript script, Consumer<Request> arguments) {
        return timed(operation, connection.run(script, arguments));
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
                        case '3' -> Answer.KEY_REUSED;
                        default -> Answer.USED;
                    });
        }
        return answers;
    }

    void close() {
        connection.close();
    }
}
