package io.passgate.bench.load.passes;

import io.passgate.holdertag.TagKey;
import io.passgate.registry.Pepper;
import io.passgate.store.BlockingCalls;
import io.passgate.store.DatabaseSettings;
import io.passgate.store.StoreObserver;
import io.passgate.store.tagkey.TagKeyStore;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.LocalDate;

/** The key of a day's holder tags, as the gateways of a database have it. */
public final class DayKey {
    private DayKey() {}

    public static TagKey of(LocalDate day, DatabaseSettings database, Pepper pepper) {
        Vertx vertx = Vertx.vertx();
        Pool pool = PgBuilder.pool()
                .connectingTo(database.connectOptions())
                .using(vertx)
                .build();
        BlockingCalls blockingCalls =
                new BlockingCalls(StoreObserver.Store.POSTGRESQL, database.timeout(), StoreObserver.NONE);
        try {
            return new TagKeyStore(pool, blockingCalls, pepper, new SecureRandom()).of(day);
        } finally {
            var _ = pool.close().eventually(() -> vertx.close());
        }
    }
}
