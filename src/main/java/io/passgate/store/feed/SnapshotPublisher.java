package io.passgate.store.feed;

import io.passgate.store.StoreException;
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

/**
 * Writes the state that has been applied to the file of this gateway and, when it is due, to Redis for those that
 * start.
 */
final class SnapshotPublisher {
    /** So many changes after a snapshot another one is due: a gateway that starts has not many to follow. */
    static final int SNAPSHOT_EVERY = 1_000;

    /** A snapshot that lacks a change is replaced after so long at the latest. */
    static final Duration SNAPSHOT_AGE = Duration.ofMinutes(10);

    /** A snapshot that lacks nothing is written again before Redis lets it go. */
    static final Duration SNAPSHOT_RENEWAL = Duration.ofDays(3);

    private static final Logger LOG = System.getLogger(SnapshotPublisher.class.getName());
    private static final Duration TERM = Duration.ofSeconds(60);

    private final String gateway;
    private final RedisChangeStream stream;
    private final Snapshots snapshots;
    private final ChangeFeedConsumer consumer;
    private final Optional<SnapshotFile> file;
    private final InstantSource clock;

    SnapshotPublisher(
            String gateway,
            RedisChangeStream stream,
            Snapshots snapshots,
            ChangeFeedConsumer consumer,
            Optional<SnapshotFile> file,
            InstantSource clock) {
        this.gateway = gateway;
        this.stream = stream;
        this.snapshots = snapshots;
        this.consumer = consumer;
        this.file = file;
        this.clock = clock;
    }

    /** Writes what is due. What could not be written is told, for people. */
    List<String> publish() {
        return Stream.of(writeFile(), writeSnapshot()).flatMap(Optional::stream).toList();
    }

    private Optional<String> writeFile() {
        Optional<ReplicaStatus> status = consumer.known();
        if (file.isEmpty() || status.isEmpty()) {
            return Optional.empty();
        }
        try {
            file.get().write(status.get().replicatedState(), status.get().asOf());
            return Optional.empty();
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "the snapshot file was not written: {0}", failed.toString());
            return Optional.of("the snapshot file cannot be written");
        }
    }

    private Optional<String> writeSnapshot() {
        Optional<ReplicaStatus> status = consumer.known();
        try {
            if (status.isPresent()
                    && !consumer.hasDiverged()
                    && isDue(status.get().replicatedState().logPosition(), stream.manifest())
                    && stream.takes(RedisChangeStream.Duty.SNAPSHOT, gateway, TERM)) {
                snapshots.toRedis(status.get().replicatedState(), clock.instant());
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
}
