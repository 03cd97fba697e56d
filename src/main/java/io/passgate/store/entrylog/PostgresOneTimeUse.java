package io.passgate.store.entrylog;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.OneTimeUse.Answer;
import io.passgate.checkin.Visit;
import io.passgate.model.OpaqueId;
import io.passgate.store.PgTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One-time use by PostgreSQL: who inserts a pass's key first has it, unless the entry log knows of an earlier use. The
 * visit is written down in the same transaction.
 */
final class PostgresOneTimeUse {
    private final VisitTable table;

    PostgresOneTimeUse(VisitTable table) {
        this.table = table;
    }

    /** Uses them up; fails where PostgreSQL is out of reach, and nothing is used then. */
    Future<List<Answer>> use(List<CheckInAttempt> showings) {
        List<Visit> entries = showings.stream().map(CheckInAttempt::visit).toList();
        return table.withPartitions(
                entries, () -> table.pool().withTransaction(connection -> use(connection, showings, entries)));
    }

    private static Future<List<Answer>> use(
            SqlConnection connection, List<CheckInAttempt> showings, List<Visit> entries) {
        return claim(connection, showings)
                .compose(claimed -> holders(connection, showings))
                .compose(holders -> VisitTable.users(connection, entries).compose(users -> {
                    List<Answer> answers = new ArrayList<>(showings.size());
                    Map<OpaqueId, Visit> admitted = new LinkedHashMap<>();
                    for (CheckInAttempt checkInAttempt : showings) {
                        Answer answer = answer(checkInAttempt, holders.get(checkInAttempt.key()), users);
                        Visit visit = checkInAttempt.visit();
                        boolean isNew = answer == Answer.FIRST && admitted.putIfAbsent(visit.id(), visit) == null;
                        answers.add(answer == Answer.FIRST && !isNew ? Answer.AGAIN : answer);
                    }
                    return VisitTable.insert(connection, List.copyOf(admitted.values()))
                            .map(answers);
                }));
    }

    private static Answer answer(
            CheckInAttempt checkInAttempt, @Nullable OpaqueId holder, Map<OpaqueId, Set<OpaqueId>> users) {
        OpaqueId own = checkInAttempt.visit().id();
        Set<OpaqueId> others = users.getOrDefault(checkInAttempt.key(), Set.of());
        if (others.contains(own)) {
            return Answer.AGAIN;
        }
        return others.isEmpty() && holder != null && own.equals(holder) ? Answer.FIRST : Answer.USED;
    }

    /** In one order, so that no two transactions wait for each other. */
    private static Future<?> claim(SqlConnection connection, List<CheckInAttempt> showings) {
        List<CheckInAttempt> ordered = new ArrayList<>(showings);
        ordered.sort(Comparator.comparing(checkInAttempt -> VisitTable.uuid(checkInAttempt.key())));
        UUID[] keys = ordered.stream()
                .map(checkInAttempt -> VisitTable.uuid(checkInAttempt.key()))
                .toArray(UUID[]::new);
        UUID[] ids = ordered.stream()
                .map(checkInAttempt -> VisitTable.uuid(checkInAttempt.visit().id()))
                .toArray(UUID[]::new);
        OffsetDateTime[] ends = ordered.stream()
                .map(checkInAttempt -> PgTime.at(checkInAttempt.keptUntil()))
                .toArray(OffsetDateTime[]::new);
        return connection
                .preparedQuery("INSERT INTO fallback_use (key, entry_id, kept_until)"
                        + " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) ON CONFLICT DO NOTHING")
                .execute(Tuple.tuple().addArrayOfUUID(keys).addArrayOfUUID(ids).addArrayOfOffsetDateTime(ends));
    }

    private static Future<Map<OpaqueId, OpaqueId>> holders(SqlConnection connection, List<CheckInAttempt> showings) {
        UUID[] keys = showings.stream()
                .map(checkInAttempt -> VisitTable.uuid(checkInAttempt.key()))
                .toArray(UUID[]::new);
        return connection
                .preparedQuery("SELECT key, entry_id FROM fallback_use WHERE key = ANY ($1)")
                .execute(Tuple.tuple().addArrayOfUUID(keys))
                .map(rows -> {
                    Map<OpaqueId, OpaqueId> holders = new HashMap<>();
                    for (Row row : rows) {
                        holders.put(VisitTable.id(row.getUUID(0)), VisitTable.id(row.getUUID(1)));
                    }
                    return holders;
                });
    }

    /** Lets go of what nobody can show any more. */
    Future<?> forgetBefore(Instant now) {
        return table.pool()
                .preparedQuery("DELETE FROM fallback_use WHERE kept_until < $1")
                .execute(Tuple.of(PgTime.at(now)));
    }
}
