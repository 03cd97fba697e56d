package io.passgate.store.issuing;

import io.passgate.dpop.LocalReplayCache;
import io.passgate.dpop.ReplayCache;
import io.passgate.holdertag.TagKeys;
import io.passgate.issuance.ConsentStates;
import io.passgate.issuance.Consents;
import io.passgate.issuance.IssuedCertificates;
import io.passgate.registry.Pepper;
import io.passgate.registry.Registry;
import io.passgate.store.BlockingCalls;
import io.passgate.store.DatabaseSettings;
import io.passgate.store.PgTime;
import io.passgate.store.RedisSettings;
import io.passgate.store.StoreException;
import io.passgate.store.StoreObserver;
import io.passgate.store.feed.ChangeFeed;
import io.passgate.store.feed.OutboxWriter;
import io.passgate.store.secret.SecretFingerprint;
import io.passgate.store.tagkey.TagKeyStore;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the issuing side keeps in PostgreSQL and Redis, over connections that nobody else has: those that read for
 * passes, and those that write.
 */
public final class IssuingStores implements AutoCloseable {
    /** A connection whose bytes nobody has acknowledged for so long is broken, and its place is free again. */
    private static final int GIVEN_UP_MS = 10_000;

    private static final int FORGOTTEN_AT_ONCE = 5_000;
    private static final String FORGET =
            "DELETE FROM certificate WHERE id IN" + " (SELECT id FROM certificate WHERE expires_at < $1 LIMIT $2)";

    private final Pool reading;
    private final Pool writing;
    private final Redis redis;
    private final BlockingCalls blockingCalls;
    private final RecordStore records;
    private final ConsentStore consents;
    private final ConsentStateStore standings;
    private final CertificateStore certificates;
    private final TagKeyStore tagKeys;
    private final FailoverReplayCache proofs;

    /**
     * How the stores are set up.
     *
     * @param database that has records and consents
     * @param redis that has the ids of proofs
     * @param readers threads that look consents up, each with a connection of its own
     * @param writers connections for all that changes something
     * @param maxProofs ids of proofs that this process remembers
     */
    public record Settings(DatabaseSettings database, RedisSettings redis, int readers, int writers, int maxProofs) {}

    /**
     * What the stores take from their process.
     *
     * @param vertx the caller's to close, after this
     * @param pepper the same at every gateway
     * @param random for secrets, such as {@link java.security.SecureRandom}
     * @param nanoClock as {@link System#nanoTime}
     * @param observer told of the calls to both stores
     */
    public record Surroundings(
            Vertx vertx, Pepper pepper, RandomGenerator random, LongSupplier nanoClock, StoreObserver observer) {}

    /**
     * Sets up connections. Neither store is asked yet.
     *
     * @param settings how the stores are set up
     * @param changeFeed through which all gateways hear of what is revoked
     * @param process what they take from their process
     */
    public IssuingStores(Settings settings, ChangeFeed changeFeed, Surroundings process) {
        reading = pool(settings.database, settings.readers, process.vertx);
        writing = pool(settings.database, settings.writers, process.vertx);
        redis = Redis.createClient(process.vertx, settings.redis.options());
        blockingCalls =
                new BlockingCalls(StoreObserver.Store.POSTGRESQL, settings.database.timeout(), process.observer);
        OutboxWriter writer = changeFeed.writer().over(writing);
        CertificateRevoker revoker = new CertificateRevoker(writer);
        SecretFingerprint pepper = SecretFingerprint.of(process.pepper);
        records = new RecordStore(writer, revoker, pepper);
        consents = new ConsentStore(writer, revoker, pepper, process.random);
        standings = new ConsentStateStore(reading, blockingCalls);
        certificates = new CertificateStore(writer, revoker);
        tagKeys = new TagKeyStore(reading, blockingCalls, process.pepper, process.random);
        proofs = new FailoverReplayCache(
                redis,
                new BlockingCalls(StoreObserver.Store.REDIS, settings.redis.timeout(), process.observer),
                new LocalReplayCache(settings.maxProofs, process.nanoClock),
                process.nanoClock);
    }

    /** The look-up goes by three indexes, whatever the planner thinks of a table that it has no statistics of yet. */
    private static Pool pool(DatabaseSettings database, int connections, Vertx vertx) {
        PgConnectOptions options = database.connectOptions()
                .addProperty("enable_seqscan", "off")
                .addProperty("enable_hashjoin", "off")
                .addProperty("enable_mergejoin", "off");
        PoolOptions pool = database.poolOptions().setMaxSize(connections);
        NetClientOptions sockets = new NetClientOptions().setTcpUserTimeout(GIVEN_UP_MS);
        return PgBuilder.pool()
                .with(pool)
                .with(sockets)
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    /** {@return where records are kept} */
    public Registry registry() {
        return records;
    }

    /** {@return where consents and their phones are kept} */
    public Consents consents() {
        return consents;
    }

    /** {@return what looks consents up with their newest records} */
    public ConsentStates standings() {
        return standings;
    }

    /** {@return where it is kept what certificates take to be revoked} */
    public IssuedCertificates certificates() {
        return certificates;
    }

    /** {@return the days' keys of holder tags} */
    public TagKeys tagKeys() {
        return tagKeys;
    }

    /** Forgets the days' keys that this process holds: they may be another database's. */
    public void forgetTagKeys() {
        tagKeys.forgetAll();
    }

    /** {@return where the ids of device proofs are used up: in Redis, and in this process} */
    public ReplayCache proofIds() {
        return proofs;
    }

    /**
     * Lets go of what is over: keys of old days, and certificates that have run out. For threads that may wait.
     *
     * @param firstDay the first day whose key is kept
     * @param now certificates that expired before it are let go
     * @throws StoreException if PostgreSQL is out of reach
     */
    public void tidy(LocalDate firstDay, Instant now) {
        tagKeys.destroyBefore(firstDay);
        int gone;
        do {
            gone = blockingCalls
                    .await(
                            "tidy",
                            () -> writing.preparedQuery(FORGET).execute(Tuple.of(PgTime.at(now), FORGOTTEN_AT_ONCE)))
                    .rowCount();
        } while (gone == FORGOTTEN_AT_ONCE);
    }

    @Override
    public void close() {
        proofs.close();
        redis.close();
        var _ = reading.close();
        var _ = writing.close();
    }
}
