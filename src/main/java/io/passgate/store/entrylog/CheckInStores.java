package io.passgate.store.entrylog;

import io.passgate.checkin.DuplicateHolders;
import io.passgate.checkin.OneTimeUse;
import io.passgate.checkin.Traces;
import io.passgate.holdertag.TagKey;
import io.passgate.holdertag.TagKeyDays;
import io.passgate.model.Unavailable;
import io.passgate.registry.Pepper;
import io.passgate.store.BlockingCalls;
import io.passgate.store.DatabaseSettings;
import io.passgate.store.RedisSettings;
import io.passgate.store.StoreException;
import io.passgate.store.StoreObserver;
import io.passgate.store.audit.AuditChain;
import io.passgate.store.audit.AuditKey;
import io.passgate.store.audit.AuditLogAppender;
import io.passgate.store.tagkey.TagKeyStore;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** What doors keep in Redis, in PostgreSQL and in the spool, over connections that nobody else has. */
public final class CheckInStores implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CheckInStores.class.getName());
    private static final Duration CARRYING = Duration.ofMillis(100);
    private static final Duration TAKING_OVER = Duration.ofSeconds(5);
    private static final Duration KEEPING = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration STOPPING = Duration.ofSeconds(10);

    /** Visits that this gateway remembers alone while no store can be reached: a minute of the national peak. */
    private static final int MOST_LOCAL = 1_000_000;

    private final Pool pool;
    private final Redis redis;
    private final InstantSource clock;
    private final Optional<EntryWriteAheadFile> spool;
    private final RedisOneTime redisOneTime;
    private final PostgresOneTimeUse postgresOneTimeUse;
    private final UnsharedOneTimeUse unshared;
    private final FailoverOneTimeUse uses;
    private final BlockingCalls postgresqlCalls;
    private final DuplicateHolders marks;
    private final EntryLogConsumer relay;
    private final Retention retention;
    private final TraceStore traces;
    private final Optional<AuditLogAppender> notary;
    private final Optional<TagKeyStore> tagKeys;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /**
     * How the stores are set up.
     *
     * @param connections to PostgreSQL at most
     * @param spool none where both stores' being down means that nobody can be let in
     * @param strict whether an entry is in PostgreSQL, or else in the spool, before it is acknowledged
     * @param maxPending showings that may wait
     * @param passLife from a pass's {@code iat} until its use is forgotten
     * @param providerWindow between two providers, {@code facilityWindow} between two facilities, within which a holder is
     *     told to have been seen twice; zero for never
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
     * @param pepper empty where holders are not to be recognised
     * @param auditKey empty where nothing is audited, and so nothing traced
     * @param isClockRight whether a store has confirmed the process's clock
     * @param random for secrets, such as {@link java.security.SecureRandom}
     */
    public record Surroundings(
            Vertx vertx,
            Optional<Pepper> pepper,
            Optional<AuditKey> auditKey,
            InstantSource clock,
            BooleanSupplier isClockRight,
            RandomGenerator random,
            StoreObserver observer) {}

    /** @throws UncheckedIOException if the spool cannot be opened */
    public CheckInStores(Settings settings, Surroundings process) {
        clock = process.clock;
        spool = settings.spool.map(file -> spool(file, settings.spoolBytes));
        pool = PgBuilder.pool()
                .with(settings.database.poolOptions().setMaxSize(settings.connections))
                .connectingTo(settings.database.connectOptions())
                .using(process.vertx)
                .build();
        redis = Redis.createClient(process.vertx, settings.redis.options());
        VisitTable table = new VisitTable(pool);
        redisOneTime = new RedisOneTime(redis, settings.redis.timeout(), settings.passLife, clock, process.observer);
        postgresOneTimeUse = new PostgresOneTimeUse(table);
        Failover failover = new Failover();
        unshared = new UnsharedOneTimeUse(
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
        postgresqlCalls =
                new BlockingCalls(StoreObserver.Store.POSTGRESQL, settings.database.timeout(), process.observer);
        retention = new Retention(table, postgresqlCalls, redis, redisCalls, spool, clock, process.isClockRight);
        relay = new EntryLogConsumer(
                UUID.randomUUID().toString(), redis, redisCalls, table, postgresqlCalls, retention::firstKept);
        Optional<AuditChain> chain = process.auditKey.map(AuditChain::new);
        notary = chain.map(audit -> new AuditLogAppender(audit, pool, postgresqlCalls, settings.auditHeads, clock));
        traces = new TraceStore(pool, retention, chain, clock);
        tagKeys = process.pepper.map(pepper -> new TagKeyStore(pool, postgresqlCalls, pepper, process.random));
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
        uses.start();
        threads.add(Thread.ofPlatform().name("passgate-entries").daemon().start(this::carry));
        threads.add(Thread.ofPlatform().name("passgate-retention").daemon().start(this::keep));
        notary.ifPresent(audit ->
                threads.add(Thread.ofPlatform().name("passgate-notary").daemon().start(() -> notarize(audit))));
    }

    private void carry() {
        long lastTakeOverNs = System.nanoTime();
        while (stopped.getCount() > 0) {
            boolean isMore = false;
            try {
                isMore = relay.round();
            } catch (StoreException lost) {
                LOG.log(Level.DEBUG, "entries wait: {0}", lost.getMessage());
            } catch (RuntimeException | Error fault) {
                LOG.log(
                        Level.ERROR,
                        "carrying entries failed: {0}",
                        fault.getClass().getName());
            }
            if (System.nanoTime() - lastTakeOverNs > TAKING_OVER.toNanos()) {
                lastTakeOverNs = System.nanoTime();
                guarded("taking entries over", relay::takeOver);
            }
            drain();
            if (!isMore) {
                pause(CARRYING);
            }
        }
    }

    private void notarize(AuditLogAppender audit) {
        while (stopped.getCount() > 0) {
            guarded("auditing", audit::round);
            pause(SOON);
        }
        guarded("auditing", audit::round);
        guarded("auditing", () -> {
            boolean unused = audit.writeHead();
        });
    }

    private static void guarded(String doing, Runnable work) {
        try {
            work.run();
        } catch (StoreException | Unavailable lost) {
            LOG.log(Level.DEBUG, "{0} was cut short: {1}", doing, lost.getMessage());
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.ERROR, "{0} failed: {1}", doing, fault.getClass().getName());
        }
    }

    private void drain() {
        if (spool.isPresent() && !spool.get().isEmpty()) {
            unshared.drained()
                    .onFailure(lost -> LOG.log(Level.DEBUG, "the spool waits: {0}", lost.toString()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .completeOnTimeout(null, STOPPING.toSeconds(), TimeUnit.SECONDS)
                    .exceptionally(lost -> null)
                    .join();
        }
    }

    private void keep() {
        while (stopped.getCount() > 0) {
            guarded("keeping the entry log", retention::round);
            guarded("holding tag keys", this::holdTagKeys);
            guarded("forgetting consumers", relay::forgetConsumers);
            guarded("forgetting uses", this::forgetUses);
            pause(retention.hasPurged() ? KEEPING : SOON);
        }
    }

    private void forgetUses() {
        var unused = postgresqlCalls.await("purge", () -> postgresOneTimeUse.forgetBefore(clock.instant()));
    }

    private void holdTagKeys() {
        if (tagKeys.isEmpty() || !retention.hasPurged()) {
            return;
        }
        TagKeyDays days = TagKeyDays.at(clock.instant());
        tagKeys.get().forgetBefore(days.first());
        var unused = tagKeys.get().of(days.today());
        if (days.next().isPresent()) {
            var unusedNext = tagKeys.get().of(days.next().get());
        }
    }

    private static Duration left(long deadlineNs) {
        return Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime()));
    }

    private void pause(Duration time) {
        try {
            boolean unused = stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    public OneTimeUse uses() {
        return uses;
    }

    public DuplicateHolders marks() {
        return marks;
    }

    public Traces traces() {
        return traces;
    }

    /** The key of a day's holder tags, if it is here; waits for nobody. */
    public Optional<TagKey> tagKey(LocalDate day) {
        return tagKeys.flatMap(keys -> keys.ifHeld(day));
    }

    /** Showings that wait, or are under way. */
    public int pending() {
        return uses.pending();
    }

    /** Whether used passes are known by Redis; otherwise by PostgreSQL, or by this gateway alone. */
    public boolean isShared() {
        return uses.isShared();
    }

    /** Entries that this gateway has carried into PostgreSQL. */
    public long written() {
        return relay.written();
    }

    /** Bytes of entries that wait in the spool. */
    public long spooledBytes() {
        return spool.map(EntryWriteAheadFile::bytes).orElse(0L);
    }

    /** The number of the last audited event. */
    public long auditSequence() {
        return notary.map(AuditLogAppender::sequence).orElse(0L);
    }

    /** Events that are not in the audit's chain yet, 10,000 at most. */
    public long auditPending() {
        return notary.map(AuditLogAppender::pending).orElse(0L);
    }

    /** How long the oldest of them has waited. */
    public Duration auditWaiting() {
        return notary.map(AuditLogAppender::waiting).orElse(Duration.ZERO);
    }

    /** What is not as it should be, for people. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>();
        if (!uses.isShared()) {
            all.add("used passes are not known by Redis");
        }
        if (spooledBytes() > 0) {
            all.add("entries wait in the spool");
        }
        return all;
    }

    @Override
    public void close() {
        close(STOPPING);
    }

    /** Carries what is under way and stops, all within this time. */
    public void close(Duration patience) {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        stopped.countDown();
        uses.close();
        try {
            for (Thread thread : threads) {
                boolean unused = thread.join(left(deadlineNs));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        spool.ifPresent(file -> file.close(left(deadlineNs)));
        relay.close();
        retention.close();
        redisOneTime.close();
        redis.close();
        var unused = pool.close();
    }
}
