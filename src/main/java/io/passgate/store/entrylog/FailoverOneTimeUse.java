package io.passgate.store.entrylog;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.OneTimeUse;
import io.passgate.checkin.Visit;
import io.passgate.model.OpaqueId;
import io.passgate.store.RequestBatcher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One-time use by Redis; while that is out of reach by PostgreSQL; while both are, by this gateway alone and its spool. When
 * Redis is back, passes that were shown before are looked up in the entry log first; what neither can know stays open.
 */
final class FailoverOneTimeUse implements OneTimeUse {
    private static final Logger LOG = System.getLogger(FailoverOneTimeUse.class.getName());
    private static final long PROBING_MS = 500;
    private static final int USUAL_BATCH = 1_000;

    private final RedisOneTime redis;
    private final VisitTable table;
    private final PostgresOneTimeUse postgresOneTimeUse;
    private final Optional<EntryWriteAheadFile> spool;
    private final LocalOneTimeUse local;
    private final Terms terms;
    private final InstantSource clock;
    private final Vertx vertx;
    private final RequestBatcher<CheckInAttempt, Use> fallback = new RequestBatcher<>(USUAL_BATCH, this::byPostgresql);
    private final RequestBatcher<Visit, Visit> strictly = new RequestBatcher<>(USUAL_BATCH, this::insert);
    private volatile boolean isLost;

    /** Something was let in that Redis has not been told of. */
    private volatile boolean isAhead;

    /** What Redis was not told of was shown before this. */
    private volatile Instant backSince = Instant.EPOCH;

    private volatile Instant askPostgresqlFrom = Instant.MIN;
    private volatile boolean isClosed;

    /**
     * How it is done.
     *
     * @param strict whether an entry is in PostgreSQL, or else in the spool, before it is acknowledged
     * @param maxPending showings that may wait
     */
    record Terms(boolean strict, int maxPending) {}

    FailoverOneTimeUse(
            RedisOneTime redis,
            VisitTable table,
            PostgresOneTimeUse postgresOneTimeUse,
            Optional<EntryWriteAheadFile> spool,
            LocalOneTimeUse local,
            Terms terms,
            InstantSource clock,
            Vertx vertx) {
        this.redis = redis;
        this.table = table;
        this.postgresOneTimeUse = postgresOneTimeUse;
        this.spool = spool;
        this.local = local;
        this.terms = terms;
        this.clock = clock;
        this.vertx = vertx;
    }

    /** Connects to Redis, so that it is known from now on what it may have forgotten. */
    void start() {
        redis.connect().onFailure(this::lost);
    }

    void close() {
        isClosed = true;
    }

    @Override
    public boolean isFull() {
        return pending() >= terms.maxPending;
    }

    /** Showings that wait, or are under way. */
    int pending() {
        return redis.waiting() + fallback.items() + strictly.items();
    }

    boolean isShared() {
        return !isLost;
    }

    @Override
    public Future<List<Use>> use(List<CheckInAttempt> showings) {
        if (isLost) {
            return fallback.ask(showings);
        }
        Instant now = clock.instant();
        return showings.stream().anyMatch(checkInAttempt -> redis.wasShownBefore(checkInAttempt, backSince, now))
                ? afterFallback(showings, now)
                : byRedis(showings);
    }

    /** What was let in while Redis was out of reach is in the entry log; the rest Redis knows. */
    private Future<List<Use>> afterFallback(List<CheckInAttempt> showings, Instant now) {
        List<Visit> doubtful = showings.stream()
                .filter(checkInAttempt -> redis.wasShownBefore(checkInAttempt, backSince, now))
                .map(CheckInAttempt::visit)
                .toList();
        return drained()
                .compose(done -> table.users(doubtful))
                .compose(users -> {
                    List<CheckInAttempt> unused = showings.stream()
                            .filter(checkInAttempt -> answer(checkInAttempt, users) == Answer.UNKNOWN)
                            .toList();
                    return (unused.isEmpty() ? Future.succeededFuture(List.<Use>of()) : byRedis(unused)).map(uses -> {
                        Iterator<Use> next = uses.iterator();
                        return showings.stream()
                                .map(checkInAttempt -> {
                                    Answer known = answer(checkInAttempt, users);
                                    return known == Answer.UNKNOWN ? next.next() : new Use(known, Memory.FALLBACK);
                                })
                                .toList();
                    });
                })
                .otherwise(showings.stream()
                        .map(checkInAttempt -> new Use(Answer.UNKNOWN, Memory.FALLBACK))
                        .toList());
    }

    private Future<List<Use>> byRedis(List<CheckInAttempt> showings) {
        return redis.use(showings)
                .map(answers -> answers.stream()
                        .map(answer -> new Use(answer, Memory.SHARED))
                        .toList())
                .compose(uses -> isOfAReusedKey(uses) ? Future.succeededFuture(uses) : settled(showings, uses))
                .recover(failed -> {
                    lost(failed);
                    return fallback.ask(showings);
                });
    }

    private static boolean isOfAReusedKey(List<Use> uses) {
        return uses.stream().anyMatch(use -> use.answer() == Answer.KEY_REUSED);
    }

