package io.passgate.store.entrylog;

import io.passgate.checkin.DuplicateHolders;
import io.passgate.checkin.OneTimeUse;
import io.passgate.checkin.Traces;
import io.passgate.holdertag.TagKey;
import io.passgate.registry.Pepper;
import io.passgate.store.BlockingCalls;
import io.passgate.store.DatabaseSettings;
import io.passgate.store.RedisSettings;
import io.passgate.store.StoreObserver;
import io.passgate.store.audit.AuditChain;
import io.passgate.store.audit.AuditKey;
import io.passgate.store.audit.AuditLogAppender;
import io.passgate.store.secret.FingerprintTable;
import io.passgate.store.secret.SecretFingerprint;
import io.passgate.store.secret.SecretPurpose;
import io.passgate.store.secret.SecretWatch;
import io.passgate.store.tagkey.TagKeyStore;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** What doors keep in Redis, in PostgreSQL and in the spool, over connections that nobody else has. */
public final class CheckInStores implements AutoCloseable {
    private static final Duration STOPPING = Duration.ofSeconds(10);

    /** Visits that this gateway remembers alone while no store can be reached: a minute of the national peak. */
    private static final int MOST_LOCAL = 1_000_000;

    private final Pool pool;
    private final Redis redis;
    private final Optional<EntryWriteAheadFile> spool;
    private final RedisOneTime redisOneTime;
    private final FailoverOneTimeUse uses;
    private final DuplicateHolders marks;
    private final EntryLogConsumer consumer;
    private final Retention retention;
    private final TraceStore traces;
    private final Optional<TagKeyStore> tagKeys;
    private final SecretWatch secrets;
    private final CheckInUpkeep upkeep;
    private final CheckInStatus status;

    /**
     * How the stores are set up.
     *
     * @param database that has the entry log
     * @param redis that has the used passes
     * @param connections to PostgreSQL at most
     * @param spool none where both stores' being down means that nobody can be let in
     * @param spoolBytes how large the spool may grow, in bytes
     * @param strict whether an entry is in PostgreSQL, or else in the spool, before it is acknowledged
     * @param maxPending showings that may wait
     * @param passLife from a pass's {@code iat} until its use is forgotten
     * @param providerWindow within which a holder seen with passes of two providers is told; zero for never
     * @param facilityWindow within which a holder seen at two facilities is told; zero for never
     * @param auditHeads where the head of the audit is written every hour, if anywhere
     */
    public record Settings(
            DatabaseSettings database,
            RedisSettings redis,
            int connections,
            Optional<Path> spool,
            long spoolBytes,
            boolean strict,
            int maxPending,
            Duration passLife,
            Duration providerWindow,
            Duration facilityWindow,
            Optional<Path> auditHeads) {}

    /**
     * What the stores take from their process.
     *
     * @param vertx the caller's to close, after this
     * @param pepper empty where holders are not to be recognised
     * @param auditKey empty where nothing is audited, and so nothing traced
     * @param clock that every instant is of
     * @param isClockRight whether a store has confirmed the process's clock
     * @param random for secrets, such as {@link java.security.SecureRandom}
     * @param observer told of the calls to both stores
     */
    public record Surroundings(
            Vertx vertx,
            Optional<Pepper> pepper,
            Optional<AuditKey> auditKey,
            InstantSource clock,
            BooleanSupplier isClockRight,
            RandomGenerator random,
            StoreObserver observer) {}

