package io.passgate.store.feed;

import io.passgate.crypto.VerificationKeys;
import io.passgate.store.DatabaseSettings;
import io.passgate.store.StoreObserver;
import io.passgate.store.changelog.ChangeCodec;
import io.passgate.store.changelog.RecordCodec;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.Optional;

/** An authority without a gateway: its changes are published by the gateways, which look twice a second. */
public final class OfflineAdmin implements AutoCloseable {
    private final Pool pool;
    private final AdminCommands adminCommands;
    private final AdminQueries adminQueries;

    /**
     * Sets up connections. The database is not asked yet.
     *
     * @param vertx the caller's to close, after this
     * @param database that the gateways share
     * @param keys reads the signers' keys
     * @param clock that every instant is of
     */
    public OfflineAdmin(Vertx vertx, DatabaseSettings database, VerificationKeys keys, InstantSource clock) {
        pool = PgBuilder.pool()
                .with(database.poolOptions())
                .connectingTo(database.connectOptions())
                .using(vertx)
                .build();
        ChangeCodec codec = new ChangeCodec(new RecordCodec(keys, signer -> true));
        adminCommands =
                new AdminCommands(new OutboxWriter(pool, codec, Optional::empty, clock, () -> {}, StoreObserver.NONE));
        adminQueries = new AdminQueries(pool);
    }

    /** {@return what changes what all gateways know} */
    public AdminCommands authority() {
        return adminCommands;
    }

    /** {@return what can be asked without changing anything} */
    public AdminQueries queries() {
        return adminQueries;
    }

    @Override
    public void close() {
        var _ = pool.close();
    }
}
