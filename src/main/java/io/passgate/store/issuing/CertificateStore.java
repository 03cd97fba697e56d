package io.passgate.store.issuing;

import io.passgate.issuance.IssuedCertificates;
import io.passgate.model.OpaqueId;
import io.passgate.store.PgTime;
import io.passgate.store.feed.OutboxWriter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** What it takes to revoke the wallet certificates, in PostgreSQL. */
final class CertificateStore implements IssuedCertificates {
    private final OutboxWriter feed;
    private final CertificateRevoker revoker;

    CertificateStore(OutboxWriter feed, CertificateRevoker revoker) {
        this.feed = feed;
        this.revoker = revoker;
    }

    @Override
    public Future<Boolean> keep(OpaqueId consent, List<Issued> certificates) {
        return feed.transaction(connection -> stillHolds(connection, consent, certificates)
                .compose(holds -> holds
                        ? insert(connection, consent, certificates)
                        : Future.succeededFuture(OutboxWriter.Done.of(false))));
    }

    /**
     * In the order that changes take them, the rows stay locked until the certificates are kept, and a change after
     * that finds them.
     */
    private static Future<Boolean> stillHolds(SqlConnection connection, OpaqueId consent, List<Issued> certificates) {
        Long[] records =
                certificates.stream().map(issued -> issued.record().id()).toArray(Long[]::new);
        Integer[] revisions =
                certificates.stream().map(issued -> issued.record().revision()).toArray(Integer[]::new);
        int shown = certificates.stream()
                .mapToInt(issued -> 1 << issued.consentScope().ordinal())
                .reduce(0, (a, b) -> a | b);
        return connection
                .preparedQuery("SELECT FROM record JOIN unnest($1::bigint[], $2::integer[]) AS given (id, revision)"
                        + " ON record.id = given.id AND record.revision = given.revision"
                        + " ORDER BY record.registrar, record.reference FOR SHARE OF record")
                .execute(Tuple.tuple().addArrayOfLong(records).addArrayOfInteger(revisions))
                .compose(there -> there.size() < records.length
                        ? Future.succeededFuture(false)
                        : connection
                                .preparedQuery("SELECT FROM consent WHERE id = $1 AND scope & $2 = $2 FOR SHARE")
                                .execute(Tuple.of(ConsentStore.buffer(consent), (short) shown))
                                .map(rows -> rows.size() == 1));
    }

    private static Future<OutboxWriter.Done<Boolean>> insert(
            SqlConnection connection, OpaqueId consent, List<Issued> certificates) {
        List<Tuple> rows = certificates.stream()
                .map(issued -> Tuple.of(
                        ConsentStore.buffer(issued.id()),
                        ConsentStore.buffer(consent),
                        issued.record().id(),
                        (short) issued.consentScope().ordinal(),
                        Buffer.buffer(issued.uciHash()),
                        PgTime.at(issued.expiresAt())))
                .toList();
        return connection
                .preparedQuery("INSERT INTO certificate (id, consent, record, shown, uci_hash, expires_at)"
                        + " VALUES ($1, $2, $3, $4, $5, $6)")
                .executeBatch(rows)
                .map(OutboxWriter.Done.of(true));
    }

    @Override
    public Future<Boolean> revoke(String provider, OpaqueId id) {
        return feed.transaction(connection -> revoker.revoke(
                        connection,
                        "id = $1 AND consent IN (SELECT id FROM consent WHERE provider = $2)",
                        Tuple.of(ConsentStore.buffer(id), provider))
                .map(changes -> new OutboxWriter.Done<>(!changes.isEmpty(), changes)));
    }
}
