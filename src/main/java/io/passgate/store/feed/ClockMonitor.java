package io.passgate.store.feed;

import io.passgate.store.ClockCheck;
import io.passgate.store.PostgresqlState;
import io.passgate.store.StoreException;
import io.passgate.store.StoreObserver;
import java.time.Instant;
import java.util.Optional;

/** Compares this gateway's clock with those of both stores, and hears whether PostgreSQL takes changes. */
final class ClockMonitor {
    private final ClockCheck check;
    private final PostgresChangeLog log;
    private final RedisChangeStream stream;
    private final PostgresqlState postgresqlState;

    ClockMonitor(ClockCheck check, PostgresChangeLog log, RedisChangeStream stream, PostgresqlState postgresqlState) {
        this.check = check;
        this.log = log;
        this.stream = stream;
        this.postgresqlState = postgresqlState;
    }

    /** Asks both; one that does not answer is left out. */
    void ask() {
        check.ask(StoreObserver.Store.POSTGRESQL, this::askPostgresql);
        check.ask(StoreObserver.Store.REDIS, stream::clock);
    }

    private Instant askPostgresql() {
        try {
            PostgresChangeLog.ServerState answered = log.serverState();
            postgresqlState.heard(Optional.of(answered.mode()));
            return answered.clock();
        } catch (StoreException lost) {
            postgresqlState.heard(Optional.empty());
            throw lost;
        }
    }
}