    private Future<List<Use>> settled(List<CheckInAttempt> showings, List<Use> uses) {
        return remembered(showings, uses)
                .compose(known -> terms.strict ? written(showings, known) : Future.succeededFuture(known));
    }

    /** The same once what was let in is where no loss of power reaches it. */
    private Future<List<Use>> written(List<CheckInAttempt> showings, List<Use> uses) {
        List<Visit> entries = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            if (uses.get(i).answer() == Answer.FIRST || uses.get(i).answer() == Answer.AGAIN) {
                entries.add(showings.get(i).visit());
            }
        }
        if (entries.isEmpty()) {
            return Future.succeededFuture(uses);
        }
        return strictly.ask(entries)
                .recover(lost -> spool.isPresent() ? spool.get().append(entries) : Future.failedFuture(lost))
                .map(uses)
                .otherwise(lost -> uses.stream()
                        .map(use -> use.answer() == Answer.USED ? use : new Use(Answer.NOT_LOGGED, use.memory()))
                        .toList());
    }

    private Future<List<Visit>> insert(List<Visit> entries) {
        return table.insert(entries).map(entries);
    }

    private void lost(Throwable failed) {
        if (isLost || isClosed) {
            return;
        }
        isLost = true;
        LOG.log(
                Level.WARNING,
                "used passes are known by PostgreSQL alone: {0}",
                failed.getClass().getSimpleName());
        probe();
    }

    private void probe() {
        long unused = vertx.setTimer(
                PROBING_MS,
                now -> redis.connect().onComplete(done -> {
                    if (done.succeeded()) {
                        back();
                    } else if (!isClosed) {
                        probe();
                    }
                }));
    }

    private void back() {
        if (isAhead) {
            backSince = clock.instant();
            isAhead = false;
        }
        isLost = false;
        LOG.log(Level.INFO, "used passes are known by Redis again");
    }

    /** The same with what the entry log says of passes that Redis may have forgotten. */
    private Future<List<Use>> remembered(List<CheckInAttempt> showings, List<Use> uses) {
        List<Visit> doubtful = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            if (uses.get(i).answer() == Answer.UNKNOWN) {
                doubtful.add(showings.get(i).visit());
            }
        }
        if (doubtful.isEmpty()) {
            return Future.succeededFuture(uses);
        }
        return table.users(doubtful).otherwise(Map.of()).map(users -> {
            List<Use> all = new ArrayList<>(uses);
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).answer() == Answer.UNKNOWN) {
                    all.set(i, new Use(answer(showings.get(i), users), Memory.FALLBACK));
                }
            }
            return all;
        });
    }

    private static Answer answer(CheckInAttempt checkInAttempt, Map<OpaqueId, Set<OpaqueId>> users) {
        Set<OpaqueId> known = users.getOrDefault(checkInAttempt.key(), Set.of());
        if (known.isEmpty()) {
            return Answer.UNKNOWN;
        }
        return known.contains(checkInAttempt.visit().id()) ? Answer.AGAIN : Answer.USED;
    }

    private static List<Visit> entries(List<CheckInAttempt> showings) {
        return showings.stream().map(CheckInAttempt::visit).toList();
    }

    /** What this gateway let in alone goes first. */
    private Future<List<Use>> byPostgresql(List<CheckInAttempt> showings) {
        isAhead = true;
        if (clock.instant().isBefore(askPostgresqlFrom)) {
            return alone(showings);
        }
        return drained()
                .compose(done -> postgresOneTimeUse.use(showings))
                .map(answers -> answers.stream()
                        .map(answer -> new Use(answer, Memory.FALLBACK))
                        .toList())
                .recover(failed -> {
                    askPostgresqlFrom = clock.instant().plusMillis(PROBING_MS);
                    return alone(showings);
                });
    }

    private Future<List<Use>> alone(List<CheckInAttempt> showings) {
        List<Use> uses = new ArrayList<>(showings.size());
        List<CheckInAttempt> fresh = new ArrayList<>();
        for (CheckInAttempt checkInAttempt : showings) {
            Answer answer = spool.isEmpty() ? Answer.NOT_LOGGED : local.use(checkInAttempt, clock.instant());
            uses.add(new Use(answer, Memory.LOCAL));
            if (answer == Answer.FIRST) {
                fresh.add(checkInAttempt);
            }
        }
        if (fresh.isEmpty()) {
            return Future.succeededFuture(uses);
        }
        return spool.orElseThrow().append(entries(fresh)).map(uses).otherwise(failed -> {
            fresh.forEach(local::takeBack);
            return uses.stream()
                    .map(use -> use.answer() == Answer.USED ? use : new Use(Answer.NOT_LOGGED, Memory.LOCAL))
                    .toList();
        });
    }

    /** Done when what this gateway wrote down alone is in PostgreSQL. */
    Future<?> drained() {
        if (spool.isEmpty() || spool.get().isEmpty()) {
            return Future.succeededFuture();
        }
        EntryWriteAheadFile full = spool.get();
        return full.entries()
                .compose(entries -> table.insert(entries).map(entries.size()))
                .compose(full::forget);
    }
}
