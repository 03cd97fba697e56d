package io.passgate.store.feed;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.passgate.model.Slice;
import io.passgate.store.BlockingCalls;
import io.passgate.store.ReconnectingRedisConnection;
import io.passgate.store.StoreException;
import io.passgate.store.changelog.ChangeEntry;
import io.passgate.store.changelog.HeadObservation;
import io.passgate.store.changelog.LogPosition;
import io.passgate.store.snapshot.SnapshotManifest;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Redis carries to every gateway. For threads that may wait.
 *
 * <pre>
 * {passgate}:head             hash     epoch, sequence, digest, at (ms): how far PostgreSQL was
 * {passgate}:changes:EPOCH    stream   id SEQUENCE-0, fields c (content), d (digest)
 * {passgate}:relay-duty       string   who asks PostgreSQL for now
 * {passgate}:snapshot-duty    string   who looks after the snapshot for now
 * {passgate}:snapshot         hash     the manifest of the last snapshot
 * passgate:snapshot:NAME:n    string   chunk n of a snapshot, in a cluster on any node
 * </pre>
 */
final class RedisChangeStream {
    private static final String HEAD = "{passgate}:head";
    private static final String MANIFEST = "{passgate}:snapshot";

    /** After it what nobody has touched is let go, such as the stream of an epoch that is over. */
    private static final Duration KEPT = Duration.ofDays(7);

    /** Adds an entry where the one before it is the last, or where there is none; answers the last number, or -1. */
    private static final String PUBLISH = """
            local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
            if #last > 0 then
              local sequence = tonumber(string.match(last[1][1], '^(%d+)'))
              if sequence ~= tonumber(ARGV[1]) - 1 then return sequence end
              if last[1][2][4] ~= ARGV[3] then return -1 end
            end
            redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[5], ARGV[1] .. '-0', 'c', ARGV[2], 'd', ARGV[4])
            redis.call('PEXPIRE', KEYS[1], ARGV[6])
            return tonumber(ARGV[1])
            """;

    /** Sets the head unless one that is ahead of it, or of another history, is there; answers 1 if it was set. */
    private static final String ANNOUNCE = """
            local there = redis.call('HMGET', KEYS[1], 'epoch', 'sequence', 'digest')
            local epoch, sequence = tonumber(there[1] or 0), tonumber(there[2] or -1)
            local newEpoch, newSequence = tonumber(ARGV[1]), tonumber(ARGV[2])
            if epoch > newEpoch then return 0 end
            if epoch == newEpoch and sequence > newSequence then return 0 end
            if epoch == newEpoch and sequence == newSequence and there[3] ~= ARGV[3] then return 0 end
            redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'sequence', ARGV[2], 'digest', ARGV[3], 'at', ARGV[4])
            return 1
            """;

    private final ReconnectingRedisConnection commands;
    private final ReconnectingRedisConnection reading;
    private final BlockingCalls blockingCalls;

    RedisChangeStream(Redis redis, BlockingCalls blockingCalls) {
        this.commands = new ReconnectingRedisConnection(redis);
        this.reading = new ReconnectingRedisConnection(redis);
        this.blockingCalls = blockingCalls;
    }

    boolean isUp() {
        return blockingCalls.isUp();
    }

    /** How far PostgreSQL was when somebody last asked; empty where Redis has been emptied. */
    Optional<HeadObservation> head() {
        Response fields = send(
                "head",
                Request.cmd(Command.HMGET)
                        .arg(HEAD)
                        .arg("epoch")
                        .arg("sequence")
                        .arg("digest")
                        .arg("at"));
        if (fields == null || fields.get(0) == null) {
            return Optional.empty();
        }
        LogPosition logPosition = new LogPosition(
                fields.get(0).toLong(),
                fields.get(1).toLong(),
                digest(fields.get(2).toString()));
        return Optional.of(new HeadObservation(
                logPosition, Instant.ofEpochMilli(fields.get(3).toLong())));
    }

    /** Tells everyone how far PostgreSQL is; false if Redis knows of more, or of another history. */
    boolean announce(HeadObservation headObservation) {
        Response set = send(
                "announce",
                Request.cmd(Command.EVAL)
                        .arg(ANNOUNCE)
                        .arg(1)
                        .arg(HEAD)
                        .arg(headObservation.logPosition().epoch())
                        .arg(headObservation.logPosition().sequence())
                        .arg(hex(headObservation.logPosition().digest()))
                        .arg(headObservation.at().toEpochMilli()));
        return set != null && set.toInteger() == 1;
    }

    /** What one gateway does for all. */
    enum Duty {
        RELAY,
        SNAPSHOT
    }

    /** Whether {@code gateway} is the one with this duty for the next {@code term}. */
    boolean takes(Duty duty, String gateway, Duration term) {
        Response set = send(
                "duty",
                Request.cmd(Command.SET)
                        .arg("{passgate}:" + duty.name().toLowerCase(Locale.ROOT) + "-duty")
                        .arg(gateway)
                        .arg("NX")
                        .arg("PX")
                        .arg(term.toMillis()));
        return set != null;
    }

    /** The number of the last entry of an epoch's stream; 0 if there is none. */
    long lastPublished(long epoch) {
        Response last = send(
                "last",
                Request.cmd(Command.XREVRANGE)
                        .arg(stream(epoch))
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(1));
        return last == null || last.size() == 0
                ? 0
                : sequence(last.get(0).get(0).toString());
    }

