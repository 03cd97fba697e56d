package io.passgate.store.audit;

import io.passgate.store.PgTime;
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
import java.util.function.Function;

/**
 * The audit's one chain. Whoever adds to it holds the lock on its head, the last lock that a transaction takes; a row's
 * MAC covers the one before:
 *
 * <pre>
 * mac = HMAC-SHA-256 under the audit key of
 *       the MAC before (of the first row 32 zeros)   i64 sequence   i64 at, microseconds
 *       kind, actor, detail: each i32 length, UTF-8
 * </pre>
 */
public final class AuditChain {
    static final int MAC_BYTES = 32;

    private static final Logger LOG = System.getLogger(AuditChain.class.getName());
    private static final String ROLE = "passgate_audit";

    /**
     * Becomes the role until the transaction's end, if there is one that this user may become and that may write. A
     * search path that follows the user's name would lead nowhere then, so it tells the schema as well.
     */
    private static final String BECOME = "SELECT (SELECT relnamespace::regnamespace::text FROM pg_class"
            + " WHERE oid = 'audit'::regclass), set_config('role', rolname, true) FROM pg_roles WHERE rolname = '"
            + ROLE + "' AND pg_has_role(oid, CASE WHEN current_setting('server_version_num')::int >= 160000"
            + " THEN 'SET' ELSE 'MEMBER' END) AND has_table_privilege(oid, 'audit', 'INSERT')"
            + " AND has_table_privilege(oid, 'audit_head', 'UPDATE')";

    private final AuditKey key;
    private final Function<SqlConnection, Future<?>> permission;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    AuditChain(AuditKey key) {
        this(key, connection -> Future.succeededFuture());
    }

    /**
     * Creates a chain that is added to only by permission.
     *
     * @param key under which the MACs are made
     * @param permission asked at the end of what is added, while the head is locked; where it fails nothing is added,
     *     such as by a key that is not the chain's
     */
    public AuditChain(AuditKey key, Function<SqlConnection, Future<?>> permission) {
        this.key = key;
        this.permission = permission;
    }

    /** Where the chain ends. */
    record Head(long sequence, byte[] mac) {}

    /** Where the chain is, and as whom it is written. */
    private record Place(String schema, boolean isOfRole) {}

    /**
     * Adds events at the end of the caller's transaction.
     *
     * @param connection of the transaction, which takes no lock after this
     * @param events in their order; there may be none
     * @return the head behind them
     */
    public Future<Head> append(SqlConnection connection, List<AuditEvent> events) {
        return asWriter(connection)
                .compose(place -> connection
                        .query("SELECT sequence, mac FROM " + place.schema + "audit_head FOR UPDATE")
                        .execute()
                        .map(AuditChain::head)
                        .compose(head -> append(connection, place, head, events))
                        .compose(head -> place.isOfRole
                                ? connection
                                        .query("SET LOCAL role TO DEFAULT")
                                        .execute()
                                        .map(head)
                                : Future.succeededFuture(head))
                        .compose(head -> permission.apply(connection).map(head)));
    }

    /** Takes the role that may only insert, where there is one. */
    private Future<Place> asWriter(SqlConnection connection) {
        return connection.preparedQuery(BECOME).execute().map(rows -> {
            for (Row row : rows) {
                return new Place(row.getString(0) + ".", true);
            }
            if (hasWarned.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "the audit is written without the role {0}", ROLE);
            }
            return new Place("", false);
        });
    }

    static Head head(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return new Head(row.getLong(0), row.getBuffer(1).getBytes());
    }

    private Future<Head> append(SqlConnection connection, Place place, Head before, List<AuditEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(before);
        }
        List<Tuple> rows = new ArrayList<>();
        Head head = before;
        for (AuditEvent event : events) {
            head = new Head(head.sequence + 1, mac(head.mac, head.sequence + 1, event));
            rows.add(Tuple.of(
                    head.sequence,
                    PgTime.at(event.at()),
                    event.kind(),
                    event.actor(),
                    event.detail(),
                    Buffer.buffer(head.mac)));
        }
        Head last = head;
        return connection
                .preparedQuery("INSERT INTO " + place.schema
                        + "audit (sequence, at, kind, actor, detail, mac) VALUES ($1, $2, $3, $4, $5, $6)")
                .executeBatch(rows)
                .compose(added -> connection
                        .preparedQuery("UPDATE " + place.schema + "audit_head SET sequence = $1, mac = $2")
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

    /**
     * Leaves events to be added by whichever gateway is the first; nobody waits for the head, and no key is needed.
     *
     * @param connection of the transaction that does what is audited
     * @param events in their order; there may be none
     * @return done when they are left
     */
    public static Future<?> pend(SqlConnection connection, List<AuditEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture();
        }
        return connection
                .preparedQuery("INSERT INTO audit_pending (at, kind, actor, detail) VALUES ($1, $2, $3, $4)")
                .executeBatch(events.stream()
                        .map(event -> Tuple.of(PgTime.at(event.at()), event.kind(), event.actor(), event.detail()))
                        .toList());
    }
}
