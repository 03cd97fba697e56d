package io.passgate.store.feed;

import io.passgate.crypto.VerificationKeys;
import io.passgate.store.DatabaseSettings;
import io.passgate.store.changelog.ChangeCodec;
import io.passgate.store.changelog.RecordCodec;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.Optional;

/** An authority without a gateway: its changes are published by the gateways, which look every second. */
public final class DirectAuthority implements AutoCloseable {
    private final Pool pool;
    private final Authority authority;

    public DirectAuthority(Vertx vertx, DatabaseSettings database, VerificationKeys keys, InstantSource clock) {
        pool = PgBuilder.pool()
                .with(database.poolOptions())
                .connectingTo(database.connectOptions())
                .using(vertx)
                .build();
        ChangeCodec codec = new ChangeCodec(new RecordCodec(keys, signer -> true));
        authority = new Authority(new FeedWriter(pool, codec, Optional::empty, clock, () -> {}));
    }

    public Authority authority() {
        return authority;
    }

    @Override
    public void close() {
        var unused = pool.close();
    }
}
