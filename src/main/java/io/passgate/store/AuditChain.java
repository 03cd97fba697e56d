package io.passgate.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The audit's one chain. Whoever adds to it holds the lock on its head, the last lock that a transaction takes; a row's MAC
 * covers the one before:
 *
 * <pre>
 * mac = HMAC-SHA-256 under the audit key of
 *       the MAC before (of the first row 32 zeros)   i64 sequence   i64 at, microseconds
 *       kind, actor, detail: each i32 length, UTF-8
 * </pre>
 */
final class AuditChain {
    static final int MAC_BYTES = 32;

    private static final Logger LOG = System.getLogger(AuditChain.class.getName());
    private static final String ROLE = "passgate_audit";

    private final AuditKey key;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    AuditChain(AuditKey key) {
        this.key = key;
    }

    /** Where the chain ends. */
    record Head(long sequence, byte[] mac) {}

    /** Adds events at the end of the caller's transaction; tells the head behind them. */
    Future<Head> append(SqlConnection connection, List<AuditEvent> events) {
        return asWriter(connection)
                .compose(isWriter -> connection
                        .query("SELECT sequence, mac FROM audit_head FOR UPDATE")
                        .execute()
                        .map(AuditChain::head)
                        .compose(head -> append(connection, head, events))
                        .compose(head -> isWriter
                                ? connection.query("RESET ROLE").execute().map(head)
                                : Future.succeededFuture(head)));
    }

    /** Takes the role that may only insert, where there is one. */
    private Future<Boolean> asWriter(SqlConnection connection) {
        return connection
                .preparedQuery(
                        "SELECT count(*) FROM pg_roles WHERE rolname = $1 AND pg_has_role(current_user, oid, 'MEMBER')")
                .execute(Tuple.of(ROLE))
                .compose(rows -> {
                    boolean isThere = rows.iterator().next().getLong(0) > 0;
                    if (!isThere && hasWarned.compareAndSet(false, true)) {
                        LOG.log(Level.WARNING, "the audit is written without the role {0}", ROLE);
                    }
                    return isThere
                            ? connection
                                    .query("SET LOCAL ROLE " + ROLE)
                                    .execute()
                                    .map(true)
                            : Future.succeededFuture(false);
                });
    }

    static Head head(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return new Head(row.getLong(0), row.getBuffer(1).getBytes());
    }

    private Future<Head> append(SqlConnection connection, Head before, List<AuditEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(before);
        }
        List<Tuple> rows = new ArrayList<>();
        Head head = before;
        for (AuditEvent event : events) {
            head = new Head(head.sequence + 1, mac(head.mac, head.sequence + 1, event));
            rows.add(Tuple.of(
                    head.sequence,
                    FeedWriter.at(event.at()),
                    event.kind(),
                    event.actor(),
                    event.detail(),
                    Buffer.buffer(head.mac)));
        }
        Head last = head;
        return connection
                .preparedQuery(
                        "INSERT INTO audit (sequence, at, kind, actor, detail, mac) VALUES ($1, $2, $3, $4, $5, $6)")
                .executeBatch(rows)
                .compose(added -> connection
                        .preparedQuery("UPDATE audit_head SET sequence = $1, mac = $2")
                        .execute(Tuple.of(last.sequence, Buffer.buffer(last.mac))))
                .map(last);
    }

    /** What the row of that number has to have behind the row with {@code before}. */
    byte[] mac(byte[] before, long sequence, AuditEvent event) {
        byte[] kind = event.kind().getBytes(StandardCharsets.UTF_8);
        byte[] actor = event.actor().getBytes(StandardCharsets.UTF_8);
        byte[] detail = event.detail().getBytes(StandardCharsets.UTF_8);
        int size = MAC_BYTES + 2 * Long.BYTES + 3 * Integer.BYTES + kind.length + actor.length + detail.length;
        ByteBuffer message = ByteBuffer.allocate(size).put(before).putLong(sequence);
        message.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, event.at()));
        for (byte[] text : List.of(kind, actor, detail)) {
            message.putInt(text.length).put(text);
        }
        return key.mac(message.array());
    }

    /** Leaves events to be added by whichever gateway is the first; nobody waits for the head, and no key is needed. */
    static Future<?> pend(SqlConnection connection, List<AuditEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture();
        }
        return connection
                .preparedQuery("INSERT INTO audit_pending (at, kind, actor, detail) VALUES ($1, $2, $3, $4)")
                .executeBatch(events.stream()
                        .map(event -> Tuple.of(FeedWriter.at(event.at()), event.kind(), event.actor(), event.detail()))
                        .toList());
    }
}
