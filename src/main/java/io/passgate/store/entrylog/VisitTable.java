package io.passgate.store.entrylog;

import io.passgate.checkin.Visit;
import io.passgate.model.OpaqueId;
import io.passgate.store.PgTime;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The entry log in PostgreSQL, a partition a day. Whoever inserts, an entry is there once: it is known by its request.
 * Futures fail where PostgreSQL is out of reach.
 */
final class VisitTable {
    private static final String INSERT = "INSERT INTO entry_log (day, entry_id, facility, provider, pass_id, at)"
            + " SELECT * FROM unnest($1::date[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::timestamptz[])"
            + " ON CONFLICT DO NOTHING";

    /** No partition for the row. */
    private static final String CHECK_VIOLATION = "23514";

    /** Any fixed number: gateways make partitions one after the other. */
    private static final long PARTITIONS_LOCK = 0x706173736761L;

    private final Pool pool;

    VisitTable(Pool pool) {
        this.pool = pool;
    }

    Pool pool() {
        return pool;
    }

    /** Writes down what is not there yet. */
    Future<?> insert(List<Visit> entries) {
        return withPartitions(entries, () -> insert(pool, entries));
    }

    /** The same as a part of a transaction. */
    static Future<?> insert(SqlClient client, List<Visit> entries) {
        return client.preparedQuery(INSERT).execute(columns(entries));
    }

    /** What fails for want of a day's partition is done again when that has been made. */
    <T> Future<T> withPartitions(List<Visit> entries, Supplier<Future<T>> work) {
        return work.get()
                .recover(failed -> failed instanceof PgException refused
                                && CHECK_VIOLATION.equals(refused.getSqlState())
                        ? makePartitions(entries.stream().map(Visit::day).collect(Collectors.toSet()))
                                .compose(made -> work.get())
                        : Future.failedFuture(failed));
    }

    /** In one order, so that no two statements wait for each other. */
    private static Tuple columns(List<Visit> unordered) {
        List<Visit> entries = new ArrayList<>(unordered);
        entries.sort(Comparator.comparing(visit -> uuid(visit.id())));
        int size = entries.size();
        LocalDate[] days = new LocalDate[size];
        UUID[] ids = new UUID[size];
        String[] facilities = new String[size];
        String[] providers = new String[size];
        UUID[] passes = new UUID[size];
        OffsetDateTime[] instants = new OffsetDateTime[size];
        for (int i = 0; i < size; i++) {
            Visit visit = entries.get(i);
            days[i] = visit.day();
            ids[i] = uuid(visit.id());
            facilities[i] = visit.facility();
            providers[i] = visit.provider();
            passes[i] = uuid(visit.pass());
            instants[i] = PgTime.at(visit.at());
        }
        return Tuple.tuple()
                .addArrayOfLocalDate(days)
                .addArrayOfUUID(ids)
                .addArrayOfString(facilities)
                .addArrayOfString(providers)
                .addArrayOfUUID(passes)
                .addArrayOfOffsetDateTime(instants);
    }

    /** Of the passes and requests of these entries those that are there, each with the entries that used it. */
    Future<Map<OpaqueId, Set<OpaqueId>>> users(List<Visit> entries) {
        return users(pool, entries);
    }

    /** The same as a part of a transaction. */
    static Future<Map<OpaqueId, Set<OpaqueId>>> users(SqlClient client, List<Visit> entries) {
        LocalDate[] days = entries.stream().map(Visit::day).distinct().toArray(LocalDate[]::new);
        UUID[] ids = entries.stream().map(visit -> uuid(visit.id())).toArray(UUID[]::new);
        UUID[] passes = entries.stream().map(visit -> uuid(visit.pass())).toArray(UUID[]::new);
        return client.preparedQuery("SELECT entry_id, pass_id FROM entry_log WHERE day = ANY ($1)"
                        + " AND (entry_id = ANY ($2) OR pass_id = ANY ($3))")
                .execute(Tuple.tuple()
                        .addArrayOfLocalDate(days)
                        .addArrayOfUUID(ids)
                        .addArrayOfUUID(passes))
                .map(rows -> {
                    Map<OpaqueId, Set<OpaqueId>> users = new HashMap<>();
                    for (Row row : rows) {
                        OpaqueId entry = id(row.getUUID(0));
                        for (OpaqueId key : List.of(entry, id(row.getUUID(1)))) {
                            users.computeIfAbsent(key, first -> new HashSet<>()).add(entry);
                        }
                    }
                    return users;
                });
    }

    /** Makes what is missing of these days' partitions. */
    Future<?> makePartitions(Collection<LocalDate> days) {
        return pool.withTransaction(connection -> lockPartitions(connection).compose(locked -> {
            Future<?> all = Future.succeededFuture();
            for (LocalDate day : days) {
                all = all.compose(before -> makePartition(connection, day));
            }
            return all;
        }));
    }

    static Future<?> lockPartitions(SqlConnection connection) {
        return connection.preparedQuery("SELECT pg_advisory_xact_lock($1)").execute(Tuple.of(PARTITIONS_LOCK));
    }

    private static Future<?> makePartition(SqlConnection connection, LocalDate day) {
        String name = partition(day);
        return connection
                .query("SELECT to_regclass('" + name + "') IS NOT NULL")
                .execute()
                .compose(rows -> rows.iterator().next().getBoolean(0)
                        ? Future.succeededFuture()
                        : connection
                                .query("CREATE TABLE " + name + " PARTITION OF entry_log FOR VALUES FROM ('" + day
                                        + "') TO ('" + day.plusDays(1) + "')")
                                .execute()
                                .compose(made -> connection
                                        .query("CREATE UNIQUE INDEX " + name + "_entry ON " + name + " (entry_id)")
                                        .execute())
                                .compose(made -> connection
                                        .query("CREATE INDEX " + name + "_pass ON " + name + " (pass_id)")
                                        .execute()));
    }

    /** A partition's name: of digits and letters of ours only. */
    static String partition(LocalDate day) {
        return "entry_log_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    static UUID uuid(OpaqueId id) {
        ByteBuffer bytes = ByteBuffer.wrap(id.toByteArray());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    static OpaqueId id(UUID uuid) {
        return OpaqueId.of(ByteBuffer.allocate(OpaqueId.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }
}
