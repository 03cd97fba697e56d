package io.passgate.store.issuing;

import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationKey;
import io.passgate.revocation.RevocationKind;
import io.passgate.store.PgTime;
import io.passgate.store.changelog.Change;
import io.passgate.store.changelog.LogPosition;
import io.passgate.store.feed.OutboxWriter;
import io.passgate.store.feed.RevocationTable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Revokes wallet certificates in the transaction that takes away what they were made of. */
final class CertificateRevoker {
    private final OutboxWriter feed;

    CertificateRevoker(OutboxWriter feed) {
        this.feed = feed;
    }

    /**
     * Revokes every certificate in force of which {@code which} holds, and records that. The head is locked only if
     * there is one.
     *
     * @param which a condition on the table certificate, with the parameters from $1 on
     * @return the changes that were recorded
     */
    Future<List<Change>> revoke(SqlConnection connection, String which, Tuple parameters) {
        String inForce = " WHERE revoked_at IS NULL AND " + which;
        return connection
                .preparedQuery("SELECT EXISTS (SELECT FROM certificate" + inForce + ")")
                .execute(parameters)
                .compose(rows -> rows.iterator().next().getBoolean(0)
                        ? feed.lockHead(connection).compose(head -> revokeUnder(connection, head, inForce, parameters))
                        : Future.succeededFuture(List.of()));
    }

    private Future<List<Change>> revokeUnder(
            SqlConnection connection, LogPosition head, String inForce, Tuple parameters) {
        OffsetDateTime now = PgTime.at(feed.clock().instant());
        Tuple withNow = Tuple.tuple();
        for (int i = 0; i < parameters.size(); i++) {
            withNow.addValue(parameters.getValue(i));
        }
        withNow.addOffsetDateTime(now);
        return connection
                .preparedQuery("UPDATE certificate SET revoked_at = $" + withNow.size() + inForce
                        + " RETURNING uci_hash, expires_at")
                .execute(withNow)
                .compose(rows -> {
                    List<Revocation> revoked = new ArrayList<>();
                    rows.forEach(row -> revoked.add(revocation(
                            row.getBuffer(0), row.getOffsetDateTime(1).toInstant())));
                    List<Change> changes = changes(revoked);
                    return RevocationTable.insert(connection, revoked)
                            .compose(inserted -> feed.record(connection, head, changes))
                            .map(changes);
                });
    }

    private static Revocation revocation(Buffer uciHash, Instant expiresAt) {
        RevocationKey key =
                new RevocationKey(RevocationKind.UCI, RevocationHash.of(uciHash.getBytes()), Optional.empty());
        return new Revocation(key, expiresAt);
    }

    private static List<Change> changes(List<Revocation> revoked) {
        List<Change> changes = new ArrayList<>();
        for (int from = 0; from < revoked.size(); from += Change.MAX_ITEMS) {
            int to = Math.min(revoked.size(), from + Change.MAX_ITEMS);
            changes.add(new Change.RevocationsAdded(revoked.subList(from, to)));
        }
        return changes;
    }
}
