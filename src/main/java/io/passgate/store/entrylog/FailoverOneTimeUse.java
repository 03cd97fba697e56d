package io.passgate.store.entrylog;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.OneTimeUse;
import io.passgate.checkin.Visit;
import io.passgate.logging.SqlState;
import io.passgate.store.RequestBatcher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One-time use by Redis, and by {@link UnsharedOneTimeUse} while that is out of reach, as {@link Failover} has it. When
 * Redis is back, passes that were shown before are looked up in the entry log first; what neither can know stays open.
 */
final class FailoverOneTimeUse implements OneTimeUse {
    private static final Logger LOG = System.getLogger(FailoverOneTimeUse.class.getName());
    private static final long PROBING_MS = 500;
    private static final int USUAL_BATCH = 1_000;

    private final Failover failover;
    private final RedisOneTime redis;
    private final UnsharedOneTimeUse unshared;
    private final VisitTable table;
    private final VisitLookup visits;
    private final Optional<EntryWriteAheadFile> spool;
    private final Terms terms;
    private final InstantSource clock;
    private final Vertx vertx;
    private final RequestBatcher<Visit, Visit> strictly = new RequestBatcher<>(USUAL_BATCH, this::insert);

    /** What Redis was not told of was shown before this. */
    private volatile Instant backSince = Instant.EPOCH;

    private volatile boolean isClosed;

    /**
     * How it is done.
     *
     * @param strict whether an entry is in PostgreSQL, or else in the spool, before it is acknowledged
     * @param maxPending showings that may wait
     */
    record Terms(boolean strict, int maxPending) {}

    /** @param unshared which tells the same {@code failover} of PostgreSQL */
    FailoverOneTimeUse(
            Failover failover,
            RedisOneTime redis,
            UnsharedOneTimeUse unshared,
            VisitTable table,
            Optional<EntryWriteAheadFile> spool,
            Terms terms,
            InstantSource clock,
            Vertx vertx) {
        this.failover = failover;
        this.redis = redis;
        this.unshared = unshared;
        this.table = table;
        this.visits = new VisitLookup(table);
        this.spool = spool;
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
        return redis.waiting() + unshared.pending() + strictly.items();
    }

    boolean isShared() {
        return failover.isShared();
    }

    @Override
    public Future<List<Use>> use(List<CheckInAttempt> showings) {
        if (!failover.isShared()) {
            return unshared.use(showings);
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
        return unshared.drained()
                .compose(done -> visits.first(showings, doubtful, this::byRedis))
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
                    return unshared.use(showings);
                });
    }

    private static boolean isOfAReusedKey(List<Use> uses) {
        return uses.stream().anyMatch(use -> use.answer() == Answer.KEY_REUSED);
    }

    private Future<List<Use>> settled(List<CheckInAttempt> showings, List<Use> uses) {
        return visits.completed(showings, uses)
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
        if (isClosed || !failover.changes(Failover.Event.REDIS_LOST)) {
            return;
        }
        LOG.log(Level.WARNING, "used passes are known by PostgreSQL alone: {0}", SqlState.describe(failed));
        probe();
    }

    private void probe() {
        var _ = vertx.setTimer(
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
        if (unshared.forgetUsed()) {
            backSince = clock.instant();
        }
        var _ = failover.changes(Failover.Event.REDIS_BACK);
        LOG.log(Level.INFO, "used passes are known by Redis again");
    }
}
