package io.passgate.store.feed;

import io.passgate.store.StoreException;
import io.passgate.store.changelog.LogPosition;
import io.passgate.store.changelog.ReplicatedState;
import io.passgate.store.snapshot.ChunkInput;
import io.passgate.store.snapshot.ChunkOutput;
import io.passgate.store.snapshot.SnapshotCodec;
import io.passgate.store.snapshot.SnapshotFile;
import io.passgate.store.snapshot.SnapshotManifest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Whole replicas, in Redis for everyone and in a file for this gateway's next start. */
final class Snapshots {
    private static final Logger LOG = System.getLogger(Snapshots.class.getName());

    /** How long a replaced snapshot can still be read by whoever has begun. */
    private static final Duration STILL_READ = Duration.ofMinutes(10);

    private final RedisChangeStream redisChangeStream;
    private final SnapshotCodec codec;
    private final Optional<SnapshotFile> file;

    Snapshots(RedisChangeStream redisChangeStream, SnapshotCodec codec, Optional<SnapshotFile> file) {
        this.redisChangeStream = redisChangeStream;
        this.codec = codec;
        this.file = file;
    }

    /** The file's replica; empty if there is none that can be read. */
    Optional<SnapshotFile.Saved> fromFile() {
        return file.flatMap(SnapshotFile::read);
    }

    /**
     * The replica in Redis, where it is of the history that leads to {@code head}, and ahead of {@code mine}; empty if
     * there is none or a chunk of it is missing or damaged.
     */
    Optional<ReplicatedState> fromRedis(LogPosition head, Optional<ReplicatedState> mine) {
        try {
            Optional<SnapshotManifest> manifest = redisChangeStream
                    .manifest()
                    .filter(found -> found.logPosition().epoch() == head.epoch())
                    .filter(found -> !head.isBefore(found.logPosition()))
                    .filter(found -> mine.isEmpty() || mine.get().logPosition().isBefore(found.logPosition()));
            return manifest.map(this::read);
        } catch (StoreException unusable) {
            LOG.log(Level.WARNING, "the snapshot in Redis cannot be used: {0}", unusable.getMessage());
            return Optional.empty();
        }
    }

    private ReplicatedState read(SnapshotManifest manifest) {
        ReplicatedState replicatedState = codec.read(new ChunkInput(
                manifest.name(), manifest.chunks(), index -> redisChangeStream.getChunk(manifest.name(), index)));
        if (!replicatedState.logPosition().equals(manifest.logPosition())) {
            throw new StoreException("the snapshot is not the one its manifest names");
        }
        return replicatedState;
    }

    /** Puts a replica into Redis, and lets the one before go. */
    void toRedis(ReplicatedState replicatedState, Instant now) {
        Optional<SnapshotManifest> before = redisChangeStream.manifest();
        String name = UUID.randomUUID().toString();
        ChunkOutput chunks = new ChunkOutput(name, (index, chunk) -> redisChangeStream.putChunk(name, index, chunk));
        try (BufferedOutputStream out = new BufferedOutputStream(chunks, 1 << 16)) {
            codec.write(replicatedState, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a replica that cannot be written", impossible);
        }
        redisChangeStream.complete(new SnapshotManifest(name, chunks.chunks(), replicatedState.logPosition(), now));
        before.ifPresent(replaced -> redisChangeStream.forget(replaced, STILL_READ));
        LOG.log(Level.INFO, "snapshot of change {0} in {1} chunks", replicatedState.logPosition(), chunks.chunks());
    }
}
