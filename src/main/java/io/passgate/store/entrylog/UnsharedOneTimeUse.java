package io.passgate.store.entrylog;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.OneTimeUse.Answer;
import io.passgate.checkin.OneTimeUse.Memory;
import io.passgate.checkin.OneTimeUse.Use;
import io.passgate.checkin.Visit;
import io.passgate.store.RequestBatcher;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One-time use while Redis is out of reach: by PostgreSQL, and while that is too, by this gateway alone and its spool.
 * Many requests are asked about at once. Any thread.
 */
final class UnsharedOneTimeUse {
    /** How long PostgreSQL is left alone after it failed. */
    private static final long RETRY_MS = 500;

    private static final int USUAL_BATCH = 1_000;

    private final Failover failover;
    private final PostgresOneTimeUse postgresOneTimeUse;
    private final LocalOneTimeUse local;
    private final Optional<EntryWriteAheadFile> spool;
    private final VisitTable table;
    private final InstantSource clock;
    private final RequestBatcher<CheckInAttempt, Use> batches = new RequestBatcher<>(USUAL_BATCH, this::byPostgresql);

    /** Something was let in that Redis has not been told of. */
    private volatile boolean isAhead;

    private volatile Instant askPostgresqlFrom = Instant.MIN;

    UnsharedOneTimeUse(
            Failover failover,
            PostgresOneTimeUse postgresOneTimeUse,
            LocalOneTimeUse local,
            Optional<EntryWriteAheadFile> spool,
            VisitTable table,
            InstantSource clock) {
        this.failover = failover;
        this.postgresOneTimeUse = postgresOneTimeUse;
        this.local = local;
        this.spool = spool;
        this.table = table;
        this.clock = clock;
    }

    Future<List<Use>> use(List<CheckInAttempt> showings) {
        return batches.ask(showings);
    }

    /** Showings that wait, or are under way. */
    int pending() {
        return batches.items();
    }

    /** Begins anew when Redis is back, and returns whether something was let in here that Redis was not told of. */
    boolean forgetUsed() {
        boolean was = isAhead;
        isAhead = false;
        return was;
    }

    /** What this gateway let in alone goes first. */
    private Future<List<Use>> byPostgresql(List<CheckInAttempt> showings) {
        isAhead = true;
        if (clock.instant().isBefore(askPostgresqlFrom)) {
            return alone(showings);
        }
        return drained()
                .compose(done -> postgresOneTimeUse.use(showings))
                .map(answers -> {
                    var _ = failover.changes(Failover.Event.POSTGRESQL_ANSWERED);
                    return answers.stream()
                            .map(answer -> new Use(answer, Memory.FALLBACK))
                            .toList();
                })
                .recover(failed -> {
                    askPostgresqlFrom = clock.instant().plusMillis(RETRY_MS);
                    return alone(showings);
                });
    }

    private Future<List<Use>> alone(List<CheckInAttempt> showings) {
        var _ = failover.changes(Failover.Event.POSTGRESQL_LOST);
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
        List<Visit> visits = fresh.stream().map(CheckInAttempt::visit).toList();
        return spool.orElseThrow().append(visits).map(uses).otherwise(failed -> {
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