    /**
     * Publishes the change that follows {@code before}, unless another one is the last of the stream.
     *
     * @param kept entries the stream keeps, about
     * @return the number of the stream's last entry, or -1 if the one before is of another history
     */
    long publish(LogPosition before, ChangeEntry entry, int kept) {
        Response last = send(
                "publish",
                Request.cmd(Command.EVAL)
                        .arg(PUBLISH)
                        .arg(1)
                        .arg(stream(before.epoch()))
                        .arg(entry.sequence())
                        .arg(Buffer.buffer(entry.content()))
                        .arg(hex(before.digest()))
                        .arg(hex(entry.digest()))
                        .arg(kept)
                        .arg(KEPT.toMillis()));
        return last == null ? -1 : last.toLong();
    }

    /** Empties an epoch's stream, whose last entry is too old to go on from. */
    void restart(long epoch) {
        send("publish", Request.cmd(Command.DEL).arg(stream(epoch)));
    }

    /** The entries after number {@code after}; waits for one up to {@code patience}. */
    List<ChangeEntry> read(long epoch, long after, int limit, Duration patience) {
        Request request = Request.cmd(Command.XREAD)
                .arg("COUNT")
                .arg(limit)
                .arg("BLOCK")
                .arg(Math.max(1, patience.toMillis()))
                .arg("STREAMS")
                .arg(stream(epoch))
                .arg(after + "-0");
        Response streams = guarded(reading, () -> blockingCalls.await("read", patience, () -> reading.send(request)));
        List<ChangeEntry> entries = new ArrayList<>();
        if (streams != null) {
            for (Response stream : streams) {
                stream.get(1).forEach(entry -> entries.add(entry(entry)));
            }
        }
        return entries;
    }

    private static ChangeEntry entry(Response entry) {
        Response fields = entry.get(1);
        if (fields.size() != 4) {
            throw new StoreException("a stream entry of another shape");
        }
        return new ChangeEntry(
                sequence(entry.get(0).toString()),
                fields.get(1).toBuffer().getBytes(),
                digest(fields.get(3).toString()));
    }

    /** The manifest of the last snapshot. */
    Optional<SnapshotManifest> manifest() {
        Response fields = send(
                "snapshot",
                Request.cmd(Command.HMGET)
                        .arg(MANIFEST)
                        .arg("name")
                        .arg("chunks")
                        .arg("epoch")
                        .arg("sequence")
                        .arg("digest")
                        .arg("at"));
        if (fields == null || fields.get(0) == null) {
            return Optional.empty();
        }
        return Optional.of(new SnapshotManifest(
                fields.get(0).toString(),
                fields.get(1).toInteger(),
                new LogPosition(
                        fields.get(2).toLong(),
                        fields.get(3).toLong(),
                        digest(fields.get(4).toString())),
                Instant.ofEpochMilli(fields.get(5).toLong())));
    }

    /** Makes the chunks that have been put the snapshot that everyone finds. */
    void complete(SnapshotManifest manifest) {
        send(
                "snapshot",
                Request.cmd(Command.HSET)
                        .arg(MANIFEST)
                        .arg("name")
                        .arg(manifest.name())
                        .arg("chunks")
                        .arg(manifest.chunks())
                        .arg("epoch")
                        .arg(manifest.logPosition().epoch())
                        .arg("sequence")
                        .arg(manifest.logPosition().sequence())
                        .arg("digest")
                        .arg(hex(manifest.logPosition().digest()))
                        .arg("at")
                        .arg(manifest.writtenAt().toEpochMilli()));
    }

    void putChunk(String snapshot, int index, byte[] chunk) {
        send(
                "snapshot",
                Request.cmd(Command.SET)
                        .arg(chunkKey(snapshot, index))
                        .arg(Buffer.buffer(chunk))
                        .arg("PX")
                        .arg(KEPT.toMillis()));
    }

    /** @throws StoreException if there is none of that number */
    byte[] getChunk(String snapshot, int index) {
        Response chunk = send("snapshot", Request.cmd(Command.GET).arg(chunkKey(snapshot, index)));
        if (chunk == null) {
            throw new StoreException("the snapshot chunk " + index + " is missing");
        }
        return chunk.toBuffer().getBytes();
    }

    /** Lets a replaced snapshot go after {@code patience}: somebody may be reading it. */
    void forget(SnapshotManifest replaced, Duration patience) {
        for (int index = 0; index < replaced.chunks(); index++) {
            send(
                    "snapshot",
                    Request.cmd(Command.PEXPIRE)
                            .arg(chunkKey(replaced.name(), index))
                            .arg(patience.toMillis()));
        }
    }

    /** The server's clock, only for telling how far ours is off. */
    Instant clock() {
        Response time = send("clock", Request.cmd(Command.TIME));
        if (time == null) {
            throw new StoreException("Redis told no time");
        }
        return Instant.ofEpochSecond(time.get(0).toLong(), 1_000L * time.get(1).toLong());
    }

    /** What the server says of itself in one section of INFO. */
    String info(String section) {
        return String.valueOf(send("info", Request.cmd(Command.INFO).arg(section)));
    }

    @CanIgnoreReturnValue
    private @Nullable Response send(String operation, Request request) {
        return guarded(commands, () -> blockingCalls.await(operation, () -> commands.send(request)));
    }

    /** A connection with a call that was not answered in time is not used again. */
    private static @Nullable Response guarded(
            ReconnectingRedisConnection connection, Supplier<@Nullable Response> call) {
        try {
            return call.get();
        } catch (StoreException lost) {
            connection.close();
            throw lost;
        }
    }

    void close() {
        commands.close();
        reading.close();
    }

    private static String stream(long epoch) {
        return "{passgate}:changes:" + epoch;
    }

    private static String chunkKey(String snapshot, int index) {
        return "passgate:snapshot:" + snapshot + ":" + index;
    }

    private static long sequence(String id) {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }

    private static String hex(Slice digest) {
        return HexFormat.of().formatHex(digest.toByteArray());
    }

    private static Slice digest(String hex) {
        return Slice.of(HexFormat.of().parseHex(hex));
    }
}
