package io.passgate.store.issuing;

import io.passgate.registry.HealthRecord;
import io.passgate.store.PgTime;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entry as columns of its row, null where it has none of that name. */
record RecordColumns(
        short kind,
        @Nullable String product,
        @Nullable Short dose,
        @Nullable Short total,
        @Nullable LocalDate day,
        @Nullable LocalDate untilDay,
        @Nullable OffsetDateTime at,
        @Nullable String type,
        @Nullable String result,
        @Nullable String country,
        @Nullable Short year) {

    /** In the order that {@link #read} takes them. */
    static final String NAMES =
            "r.kind, r.product, r.dose, r.total, r.day, r.until_day, r.at, r.type, r.result, r.country, r.year";

    private static final short DELETED = 0;
    private static final short IMMUNIZATION = 1;
    private static final short RECOVERY = 2;
    private static final short TEST = 3;
    private static final short EXEMPTION = 4;
    private static final short BIRTH_YEAR = 5;

    static RecordColumns deleted() {
        return new RecordColumns(DELETED, null, null, null, null, null, null, null, null, null, null);
    }

    static RecordColumns of(HealthRecord healthRecord) {
        return switch (healthRecord) {
            case HealthRecord.Immunization(var product, var dose, var of, var date, var country) ->
                new RecordColumns(
                        IMMUNIZATION, product, (short) dose, (short) of, date, null, null, null, null, country, null);
            case HealthRecord.Recovery(var positiveOn, var releasedOn, var country) ->
                new RecordColumns(RECOVERY, null, null, null, positiveOn, releasedOn, null, null, null, country, null);
            case HealthRecord.Test(var type, var testedAt, var result, var country) ->
                new RecordColumns(TEST, null, null, null, null, null, PgTime.at(testedAt), type, result, country, null);
            case HealthRecord.Exemption(var until) ->
                new RecordColumns(EXEMPTION, null, null, null, null, until.orElse(null), null, null, null, null, null);
            case HealthRecord.BirthYear(var year) ->
                new RecordColumns(BIRTH_YEAR, null, null, null, null, null, null, null, null, null, (short) year);
        };
    }

    /** The entry whose columns begin at {@code first}; empty if there is none, or one of a kind to come. */
    static Optional<HealthRecord> read(Row row, int first) {
        Short kind = row.getShort(first);
        if (kind == null) {
            return Optional.empty();
        }
        return switch (kind) {
            case IMMUNIZATION ->
                Optional.of(new HealthRecord.Immunization(
                        row.getString(first + 1),
                        row.getShort(first + 2),
                        row.getShort(first + 3),
                        row.getLocalDate(first + 4),
                        row.getString(first + 9)));
            case RECOVERY ->
                Optional.of(new HealthRecord.Recovery(
                        row.getLocalDate(first + 4), row.getLocalDate(first + 5), row.getString(first + 9)));
            case TEST ->
                Optional.of(new HealthRecord.Test(
                        row.getString(first + 7),
                        row.getOffsetDateTime(first + 6).toInstant(),
                        row.getString(first + 8),
                        row.getString(first + 9)));
            case EXEMPTION -> Optional.of(new HealthRecord.Exemption(Optional.ofNullable(row.getLocalDate(first + 5))));
            case BIRTH_YEAR -> Optional.of(new HealthRecord.BirthYear(row.getShort(first + 10)));
            default -> Optional.empty();
        };
    }
}
