package io.passgate.store.issuing;

import io.passgate.model.Slice;
import io.passgate.registry.RecordChange;
import io.passgate.registry.Registry;
import io.passgate.store.changelog.Change;
import io.passgate.store.feed.OutboxWriter;
import io.passgate.store.secret.FingerprintTable;
import io.passgate.store.secret.SecretFingerprint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The records in PostgreSQL. */
final class RecordStore implements Registry {
    /** One row a record, the references in order so that no two requests wait for each other. */
    private static final String TAKE = """
            INSERT INTO record (registrar, reference, revision, digest, holder, kind, product, dose, total, day,
                until_day, at, type, result, country, year)
            SELECT $1, given.* FROM unnest($2::text[], $3::integer[], $4::bytea[], $5::bytea[], $6::smallint[],
                $7::text[], $8::smallint[], $9::smallint[], $10::date[], $11::date[], $12::timestamptz[], $13::text[],
                $14::text[], $15::text[], $16::smallint[]) AS given (reference)
            ORDER BY given.reference
            ON CONFLICT (registrar, reference) DO UPDATE SET revision = EXCLUDED.revision, digest = EXCLUDED.digest,
                holder = EXCLUDED.holder, kind = EXCLUDED.kind, product = EXCLUDED.product, dose = EXCLUDED.dose,
                total = EXCLUDED.total, day = EXCLUDED.day, until_day = EXCLUDED.until_day, at = EXCLUDED.at,
                type = EXCLUDED.type, result = EXCLUDED.result, country = EXCLUDED.country, year = EXCLUDED.year
            WHERE record.revision < EXCLUDED.revision
            RETURNING reference, id, xmax = 0""";

    private static final String KEPT =
            "SELECT reference, revision, digest FROM record WHERE registrar = $1 AND reference = ANY ($2)";

    private final OutboxWriter feed;
    private final CertificateRevoker certificates;
    private final SecretFingerprint pepper;

    /** @param pepper that holders come by */
    RecordStore(OutboxWriter feed, CertificateRevoker certificates, SecretFingerprint pepper) {
        this.feed = feed;
        this.certificates = certificates;
        this.pepper = pepper;
    }

    /** A record's row as it was written. */
    private record Taken(long id, boolean isNew) {}

    @Override
    public Future<List<RecordChange.Outcome>> apply(String registrar, List<RecordChange> changes) {
        return feed.transaction(connection -> FingerprintTable.require(connection, pepper)
                .compose(known -> connection.preparedQuery(TAKE).execute(row(registrar, changes)))
                .map(RecordStore::taken)
                .compose(taken -> outcomes(connection, registrar, changes, taken)
                        .compose(outcomes ->
                                revoke(connection, taken).map(revoked -> new OutboxWriter.Done<>(outcomes, revoked)))));
    }

    private static Map<String, Taken> taken(RowSet<Row> rows) {
        Map<String, Taken> taken = new HashMap<>();
        rows.forEach(row -> taken.put(row.getString(0), new Taken(row.getLong(1), row.getBoolean(2))));
        return taken;
    }

    private Future<List<Change>> revoke(SqlConnection connection, Map<String, Taken> taken) {
        Long[] corrected =
                taken.values().stream().filter(row -> !row.isNew).map(Taken::id).toArray(Long[]::new);
        return corrected.length == 0
                ? Future.succeededFuture(List.of())
                : certificates.revoke(connection, "record = ANY ($1)", Tuple.of(corrected));
    }

    /** What was not taken was there: in a later revision, in the same one, or in the same one with another content. */
    private Future<List<RecordChange.Outcome>> outcomes(
            SqlConnection connection, String registrar, List<RecordChange> changes, Map<String, Taken> taken) {
        String[] left = changes.stream()
                .map(RecordChange::reference)
                .filter(reference -> !taken.containsKey(reference))
                .toArray(String[]::new);
        Future<Map<String, Row>> kept = left.length == 0
                ? Future.succeededFuture(Map.of())
                : connection
                        .preparedQuery(KEPT)
                        .execute(Tuple.of(registrar).addArrayOfString(left))
                        .map(rows -> {
                            Map<String, Row> byReference = new HashMap<>();
                            rows.forEach(row -> byReference.put(row.getString(0), row));
                            return byReference;
                        });
        return kept.map(rows -> changes.stream()
                .map(change -> outcome(
                        change,
                        Optional.ofNullable(taken.get(change.reference())),
                        Optional.ofNullable(rows.get(change.reference()))))
                .toList());
    }

    private static RecordChange.Outcome outcome(RecordChange change, Optional<Taken> taken, Optional<Row> kept) {
        if (taken.isPresent()) {
            if (change.content().isEmpty()) {
                return RecordChange.Outcome.DELETED;
            }
            return taken.get().isNew ? RecordChange.Outcome.CREATED : RecordChange.Outcome.CORRECTED;
        }
        boolean conflicts = kept.filter(row -> row.getInteger(1) == change.revision()
                        && !Slice.of(row.getBuffer(2).getBytes()).equals(change.digest()))
                .isPresent();
        return conflicts ? RecordChange.Outcome.CONFLICT : RecordChange.Outcome.UNCHANGED;
    }

    private static Tuple row(String registrar, List<RecordChange> changes) {
        List<RecordColumns> columns = changes.stream()
                .map(change -> change.content()
                        .map(content -> RecordColumns.of(content.healthRecord()))
                        .orElseGet(RecordColumns::deleted))
                .toList();
        return Tuple.tuple()
                .addString(registrar)
                .addValue(array(changes, RecordChange::reference, String[]::new))
                .addValue(array(changes, RecordChange::revision, Integer[]::new))
                .addValue(array(changes, change -> Buffer.buffer(change.digest().toByteArray()), Buffer[]::new))
                .addValue(array(
                        changes,
                        change -> change.content()
                                .map(content -> Buffer.buffer(content.holder().toByteArray()))
                                .orElse(null),
                        Buffer[]::new))
                .addValue(array(columns, RecordColumns::kind, Short[]::new))
                .addValue(array(columns, RecordColumns::product, String[]::new))
                .addValue(array(columns, RecordColumns::dose, Short[]::new))
                .addValue(array(columns, RecordColumns::total, Short[]::new))
                .addValue(array(columns, RecordColumns::day, LocalDate[]::new))
                .addValue(array(columns, RecordColumns::untilDay, LocalDate[]::new))
                .addValue(array(columns, RecordColumns::at, OffsetDateTime[]::new))
                .addValue(array(columns, RecordColumns::type, String[]::new))
                .addValue(array(columns, RecordColumns::result, String[]::new))
                .addValue(array(columns, RecordColumns::country, String[]::new))
                .addValue(array(columns, RecordColumns::year, Short[]::new));
    }

    private static <T, V> V[] array(List<T> items, Function<T, @Nullable V> value, IntFunction<V[]> array) {
        List<V> values = new ArrayList<>();
        items.forEach(item -> values.add(value.apply(item)));
        return values.toArray(array.apply(0));
    }
}
