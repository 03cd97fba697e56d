package io.passgate.store.issuing;

import io.passgate.dpop.DeviceKey;
import io.passgate.issuance.ConsentScope;
import io.passgate.issuance.Consents;
import io.passgate.model.OpaqueId;
import io.passgate.registry.Holder;
import io.passgate.store.PgTime;
import io.passgate.store.audit.AuditChain;
import io.passgate.store.audit.AuditEvent;
import io.passgate.store.feed.OutboxWriter;
import io.passgate.store.secret.FingerprintTable;
import io.passgate.store.secret.SecretFingerprint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The consents in PostgreSQL, each with the phone of who gave it. */
final class ConsentStore implements Consents {
    private static final String GIVE =
            "INSERT INTO consent (id, provider, holder, scope, given_at) VALUES ($1, $2, $3, $4, $5)"
                    + " ON CONFLICT (provider, holder) DO UPDATE SET scope = EXCLUDED.scope,"
                    + " given_at = EXCLUDED.given_at, withdrawn_at = NULL RETURNING id";

    private final OutboxWriter feed;
    private final CertificateRevoker certificates;
    private final SecretFingerprint pepper;
    private final RandomGenerator random;

    /** @param pepper that holders come by */
    ConsentStore(OutboxWriter feed, CertificateRevoker certificates, SecretFingerprint pepper, RandomGenerator random) {
        this.feed = feed;
        this.certificates = certificates;
        this.pepper = pepper;
        this.random = random;
    }

    @Override
    public Future<Given> give(String provider, Holder holder, Set<ConsentScope> scope, Instant at) {
        OpaqueId fresh = OpaqueId.random(random);
        return feed.transaction(connection -> FingerprintTable.require(connection, pepper)
                .compose(known -> connection
                        .preparedQuery(GIVE)
                        .execute(Tuple.of(
                                buffer(fresh),
                                provider,
                                Buffer.buffer(holder.toByteArray()),
                                (short) ConsentScope.bits(scope),
                                PgTime.at(at))))
                .map(rows -> OpaqueId.of(rows.iterator().next().getBuffer(0).getBytes()))
                .compose(id -> revokeBeyond(connection, id, scope, id.equals(fresh))));
    }

    private Future<OutboxWriter.Done<Given>> revokeBeyond(
            SqlConnection connection, OpaqueId id, Set<ConsentScope> scope, boolean isNew) {
        Given given = new Given(id, isNew);
        if (isNew) {
            return Future.succeededFuture(OutboxWriter.Done.of(given));
        }
        Set<ConsentScope> left = EnumSet.allOf(ConsentScope.class);
        left.removeAll(scope);
        Short[] beyond = left.stream()
                .map(consentScope -> (short) consentScope.ordinal())
                .toArray(Short[]::new);
        return certificates
                .revoke(
                        connection,
                        "consent = $1 AND shown = ANY ($2)",
                        Tuple.of(buffer(id)).addArrayOfShort(beyond))
                .map(changes -> new OutboxWriter.Done<>(given, changes));
    }

    @Override
    public Future<Boolean> withdraw(String provider, OpaqueId id) {
        return feed.transaction(connection -> connection
                .preparedQuery("UPDATE consent SET scope = 0, withdrawn_at = $3"
                        + " WHERE id = $1 AND provider = $2 AND withdrawn_at IS NULL")
                .execute(Tuple.of(buffer(id), provider, PgTime.at(feed.clock().instant())))
                .compose(rows -> rows.rowCount() == 0
                        ? Future.succeededFuture(OutboxWriter.Done.of(false))
                        : certificates
                                .revoke(connection, "consent = $1", Tuple.of(buffer(id)))
                                .map(changes -> new OutboxWriter.Done<>(true, changes))));
    }

    @Override
    public Future<Optional<Boolean>> register(String provider, OpaqueId id, DeviceKey device) {
        return feed.transaction(connection -> connection
                .preparedQuery("SELECT device FROM consent WHERE id = $1 AND provider = $2 FOR UPDATE")
                .execute(Tuple.of(buffer(id), provider))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(OutboxWriter.Done.of(Optional.<Boolean>empty()))
                        : register(
                                connection,
                                provider,
                                id,
                                device,
                                rows.iterator().next())));
    }

    private Future<OutboxWriter.Done<Optional<Boolean>>> register(
            SqlConnection connection, String provider, OpaqueId id, DeviceKey device, Row before) {
        Buffer there = before.getBuffer(0);
        boolean replaces = there != null && !Arrays.equals(there.getBytes(), device.toByteArray());
        return connection
                .preparedQuery("UPDATE consent SET device = $2 WHERE id = $1")
                .execute(Tuple.of(buffer(id), Buffer.buffer(device.toByteArray())))
                .compose(updated -> AuditChain.pend(
                        connection,
                        List.of(AuditEvent.of(
                                AuditEvent.Kind.DEVICE_REGISTERED,
                                feed.clock().instant(),
                                provider,
                                Map.of("consent", id.text(), "thumbprint", device.thumbprint())))))
                .map(OutboxWriter.Done.of(Optional.of(replaces)));
    }

    static Buffer buffer(OpaqueId id) {
        return Buffer.buffer(id.toByteArray());
    }
}
