package io.passgate.store.feed;

import io.passgate.model.Kid;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationKey;
import io.passgate.revocation.RevocationKind;
import io.passgate.store.PgTime;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The revocations in PostgreSQL. */
public final class RevocationTable {
    private RevocationTable() {}

    /**
     * Inserts distinct entries; one that is there gets the new expiry.
     *
     * @param connection of a transaction that also records the change
     * @param entries of which no two have one key
     * @return rows of id, hash, kind, KID
     */
    public static Future<RowSet<Row>> insert(SqlConnection connection, List<Revocation> entries) {
        return connection
                .preparedQuery("INSERT INTO revocation (hash, kind, kid, expires_at)"
                        + " SELECT * FROM unnest($1::bytea[], $2::smallint[], $3::bytea[], $4::timestamptz[])"
                        + " ON CONFLICT (hash, kind, kid) DO UPDATE SET expires_at = EXCLUDED.expires_at"
                        + " RETURNING id, hash, kind, kid")
                .execute(Tuple.of(
                        column(
                                entries,
                                entry -> Buffer.buffer(entry.key().hash().toByteArray()),
                                Buffer[]::new),
                        column(entries, entry -> (short) entry.key().kind().ordinal(), Short[]::new),
                        column(entries, entry -> kid(entry.key().kid()), Buffer[]::new),
                        column(entries, entry -> PgTime.at(entry.expiresAt()), OffsetDateTime[]::new)));
    }

    private static <T> T[] column(List<Revocation> entries, Function<Revocation, T> value, IntFunction<T[]> array) {
        return entries.stream().map(value).toArray(array);
    }

    private static Buffer kid(Optional<Kid> kid) {
        return Buffer.buffer(kid.map(Kid::toByteArray).orElse(new byte[0]));
    }

    /** The key whose hash, kind and KID begin at {@code column}. */
    static RevocationKey key(Row row, int column) {
        byte[] kid = row.getBuffer(column + 2).getBytes();
        return new RevocationKey(
                RevocationKind.values()[row.getShort(column + 1)],
                RevocationHash.of(row.getBuffer(column).getBytes()),
                kid.length == 0 ? Optional.empty() : Optional.of(Kid.of(kid)));
    }
}
