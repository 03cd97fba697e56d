package io.passgate.store.feed;

import io.passgate.access.ClientDirectory;
import io.passgate.crypto.VerificationKeys;
import io.passgate.revocation.RevocationSnapshot;
import io.passgate.store.BackgroundLoops;
import io.passgate.store.BlockingCalls;
import io.passgate.store.ClockCheck;
import io.passgate.store.DatabaseSettings;
import io.passgate.store.PostgresqlState;
import io.passgate.store.RedisSettings;
import io.passgate.store.StoreObserver;
import io.passgate.store.changelog.ChangeCodec;
import io.passgate.store.changelog.RecordCodec;
import io.passgate.store.snapshot.SnapshotCodec;
import io.passgate.store.snapshot.SnapshotFile;
import io.passgate.trust.Signer;
import io.passgate.trust.TrustSnapshot;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * One gateway's part in what all of them know: follows the history on one thread, relays it on another, and keeps
 * snapshots on a third. What it knows may be read by any thread.
 */
public final class ChangeFeed implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ChangeFeed.class.getName());
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LONGEST_READ = Duration.ofMillis(500);
    private static final Duration KEEPING = Duration.ofSeconds(10);
    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final Pool pool;
    private final Redis redis;
    final PostgresChangeLog postgresChangeLog;
    final RedisChangeStream redisChangeStream;
    final ChangeFeedConsumer changeFeedConsumer;
    final OutboxRelay outboxRelay;
    final Upkeep upkeep;
    private final ClockCheck clockCheck;
    private final PostgresqlState postgresqlState;
    private final OutboxWriter writer;
    private final AdminCommands adminCommands;
    private final Semaphore changed = new Semaphore(0);
    private final BackgroundLoops loops = new BackgroundLoops(ChangeFeed.class);

    /**
     * How a feed is set up.
     *
     * @param database that has the history
     * @param redis that carries it
     * @param snapshotFile this gateway's own, for its next start; none when empty
     * @param ages from which on the lists are doubtful and stale
     * @param clockWarn how far this gateway's clock may be off before there is a warning
     * @param clockHard how far it may be off before the gateway is not ready
     */
    public record Settings(
            DatabaseSettings database,
            RedisSettings redis,
            Optional<Path> snapshotFile,
            Ages ages,
            Duration clockWarn,
            Duration clockHard) {}

    /**
     * From which ages on lists are doubtful and stale. A list's age counts from when it was last confirmed.
     *
     * @param trustWarn from when on the trust list is doubtful: an unknown KID says nothing of a payload
     * @param trustHard from when on the trust list is stale: nothing can be told by it
     * @param revocationsWarn from when on the revocations are doubtful: there is a warning
     * @param revocationsHard from when on the revocations are stale: nothing can be told by them
     */
    public record Ages(Duration trustWarn, Duration trustHard, Duration revocationsWarn, Duration revocationsHard) {}

    /**
     * What a feed takes from its process.
     *
     * @param vertx the caller's to close, after this
     * @param keys reads the signers' keys
     * @param mayBeTrusted whether a signer may be trusted at all; others are passed over wherever they come from
     * @param clock that every instant is of
     * @param random spreads over time what all gateways would do at once; not for secrets
     * @param observer told of the calls to both stores
     */
    public record Surroundings(
            Vertx vertx,
            VerificationKeys keys,
            Predicate<Signer> mayBeTrusted,
            InstantSource clock,
            RandomGenerator random,
            StoreObserver observer) {}

    /**
     * Sets up connections. Neither store is asked before {@link #start}.
     *
     * @param settings how it is set up
     * @param process what it takes from its process
     */
    public ChangeFeed(Settings settings, Surroundings process) {
        InstantSource clock = process.clock;
        String gateway = UUID.randomUUID().toString();
        RecordCodec records = new RecordCodec(process.keys, process.mayBeTrusted);
        postgresqlState = new PostgresqlState(process.observer, System::nanoTime);
        ChangeCodec changes = new ChangeCodec(records);
        pool = PgBuilder.pool()
                .with(settings.database.poolOptions())
                .connectingTo(settings.database.connectOptions())
                .using(process.vertx)
                .build();
        redis = Redis.createClient(process.vertx, settings.redis.options());
        postgresChangeLog = new PostgresChangeLog(
                pool,
                new BlockingCalls(StoreObserver.Store.POSTGRESQL, settings.database.timeout(), postgresqlState),
                records);
        redisChangeStream = new RedisChangeStream(
                redis, new BlockingCalls(StoreObserver.Store.REDIS, settings.redis.timeout(), postgresqlState));
        SnapshotCodec codec = new SnapshotCodec(records);
        Optional<SnapshotFile> file = settings.snapshotFile.map(path -> new SnapshotFile(path, codec));
        Snapshots snapshots = new Snapshots(redisChangeStream, codec, file);
        changeFeedConsumer = new ChangeFeedConsumer(
                postgresChangeLog,
                redisChangeStream,
                snapshots,
                changes,
                new ChangeFeedConsumer.Surroundings(settings.ages, clock, process.random, postgresqlState));
        outboxRelay = new OutboxRelay(gateway, postgresChangeLog, redisChangeStream, clock);
        clockCheck = new ClockCheck(clock, System::nanoTime, settings.clockWarn, settings.clockHard);
        upkeep = new Upkeep(
                new ClockMonitor(clockCheck, postgresChangeLog, redisChangeStream, postgresqlState),
                new SnapshotPublisher(gateway, redisChangeStream, snapshots, changeFeedConsumer, file, clock),
                new RedisConfigCheck(redisChangeStream));
        writer = new OutboxWriter(
                pool,
                changes,
                () -> changeFeedConsumer
                        .known()
                        .map(replicaStatus -> replicaStatus.replicatedState().logPosition()),
                clock,
                changed::release,
                postgresqlState);
        adminCommands = new AdminCommands(writer);
    }

    /** Starts from the file or from the stores, as far as they can be reached, and goes on from there. */
    public void start() {
        changeFeedConsumer.start();
        changeFeedConsumer.beat();
        loops.startInterruptible("passgate-consumer", this::follow);
        loops.startInterruptible("passgate-relay", this::relay);
        loops.start("passgate-upkeep", this::keepUp);
    }

    private void follow() {
        long nextBeatNs = System.nanoTime();
        while (loops.isOpen()) {
            if (System.nanoTime() - nextBeatNs >= 0) {
                nextBeatNs = System.nanoTime() + BEAT.toNanos();
                loops.guarded("following", changeFeedConsumer::beat);
            }
            Duration left = Duration.ofNanos(Math.max(0, nextBeatNs - System.nanoTime()));
            if (!reads(left.compareTo(LONGEST_READ) < 0 ? left : LONGEST_READ)) {
                loops.pause(left);
            }
        }
    }

    private boolean reads(Duration patience) {
        try {
            return changeFeedConsumer.read(patience);
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.ERROR, "reading the stream failed", fault);
            return false;
        }
    }

    private void relay() {
        while (loops.isOpen()) {
            try {
                boolean something = changed.tryAcquire(OutboxRelay.ROUND.toMillis(), TimeUnit.MILLISECONDS);
                changed.drainPermits();
                loops.guarded("relaying", () -> outboxRelay.round(something));
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }

    private void keepUp() {
        while (loops.isOpen()) {
            loops.guarded("upkeep", upkeep::round);
            loops.pause(KEEPING);
        }
        loops.guarded("upkeep", upkeep::round);
    }

    /**
     * {@return what is made of both lists of one moment}
     *
     * @param <T> what is made
     * @param made called once, on this thread; with two stale lists before anything is known
     */
    public <T> T lists(BiFunction<TrustSnapshot, RevocationSnapshot, T> made) {
        Optional<ReplicaStatus> known = changeFeedConsumer.known();
        return made.apply(
                known.map(ReplicaStatus::trust).orElseGet(TrustSnapshot::none),
                known.map(ReplicaStatus::revocations).orElseGet(RevocationSnapshot::none));
    }

    /** The signers that are trusted. */
    TrustSnapshot trust() {
        return changeFeedConsumer.known().map(ReplicaStatus::trust).orElseGet(TrustSnapshot::none);
    }

    /** {@return what is revoked; stale before anything is known} */
    public RevocationSnapshot revocations() {
        return changeFeedConsumer.known().map(ReplicaStatus::revocations).orElseGet(RevocationSnapshot::none);
    }

    /** {@return who may ask; empty before anything is known} */
    public Optional<ClientDirectory> clients() {
        return changeFeedConsumer
                .known()
                .map(replicaStatus -> replicaStatus.replicatedState().clientDirectory());
    }

    /** {@return when it was last confirmed that nothing is missing; empty before anything is known} */
    public Optional<Instant> asOf() {
        return changeFeedConsumer.known().map(ReplicaStatus::asOf);
    }

    /** {@return the number of the last change that is applied here, 0 before the first} */
    public long appliedSequence() {
        return changeFeedConsumer
                .known()
                .map(replicaStatus ->
                        replicaStatus.replicatedState().logPosition().sequence())
                .orElse(0L);
    }

    /** {@return the number of the last change that is known to have been made, 0 before the first} */
    public long headSequence() {
        return changeFeedConsumer.headSequence();
    }

    /** {@return whether PostgreSQL has lost changes that this gateway or Redis knows} */
    public boolean hasDiverged() {
        return changeFeedConsumer.hasDiverged() || outboxRelay.isConflicting();
    }

    /** {@return what is to hear of all calls to PostgreSQL and Redis, whoever makes them} */
    public StoreObserver observer() {
        return postgresqlState;
    }

    /** {@return whether PostgreSQL takes changes; empty while it has not answered} */
    public Optional<Boolean> isWritable() {
        return postgresqlState.isWritable();
    }

    /**
     * {@return whether this feed's last call was answered; of PostgreSQL also, that it refuses no connections now}
     *
     * @param store which of them
     */
    public boolean isUp(StoreObserver.Store store) {
        return switch (store) {
            case POSTGRESQL -> postgresChangeLog.isUp() && !postgresqlState.refusesConnections();
            case REDIS -> redisChangeStream.isUp();
        };
    }

    /** {@return how far this gateway's clock is off, measured every 10 s} */
    public ClockCheck clockCheck() {
        return clockCheck;
    }

    /** {@return what writes into the history, over the connections of this feed} */
    public OutboxWriter writer() {
        return writer;
    }

    /** {@return what changes what all gateways know} */
    public AdminCommands authority() {
        return adminCommands;
    }

    /** {@return what is not as it should be, for people; empty where nothing is} Verification goes on all the same. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(postgresqlState.warnings(postgresChangeLog.isUp()));
        if (!redisChangeStream.isUp()) {
            all.add("Redis is out of reach");
        }
        if (hasDiverged()) {
            all.add("PostgreSQL has lost changes that were made: see diverged in the operations page");
        }
        if (clockCheck.isDoubtful()) {
            all.add("this gateway's clock differs from PostgreSQL's and Redis's");
        }
        all.addAll(upkeep.warnings());
        return all;
    }

    @Override
    public void close() {
        close(STOPPING);
    }

    /**
     * Stops following, and writes the snapshot file a last time.
     *
     * @param patience for all of it together
     */
    public void close(Duration patience) {
        loops.stop(patience);
        redisChangeStream.close();
        redis.close();
        var _ = pool.close();
    }
}
