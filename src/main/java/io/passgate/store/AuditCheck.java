package io.passgate.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Goes through the audit and tells every place where it is not as it was written. For threads that may wait. */
public final class AuditCheck implements AutoCloseable {
    private static final int PAGE = 1_000;

    private final Pool pool;
    private final Calls calls;
    private final AuditChain chain;

    /** What does not fit. */
    public sealed interface Fault {
        /** The row is not as it was written, or not behind the one before. */
        record Edited(long sequence) implements Fault {}

        /** Rows are missing. */
        record Gap(long first, long last) implements Fault {}

        /** There are two rows of the number. */
        record Fork(long sequence) implements Fault {}

        /** The end is missing from this number on. */
        record CutTail(long first) implements Fault {}

        /** The head's row does not say where the chain ends. */
        record HeadMoved(long sequence) implements Fault {}

        /** A head that was written elsewhere is not in the chain. */
        record HeadUnknown(long sequence) implements Fault {}
    }

    /** A head that was written elsewhere. */
    public record Recorded(long sequence, byte[] mac) {}

    /** What the chain came to. */
    public record Summary(long entries, long last) {}

    public AuditCheck(Vertx vertx, DatabaseSettings database, AuditKey key) {
        pool = PgBuilder.pool()
                .with(database.poolOptions())
                .connectingTo(database.connectOptions())
                .using(vertx)
                .build();
        calls = new Calls(StoreObserver.Store.POSTGRESQL, database.timeout(), StoreObserver.NONE);
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
     * @param heads that were written elsewhere while the chain grew
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
        RowSet<Row> page = page(0, new byte[0]);
        while (page.size() > 0) {
            Row end = null;
            for (Row row : page) {
                step(walk, row);
                end = row;
            }
            page = end == null ? page : page(end.getLong(0), end.getBuffer(5).getBytes());
        }
        end(walk);
        return new Summary(walk.entries, walk.last);
    }

    private RowSet<Row> page(long sequence, byte[] mac) {
        return calls.await(
                "audit",
                () -> pool.preparedQuery("SELECT sequence, at, kind, actor, detail, mac FROM audit"
                                + " WHERE (sequence, mac) > ($1, $2) ORDER BY sequence, mac LIMIT $3")
                        .execute(Tuple.of(sequence, Buffer.buffer(mac), PAGE)));
    }

    private void step(Walk walk, Row row) {
        long sequence = row.getLong(0);
        byte[] mac = row.getBuffer(5).getBytes();
        AuditEvent event = new AuditEvent(
                row.getOffsetDateTime(1).toInstant(), row.getString(2), row.getString(3), row.getString(4));
        walk.entries++;
        boolean isSecond = sequence == walk.last;
        if (isSecond) {
            walk.faults.accept(new Fault.Fork(sequence));
        } else {
            walk.before = walk.mac;
        }
        boolean followsGap = sequence > walk.last + 1;
        if (followsGap) {
            walk.faults.accept(new Fault.Gap(walk.last + 1, sequence - 1));
        } else if (!Arrays.equals(mac, chain.mac(walk.before, sequence, event))) {
            walk.faults.accept(new Fault.Edited(sequence));
        }
        byte[] head = walk.recorded.get(sequence);
        if (head != null && Arrays.equals(head, mac)) {
            walk.recorded.remove(sequence);
        }
        walk.last = sequence;
        walk.mac = mac;
    }

    private void end(Walk walk) {
        AuditChain.Head head = calls.await(
                "audit",
                () -> pool.query("SELECT sequence, mac FROM audit_head")
                        .execute()
                        .compose(rows -> Future.succeededFuture(AuditChain.head(rows))));
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
        var unused = pool.close();
    }
}
