package io.passgate.store.entrylog;

import io.passgate.model.Korea;
import io.passgate.store.BlockingCalls;
import io.passgate.store.ReconnectingRedisConnection;
import io.passgate.store.StoreException;
import io.passgate.store.audit.AuditChain;
import io.passgate.store.audit.AuditEvent;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Keeps the entry log for {@link #DAYS} days and no longer: drops what is older wherever it may lie, and makes room for
 * the days to come. By a clock that nobody has confirmed nothing is dropped. One thread.
 */
final class Retention {
    /** Days that are kept, today among them. */
    static final int DAYS = 28;

    private static final Logger LOG = System.getLogger(Retention.class.getName());
    private static final String PREFIX = "entry_log_";

    /** Who has done this day's rewriting; another day is another key. */
    private static final String REWRITTEN = "passgate:rewritten:";

    private static final long REWRITTEN_KEPT_MS = 86_400_000;

    private final VisitTable table;
    private final BlockingCalls postgresqlCalls;
    private final ReconnectingRedisConnection redis;
    private final BlockingCalls redisCalls;
    private final Optional<EntryWriteAheadFile> spool;
    private final InstantSource clock;
    private final BooleanSupplier isClockRight;
    private volatile boolean hasPurged;

    /** @param isClockRight whether a store has confirmed this gateway's clock */
    Retention(
            VisitTable table,
            BlockingCalls postgresqlCalls,
            Redis redis,
            BlockingCalls redisCalls,
            Optional<EntryWriteAheadFile> spool,
            InstantSource clock,
            BooleanSupplier isClockRight) {
        this.table = table;
        this.postgresqlCalls = postgresqlCalls;
        this.redis = new ReconnectingRedisConnection(redis);
        this.redisCalls = redisCalls;
        this.spool = spool;
        this.clock = clock;
        this.isClockRight = isClockRight;
    }

    LocalDate today() {
        return Korea.dayOf(clock.instant());
    }

    /** The first day that is kept. */
    LocalDate firstKept() {
        return today().minusDays(DAYS - 1);
    }

    /** Whether nothing older has been left since this process started; before that nothing is told of the log. */
    boolean hasPurged() {
        return hasPurged;
    }

    /** @throws StoreException if a store is out of reach */
    void round() {
        if (!isClockRight.getAsBoolean()) {
            return;
        }
        LocalDate today = today();
        LocalDate first = firstKept();
        spool.ifPresent(lines -> lines.purge(first).onSuccess(gone -> {
            if (gone > 0) {
                LOG.log(Level.INFO, "{0} entries of the spool were purged", gone);
            }
        }));
        List<String> dropped = postgresqlCalls.await("purge", () -> drop(first));
        dropped.forEach(name -> LOG.log(Level.INFO, "the entry log''s partition {0} was purged", name));
        var _ = postgresqlCalls.await(
                "purge",
                () -> table.makePartitions(
                        Stream.of(-1, 0, 1, 2).map(today::plusDays).toList()));
        hasPurged = true;
        trim(first);
        rewrite(today);
    }

    /** One transaction: the partitions and what is said of it in the audit. */
    private Future<List<String>> drop(LocalDate first) {
        return table.pool()
                .withTransaction(connection -> VisitTable.lockPartitions(connection)
                        .compose(locked -> connection
                                .preparedQuery(
                                        "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
                                                + " WHERE inhparent = 'entry_log'::regclass AND relname < $1"
                                                + " ORDER BY relname")
                                .execute(Tuple.of(PREFIX + first.format(DateTimeFormatter.BASIC_ISO_DATE))))
                        .compose(rows -> {
                            List<String> names = new ArrayList<>();
                            for (Row row : rows) {
                                names.add(row.getString(0));
                            }
                            return drop(connection, names).map(names);
                        }));
    }

    private Future<?> drop(SqlConnection connection, List<String> names) {
        if (names.isEmpty()) {
            return Future.succeededFuture();
        }
        return connection
                .query("DROP TABLE " + String.join(", ", names))
                .execute()
                .compose(dropped -> AuditChain.pend(
                        connection,
                        List.of(AuditEvent.of(
                                AuditEvent.Kind.PURGE,
                                clock.instant(),
                                AuditEvent.GATEWAY,
                                Map.of("partitions", String.join(" ", names))))));
    }

    /** Entries that no gateway has carried over for weeks. */
    private void trim(LocalDate first) {
        long firstMs = first.atStartOfDay(Korea.ZONE).toInstant().toEpochMilli();
        var _ = redisCalls.await("purge", () -> {
            List<Future<?>> all = new ArrayList<>();
            for (int shard = 0; shard < OneTimeKeys.SHARDS; shard++) {
                all.add(redis.send(Request.cmd(Command.XTRIM)
                        .arg(OneTimeKeys.entries(shard))
                        .arg("MINID")
                        .arg(firstMs)));
            }
            return Future.join(all);
        });
    }

    /**
     * Once a day what Redis has deleted leaves its append-only file as well. In a cluster it does so on one node only.
     */
    private void rewrite(LocalDate today) {
        boolean isMine = redisCalls.await(
                        "purge",
                        () -> redis.send(Request.cmd(Command.SET)
                                .arg(REWRITTEN + today)
                                .arg("1")
                                .arg("NX")
                                .arg("PX")
                                .arg(REWRITTEN_KEPT_MS)))
                != null;
        if (isMine) {
            rewriteNow(REWRITTEN + today);
        }
    }

    /** Redis refuses while it is rewriting already, maybe without what was just deleted: the next round tries again. */
    private void rewriteNow(String duty) {
        try {
            var _ = redisCalls.await("purge", () -> redis.send(Request.cmd(Command.BGREWRITEAOF)));
        } catch (StoreException refused) {
            var _ = redisCalls.await(
                    "purge", () -> redis.send(Request.cmd(Command.DEL).arg(duty)));
            throw refused;
        }
    }

    void close() {
        redis.close();
    }
}
