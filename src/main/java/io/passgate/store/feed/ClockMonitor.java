package io.passgate.store.feed;

import io.passgate.store.ClockCheck;
import io.passgate.store.StoreObserver;

/** Compares this gateway's clock with those of both stores. */
final class ClockMonitor {
    private final ClockCheck check;
    private final PostgresChangeLog log;
    private final RedisChangeStream stream;

    ClockMonitor(ClockCheck check, PostgresChangeLog log, RedisChangeStream stream) {
        this.check = check;
        this.log = log;
        this.stream = stream;
    }

    /** Asks both; one that does not answer is left out. */
    void ask() {
        check.ask(StoreObserver.Store.POSTGRESQL, log::clock);
        check.ask(StoreObserver.Store.REDIS, stream::clock);
    }
}
