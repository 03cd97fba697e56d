package io.passgate.store.audit;

import io.passgate.store.BlockingCalls;
import io.passgate.store.DatabaseSettings;
import io.passgate.store.StoreException;
import io.passgate.store.StoreObserver;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Goes through the audit and tells every place where it is not as it was written. For threads that may wait. */
public final class AuditCheck implements AutoCloseable {
    private static final int PAGE = 1_000;

    /** To sort a long table whose index is gone. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** An instant out of all reason is none, rather than a query that fails; a MAC that is none fits nothing. */
    private static final String READ = "SELECT coalesce(sequence, 0), CASE WHEN at >= '1970-01-01 00:00Z'"
            + " AND at < '9999-01-01 00:00Z' THEN (extract(epoch FROM at) * 1000000)::bigint END, kind, actor, detail,"
            + " CASE WHEN length(mac) = " + AuditChain.MAC_BYTES + " THEN mac ELSE decode(repeat('00', "
            + AuditChain.MAC_BYTES + "), 'hex') END FROM audit ORDER BY sequence";

    private final Pool pool;
    private final BlockingCalls blockingCalls;
    private final AuditChain chain;

    /** What does not fit. */
    public sealed interface Fault {
        /**
         * The row is not as it was written, or not behind the one before.
         *
         * @param sequence its number; 0 or less is none that a row was ever given
         */
        record Edited(long sequence) implements Fault {}

        /**
         * Rows are missing.
         *
         * @param first the first missing number
         * @param last the last missing number
         */
        record Gap(long first, long last) implements Fault {}

        /**
         * There are two rows of one number.
         *
         * @param sequence that number
         */
        record Fork(long sequence) implements Fault {}

        /**
         * The end is missing.
         *
         * @param first the first missing number
         */
        record CutTail(long first) implements Fault {}

        /**
         * The head's row does not say where the chain ends.
         *
         * @param sequence the number that it says
         */
        record HeadMoved(long sequence) implements Fault {}

        /**
         * A head that was written elsewhere is not in the chain.
         *
         * @param sequence the number that it has there
         */
        record HeadUnknown(long sequence) implements Fault {}
    }

    /**
     * A head that was written elsewhere.
     *
     * @param sequence the number of the row that was the last one then
     * @param mac of that row: 32 bytes, not copied
     */
    public record Recorded(long sequence, byte[] mac) {}

    /**
     * What the chain came to.
     *
     * @param entries how many rows there are
     * @param last the number of the last one, 0 where there is none
     */
    public record Summary(long entries, long last) {}

    /**
     * Sets up a check with a connection of its own. Nothing is asked yet.
     *
     * @param vertx the caller's to close, after this
     * @param database where the audit is
     * @param key under which it was written
     */
    public AuditCheck(Vertx vertx, DatabaseSettings database, AuditKey key) {
        pool = PgBuilder.pool()
                .with(database.poolOptions().setMaxSize(1))
                .connectingTo(database.connectOptions())
                .using(vertx)
                .build();
        blockingCalls = new BlockingCalls(StoreObserver.Store.POSTGRESQL, PATIENCE, StoreObserver.NONE);
        chain = new AuditChain(key);
    }

    /** The walk from the first row to the last. */
    private static final class Walk {
        final Map<Long, byte[]> recorded = new HashMap<>();
        final Consumer<Fault> faults;
        long entries;
        long last;
        byte[] mac = new byte[AuditChain.MAC_BYTES];
        byte[] before = new byte[AuditChain.MAC_BYTES];

        Walk(Consumer<Fault> faults) {
            this.faults = faults;
        }
    }

    /**
     * Checks the whole chain.
     *
     * @param heads that were written elsewhere while the chain grew, in any order
     * @param faults told of each fault when it is found, on this thread
     * @return how long the chain is
     * @throws StoreException if PostgreSQL is out of reach
     */
    public Summary check(List<Recorded> heads, Consumer<Fault> faults) {
        Walk walk = new Walk(faults);
        heads.stream().filter(head -> head.sequence > 0).forEach(head -> {
            byte[] other = walk.recorded.putIfAbsent(head.sequence, head.mac);
            if (other != null && !Arrays.equals(other, head.mac)) {
                faults.accept(new Fault.HeadUnknown(head.sequence));
            }
        });
        SqlConnection connection = blockingCalls.await("audit", pool::getConnection);
        try {
            return check(connection, walk);
        } finally {
            var _ = connection.close();
        }
    }

    /** All of it as of one moment: the gateways go on writing meanwhile. */
    private Summary check(SqlConnection connection, Walk walk) {
        var _ = blockingCalls.await("audit", connection::begin);
        for (String setting : List.of(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
                "SET LOCAL statement_timeout = " + PATIENCE.toMillis())) {
            var _ = blockingCalls.await("audit", () -> connection.query(setting).execute());
        }
        AuditChain.Head head = blockingCalls.await(
                "audit",
                () -> connection
                        .query("SELECT sequence, mac FROM audit_head")
                        .execute()
                        .map(AuditChain::head));
        Cursor cursor =
                blockingCalls.await("audit", () -> connection.prepare(READ)).cursor();
        do {
            blockingCalls.await("audit", () -> cursor.read(PAGE)).forEach(row -> step(walk, row));
        } while (cursor.hasMore());
        end(walk, head);
        return new Summary(walk.entries, walk.last);
    }

    private void step(Walk walk, Row row) {
        long sequence = row.getLong(0);
        byte[] mac = row.getBuffer(5).getBytes();
        walk.entries++;
        if (sequence < 1) {
            walk.faults.accept(new Fault.Edited(sequence));
            return;
        }
        boolean isSecond = sequence == walk.last;
        if (isSecond) {
            walk.faults.accept(new Fault.Fork(sequence));
        } else {
            walk.before = walk.mac;
        }
        boolean followsGap = sequence > walk.last + 1;
        if (followsGap) {
            walk.faults.accept(new Fault.Gap(walk.last + 1, sequence - 1));
        } else if (!isAsWritten(walk.before, sequence, row, mac)) {
            walk.faults.accept(new Fault.Edited(sequence));
        }
        byte[] head = walk.recorded.get(sequence);
        if (head != null && Arrays.equals(head, mac)) {
            walk.recorded.remove(sequence);
        }
        walk.last = sequence;
        walk.mac = mac;
    }

    /** A value that nobody wrote, such as none at all, is told as any other edit. */
    private boolean isAsWritten(byte[] before, long sequence, Row row, byte[] mac) {
        Long atMicros = row.getLong(1);
        String kind = row.getString(2);
        String actor = row.getString(3);
        String detail = row.getString(4);
        if (atMicros == null || kind == null || actor == null || detail == null) {
            return false;
        }
        Instant at = Instant.EPOCH.plus(atMicros, ChronoUnit.MICROS);
        return Arrays.equals(mac, chain.mac(before, sequence, new AuditEvent(at, kind, actor, detail)));
    }

    private static void end(Walk walk, AuditChain.Head head) {
        if (head.sequence() > walk.last) {
            walk.faults.accept(new Fault.CutTail(walk.last + 1));
        } else if (head.sequence() < walk.last || !Arrays.equals(head.mac(), walk.mac)) {
            walk.faults.accept(new Fault.HeadMoved(head.sequence()));
        }
        walk.recorded.keySet().stream()
                .sorted()
                .forEach(sequence -> walk.faults.accept(
                        sequence > walk.last ? new Fault.CutTail(walk.last + 1) : new Fault.HeadUnknown(sequence)));
    }

    @Override
    public void close() {
        var _ = pool.close();
    }
}
