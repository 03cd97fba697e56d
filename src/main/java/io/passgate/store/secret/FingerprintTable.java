package io.passgate.store.secret;

import io.passgate.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** The fingerprints in PostgreSQL. */
public final class FingerprintTable {
    private static final String FIND = "SELECT fingerprint FROM secret_fingerprint WHERE purpose = $1";
    private static final String HOLD = FIND + " FOR SHARE";
    private static final String LEAVE = "INSERT INTO secret_fingerprint (purpose, fingerprint) VALUES ($1, $2)"
            + " ON CONFLICT (purpose) DO NOTHING";

    private FingerprintTable() {}

    /**
     * Fails with a {@link StoreException} unless the database knows this very secret. In a transaction that writes by
     * it, nothing is written by another one, however late a gateway learns that it has another.
     *
     * @param client a connection with the transaction, or a pool
     * @param own of the secret that this gateway has; where the database knows none of its purpose it gets to know it
     * @return done when the database knows it
     */
    public static Future<?> require(SqlClient client, SecretFingerprint own) {
        return require(client, own, FIND);
    }

    /**
     * As {@link #require}, and no other secret is adopted before the transaction is over.
     *
     * @param client a connection with the transaction
     * @param own of the secret that this gateway has; where the database knows none of its purpose it gets to know it
     * @return done when the database knows it
     */
    public static Future<?> requireAndHold(SqlClient client, SecretFingerprint own) {
        return require(client, own, HOLD);
    }

    private static Future<?> require(SqlClient client, SecretFingerprint own, String find) {
        return isKnown(client, own, find)
                .compose(isKnown -> isKnown
                        ? Future.succeededFuture()
                        : Future.failedFuture(new StoreException(
                                "the " + own.purpose().title() + " is not the one that the database knows")));
    }

    /** Whether the database knows this very secret. Where it knows none it gets to know this one. */
    static Future<Boolean> isKnown(SqlClient client, SecretFingerprint own) {
        return isKnown(client, own, FIND);
    }

    private static Future<Boolean> isKnown(SqlClient client, SecretFingerprint own, String find) {
        return find(client, own.purpose(), find)
                .compose(known -> known.isPresent()
                        ? Future.succeededFuture(known)
                        : client.preparedQuery(LEAVE)
                                .execute(Tuple.of(own.purpose().code(), buffer(own)))
                                .compose(left -> find(client, own.purpose(), find)))
                .map(known -> known.filter(buffer(own)::equals).isPresent());
    }

    /** What the database knows, if anything. */
    static Future<Optional<Buffer>> find(SqlClient client, SecretPurpose purpose) {
        return find(client, purpose, FIND);
    }

    private static Future<Optional<Buffer>> find(SqlClient client, SecretPurpose purpose, String find) {
        return client.preparedQuery(find).execute(Tuple.of(purpose.code())).map(rows -> {
            RowIterator<Row> all = rows.iterator();
            return all.hasNext() ? Optional.of(all.next().getBuffer(0)) : Optional.empty();
        });
    }

    static Buffer buffer(SecretFingerprint own) {
        return Buffer.buffer(own.value().toByteArray());
    }
}
