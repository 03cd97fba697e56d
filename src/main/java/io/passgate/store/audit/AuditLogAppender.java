package io.passgate.store.audit;

import io.passgate.store.BlockingCalls;
import io.passgate.store.OwnersFile;
import io.passgate.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Moves what transactions left to be audited into the chain, and every hour writes the chain's head where the
 * database's owner cannot reach it: into the log and a file. One thread.
 */
public final class AuditLogAppender {
    private static final Logger LOG = System.getLogger(AuditLogAppender.class.getName());
    private static final int AT_ONCE = 500;
    private static final int MOST_COUNTED = 10_000;
    private static final Duration HEADS = Duration.ofHours(1);

    private final AuditChain chain;
    private final Pool pool;
    private final BlockingCalls blockingCalls;
    private final Optional<Path> headFile;
    private final InstantSource clock;
    private Instant nextHead = Instant.MIN;
    private volatile Seen seen = new Seen(0, 0, Optional.empty());
    private boolean isFileBroken;

    /** How far the audit was at the last look. */
    private record Seen(long sequence, long pending, Optional<Instant> oldest) {}

    /**
     * Creates one that has not looked yet.
     *
     * @param chain that events are moved into
     * @param pool to its database, the caller's to close
     * @param blockingCalls for that database
     * @param headFile gets a line of JSON for each head; nothing when empty
     * @param clock by which an hour passes, and lines are dated
     */
    public AuditLogAppender(
            AuditChain chain, Pool pool, BlockingCalls blockingCalls, Optional<Path> headFile, InstantSource clock) {
        this.chain = chain;
        this.pool = pool;
        this.blockingCalls = blockingCalls;
        this.headFile = headFile;
        this.clock = clock;
    }

    /** {@return the number of the last event at the last look, 0 before the first} */
    public long sequence() {
        return seen.sequence;
    }

    /** {@return how many events were not in the chain yet at the last look; of more than 10,000 as many} */
    public long pending() {
        return seen.pending;
    }

    /** {@return how long the oldest of them has waited by now; zero where there is none} */
    public Duration waiting() {
        return seen.oldest
                .map(oldest -> Duration.between(oldest, clock.instant()))
                .orElse(Duration.ZERO);
    }

    /**
     * Moves what is there, and writes the head when that is due.
     *
     * @throws StoreException if PostgreSQL is out of reach
     */
    public void round() {
        look();
        while (blockingCalls.await("audit", () -> pool.withTransaction(this::move)) == AT_ONCE) {
            // There may be more.
        }
        look();
        Instant now = clock.instant();
        if (!now.isBefore(nextHead) && writeHead()) {
            nextHead = now.plus(HEADS);
        }
    }

    /**
     * Looks how far the audit is; before anything is moved as well, so that what cannot be moved is seen to wait.
     *
     * @throws StoreException if PostgreSQL is out of reach
     */
    public void look() {
        seen = blockingCalls.await(
                "audit",
                () -> pool.preparedQuery("SELECT sequence, (SELECT count(*) FROM (SELECT FROM audit_pending LIMIT $1)"
                                + " AS counted), (SELECT at FROM audit_pending ORDER BY id LIMIT 1) FROM audit_head")
                        .execute(Tuple.of(MOST_COUNTED))
                        .map(rows -> {
                            Row row = rows.iterator().next();
                            return new Seen(
                                    row.getLong(0),
                                    row.getLong(1),
                                    Optional.ofNullable(row.getOffsetDateTime(2))
                                            .map(OffsetDateTime::toInstant));
                        }));
    }

    private Future<Integer> move(SqlConnection connection) {
        return connection
                .preparedQuery("WITH taken AS MATERIALIZED (SELECT id FROM audit_pending ORDER BY id LIMIT $1"
                        + " FOR UPDATE SKIP LOCKED) DELETE FROM audit_pending USING taken"
                        + " WHERE audit_pending.id = taken.id"
                        + " RETURNING audit_pending.id, at, kind, actor, detail")
                .execute(Tuple.of(AT_ONCE))
                .compose(rows -> {
                    List<Row> ordered = new ArrayList<>();
                    rows.forEach(ordered::add);
                    if (ordered.isEmpty()) {
                        return Future.succeededFuture(0);
                    }
                    ordered.sort((one, other) -> Long.compare(one.getLong(0), other.getLong(0)));
                    List<AuditEvent> events = ordered.stream()
                            .map(row -> new AuditEvent(
                                    row.getOffsetDateTime(1).toInstant(),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4)))
                            .toList();
                    return chain.append(connection, events).map(events.size());
                });
    }

    /**
     * Writes where the chain ends now, into the log and the file.
     *
     * @return false where there is a file that does not take it
     * @throws StoreException if PostgreSQL is out of reach
     */
    public boolean writeHead() {
        AuditChain.Head head = blockingCalls.await(
                "audit",
                () -> pool.query("SELECT sequence, mac FROM audit_head")
                        .execute()
                        .map(AuditChain::head));
        String mac = HexFormat.of().formatHex(head.mac());
        if (!isFileBroken) {
            LOG.log(Level.INFO, "the audit ends with {0,number,#}, {1}", head.sequence(), mac);
        }
        if (headFile.isPresent()) {
            JsonObject line = new JsonObject()
                    .put("sequence", head.sequence())
                    .put("mac", mac)
                    .put("at", clock.instant().toString());
            isFileBroken = !append(headFile.get(), line.encode() + "\n");
        }
        return !isFileBroken;
    }

    /** A line that was cut off in the middle of writing does not spoil the next one. */
    private boolean append(Path file, String line) {
        try (FileChannel channel =
                OwnersFile.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            String start = isCutOff(file) ? "\n" : "";
            ByteBuffer bytes = ByteBuffer.wrap((start + line).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                var _ = channel.write(bytes);
            }
            channel.force(true);
            return true;
        } catch (IOException failed) {
            Level level = isFileBroken ? Level.DEBUG : Level.WARNING;
            LOG.log(level, "the head of the audit was not written to {0}: {1}", file, failed.toString());
            return false;
        }
    }

    private static boolean isCutOff(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        }
    }
}
