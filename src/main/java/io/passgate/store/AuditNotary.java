package io.passgate.store;

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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Moves what transactions left to be audited into the chain, and every hour writes the chain's head where the database's owner
 * cannot reach it: into the log and a file. One thread.
 */
final class AuditNotary {
    private static final Logger LOG = System.getLogger(AuditNotary.class.getName());
    private static final int AT_ONCE = 500;
    private static final Duration HEADS = Duration.ofHours(1);

    private final AuditChain chain;
    private final Pool pool;
    private final Calls calls;
    private final Optional<Path> headFile;
    private final InstantSource clock;
    private Instant nextHead = Instant.MIN;
    private volatile long sequence;

    AuditNotary(AuditChain chain, Pool pool, Calls calls, Optional<Path> headFile, InstantSource clock) {
        this.chain = chain;
        this.pool = pool;
        this.calls = calls;
        this.headFile = headFile;
        this.clock = clock;
    }

    /** The number of the last event that this gateway knows of. */
    long sequence() {
        return sequence;
    }

    /**
     * Moves what is there, and writes the head when that is due.
     *
     * @throws StoreException if PostgreSQL is out of reach
     */
    void round() {
        while (calls.await("audit", () -> pool.withTransaction(this::move)) == AT_ONCE) {
            // There may be more.
        }
        Instant now = clock.instant();
        if (!now.isBefore(nextHead)) {
            writeHead();
            nextHead = now.plus(HEADS);
        }
    }

    private Future<Integer> move(SqlConnection connection) {
        return connection
                .preparedQuery("DELETE FROM audit_pending WHERE id IN (SELECT id FROM audit_pending ORDER BY id"
                        + " LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING id, at, kind, actor, detail")
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

    /** Writes where the chain ends now. */
    void writeHead() {
        AuditChain.Head head = calls.await(
                "audit",
                () -> pool.query("SELECT sequence, mac FROM audit_head")
                        .execute()
                        .map(AuditChain::head));
        sequence = head.sequence();
        String mac = HexFormat.of().formatHex(head.mac());
        LOG.log(Level.INFO, "the audit ends with {0,number,#}, {1}", head.sequence(), mac);
        headFile.ifPresent(file -> {
            JsonObject line = new JsonObject()
                    .put("sequence", head.sequence())
                    .put("mac", mac)
                    .put("at", clock.instant().toString());
            append(file, line.encode() + "\n");
        });
    }

    private static void append(Path file, String line) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                int unused = channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "the head of the audit was not written to {0}: {1}", file, failed.toString());
        }
    }
}