    /**
     * Opens the spool, and sets up connections. Neither store is asked before {@link #start}.
     *
     * @param settings how the stores are set up
     * @param process what they take from their process
     * @throws UncheckedIOException if the spool cannot be opened, or is another gateway's that runs
     */
    public CheckInStores(Settings settings, Surroundings process) {
        InstantSource clock = process.clock;
        spool = settings.spool.map(file -> spool(file, settings.spoolBytes));
        pool = PgBuilder.pool()
                .with(settings.database.poolOptions().setMaxSize(settings.connections))
                .connectingTo(settings.database.connectOptions())
                .using(process.vertx)
                .build();
        redis = Redis.createClient(process.vertx, settings.redis.options());
        VisitTable table = new VisitTable(pool);
        redisOneTime = new RedisOneTime(redis, settings.redis.timeout(), settings.passLife, clock, process.observer);
        PostgresOneTimeUse postgresOneTimeUse = new PostgresOneTimeUse(table);
        Failover failover = new Failover();
        UnsharedOneTimeUse unshared = new UnsharedOneTimeUse(
                failover, postgresOneTimeUse, new LocalOneTimeUse(MOST_LOCAL), spool, table, clock);
        uses = new FailoverOneTimeUse(
                failover,
                redisOneTime,
                unshared,
                table,
                spool,
                new FailoverOneTimeUse.Terms(settings.strict, settings.maxPending),
                clock,
                process.vertx);
        boolean isMarking =
                settings.providerWindow.plus(settings.facilityWindow).isPositive();
        marks = isMarking
                ? new RedisDuplicateHolders(
                        redisOneTime,
                        new RedisDuplicateHolders.Windows(settings.providerWindow, settings.facilityWindow))
                : DuplicateHolders.NONE;
        BlockingCalls redisCalls =
                new BlockingCalls(StoreObserver.Store.REDIS, settings.redis.timeout(), process.observer);
        BlockingCalls postgresqlCalls =
                new BlockingCalls(StoreObserver.Store.POSTGRESQL, settings.database.timeout(), process.observer);
        retention = new Retention(table, postgresqlCalls, redis, redisCalls, spool, clock, process.isClockRight);
        consumer = new EntryLogConsumer(
                UUID.randomUUID().toString(), redis, redisCalls, table, postgresqlCalls, retention::firstKept);
        secrets = new SecretWatch(SecretFingerprint.all(process.pepper, process.auditKey), pool, postgresqlCalls);
        Optional<AuditChain> chain = process.auditKey.map(CheckInStores::chain);
        Optional<AuditLogAppender> appender =
                chain.map(audit -> new AuditLogAppender(audit, pool, postgresqlCalls, settings.auditHeads, clock));
        traces = new TraceStore(pool, retention, chain, clock);
        tagKeys = process.pepper.map(pepper -> new TagKeyStore(pool, postgresqlCalls, pepper, process.random));
        tagKeys.ifPresent(keys -> secrets.onOther(SecretPurpose.PEPPER, keys::forgetAll));
        upkeep = new CheckInUpkeep(
                consumer,
                spool,
                unshared,
                retention,
                new CheckInUpkeep.Uses(postgresOneTimeUse, postgresqlCalls),
                tagKeys,
                appender.map(audit -> new CheckInUpkeep.Auditing(audit, secrets)),
                clock);
        status = new CheckInStatus(uses, consumer, spool, appender, secrets);
    }

    /** By a key that is not the one that the database knows nothing is added. */
    private static AuditChain chain(AuditKey key) {
        SecretFingerprint fingerprint = SecretFingerprint.of(key);
        return new AuditChain(key, connection -> FingerprintTable.require(connection, fingerprint));
    }

    private static EntryWriteAheadFile spool(Path file, long maxBytes) {
        try {
            return new EntryWriteAheadFile(file, maxBytes);
        } catch (IOException unusable) {
            throw new UncheckedIOException("the spool cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** Starts carrying entries and keeping the log in order. */
    public void start() {
        secrets.start();
        uses.start();
        upkeep.start();
    }

    private static Duration left(long deadlineNs) {
        return Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime()));
    }

    /** {@return where it is known which passes were used} */
    public OneTimeUse uses() {
        return uses;
    }

    /** {@return where it is remembered that holders were seen; nowhere if both windows are zero} */
    public DuplicateHolders marks() {
        return marks;
    }

    /** {@return what finds visits; without an audit key it finds none, and fails} */
    public Traces traces() {
        return traces;
    }

    /**
     * {@return the key of a day's holder tags, if it is here} It waits for nobody. By another pepper there is none.
     *
     * @param day in Korea
     */
    public Optional<TagKey> tagKey(LocalDate day) {
        return secrets.isOther(SecretPurpose.PEPPER) ? Optional.empty() : tagKeys.flatMap(keys -> keys.ifHeld(day));
    }

    /** {@return what knows whether this gateway has the secrets that the database knows} */
    public SecretWatch secrets() {
        return secrets;
    }

    /** {@return how the stores are doing} */
    public CheckInStatus status() {
        return status;
    }

    @Override
    public void close() {
        close(STOPPING);
    }

    /**
     * Carries what is under way and stops.
     *
     * @param patience for all of it together
     */
    public void close(Duration patience) {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        upkeep.stop();
        secrets.stop();
        uses.close();
        upkeep.stop(left(deadlineNs));
        secrets.stop(left(deadlineNs));
        spool.ifPresent(file -> file.close(left(deadlineNs)));
        consumer.close();
        retention.close();
        redisOneTime.close();
        redis.close();
        var _ = pool.close();
    }
}
