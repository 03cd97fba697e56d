package io.passgate.store.feed;

import io.passgate.store.ClockCheck;
import io.passgate.store.StoreException;
import io.passgate.store.StoreObserver;
import io.passgate.store.changelog.LogPosition;
import io.passgate.store.snapshot.SnapshotFile;
import io.passgate.store.snapshot.SnapshotManifest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks after what is not urgent: the snapshots in Redis and in the file, the clock, and how Redis is set up. */
public final class Keeper {
    /** So many changes after a snapshot another one is due: a gateway that starts has not many to follow. */
    static final int SNAPSHOT_EVERY = 1_000;

    /** A snapshot that lacks a change is replaced after so long at the latest. */
    static final Duration SNAPSHOT_AGE = Duration.ofMinutes(10);

    /** A snapshot that lacks nothing is written again before Redis lets it go. */
    static final Duration SNAPSHOT_RENEWAL = Duration.ofDays(3);

    private static final Logger LOG = System.getLogger(Keeper.class.getName());
    private static final Duration TERM = Duration.ofSeconds(60);

    private final String gateway;
    private final RedisChangeStream redisChangeStream;
    private final PostgresChangeLog postgresChangeLog;
    private final ChangeFeedConsumer changeFeedConsumer;
    private final Snapshots snapshots;
    private final Optional<SnapshotFile> file;
    private final ClockCheck clockCheck;
    private final InstantSource clock;
    private volatile List<String> warnings = List.of();

    Keeper(
            String gateway,
            Stores stores,
            ChangeFeedConsumer changeFeedConsumer,
            Optional<SnapshotFile> file,
            ClockCheck clockCheck,
            InstantSource clock) {
        this.gateway = gateway;
        this.redisChangeStream = stores.redisChangeStream();
        this.postgresChangeLog = stores.postgresChangeLog();
        this.snapshots = stores.snapshots();
        this.changeFeedConsumer = changeFeedConsumer;
        this.file = file;
        this.clockCheck = clockCheck;
        this.clock = clock;
    }

    /** What the keeper works with. */
    record Stores(PostgresChangeLog postgresChangeLog, RedisChangeStream redisChangeStream, Snapshots snapshots) {}

    /** What is not as it should be, for people. */
    List<String> warnings() {
        return warnings;
    }

    public void round() {
        clockCheck.ask(StoreObserver.Store.POSTGRESQL, postgresChangeLog::clock);
        clockCheck.ask(StoreObserver.Store.REDIS, redisChangeStream::clock);
        warnings = Stream.of(writeFile(), writeSnapshot(), redisSetting())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> writeFile() {
        Optional<ReplicaStatus> known = changeFeedConsumer.known();
        if (file.isEmpty() || known.isEmpty()) {
            return Optional.empty();
        }
        try {
            file.get().write(known.get().replicatedState(), known.get().asOf());
            return Optional.empty();
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "the snapshot file was not written: {0}", failed.toString());
            return Optional.of("the snapshot file cannot be written");
        }
    }

    private Optional<String> writeSnapshot() {
        Optional<ReplicaStatus> known = changeFeedConsumer.known();
        try {
            if (known.isPresent()
                    && !changeFeedConsumer.hasDiverged()
                    && isDue(known.get().replicatedState().logPosition(), redisChangeStream.manifest())
                    && redisChangeStream.takes(RedisChangeStream.Duty.SNAPSHOT, gateway, TERM)) {
                snapshots.toRedis(known.get().replicatedState(), clock.instant());
            }
            return Optional.empty();
        } catch (StoreException lost) {
            return Optional.of("the snapshot in Redis cannot be written: " + lost.getMessage());
        }
    }

    private boolean isDue(LogPosition mine, Optional<SnapshotManifest> there) {
        if (there.isEmpty() || there.get().logPosition().epoch() < mine.epoch()) {
            return true;
        }
        Duration age = Duration.between(there.get().writtenAt(), clock.instant());
        long missing = mine.sequence() - there.get().logPosition().sequence();
        return there.get().logPosition().epoch() == mine.epoch()
                && (missing >= SNAPSHOT_EVERY
                        || (missing > 0 && age.compareTo(SNAPSHOT_AGE) > 0)
                        || (missing == 0 && age.compareTo(SNAPSHOT_RENEWAL) > 0));
    }

    /** A Redis that forgets what it holds, when it restarts or when it is full, is no carrier. */
    private Optional<String> redisSetting() {
        try {
            boolean forgets = !redisChangeStream.info("persistence").contains("aof_enabled:1")
                    || !redisChangeStream.info("memory").contains("maxmemory_policy:noeviction");
            return forgets
                    ? Optional.of("Redis does not run with appendonly yes and maxmemory-policy noeviction")
                    : Optional.empty();
        } catch (StoreException lost) {
            return Optional.empty();
        }
    }
}
