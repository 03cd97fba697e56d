package io.passgate.store.secret;

import io.passgate.store.BlockingCalls;
import io.passgate.store.DatabaseSettings;
import io.passgate.store.StoreException;
import io.passgate.store.StoreObserver;
import io.passgate.store.audit.AuditChain;
import io.passgate.store.audit.AuditEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Declares secrets to be those that the database belongs to, such as at a rotation. For threads that may wait. */
public final class SecretAdoption implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ADOPT = "INSERT INTO secret_fingerprint (purpose, fingerprint) VALUES ($1, $2)"
            + " ON CONFLICT (purpose) DO UPDATE SET fingerprint = EXCLUDED.fingerprint";

    private final Pool pool;
    private final BlockingCalls blockingCalls;
    private final InstantSource clock;

    /** What the database knows of a secret. */
    public enum Known {
        /** It knows this very secret. */
        THIS_ONE,
        /** It knows another one of the same purpose. */
        ANOTHER,
        /** It knows none of that purpose. */
        NONE
    }

    /**
     * Sets up a connection of its own. Nothing is asked yet.
     *
     * @param vertx the caller's to close, after this
     * @param database that is to belong to the secrets
     * @param clock that dates what is audited
     */
    public SecretAdoption(Vertx vertx, DatabaseSettings database, InstantSource clock) {
        pool = PgBuilder.pool()
                .with(database.poolOptions().setMaxSize(1))
                .connectingTo(database.connectOptions())
                .using(vertx)
                .build();
        blockingCalls = new BlockingCalls(StoreObserver.Store.POSTGRESQL, PATIENCE, StoreObserver.NONE);
        this.clock = clock;
    }

    /**
     * {@return what the database knows of each secret, by its purpose} It changes nothing.
     *
     * @param secrets at most one of a purpose
     * @throws StoreException if it is out of reach
     */
    public Map<SecretPurpose, Known> compare(List<SecretFingerprint> secrets) {
        Map<SecretPurpose, Known> compared = new EnumMap<>(SecretPurpose.class);
        for (SecretFingerprint secret : secrets) {
            Optional<Buffer> known =
                    blockingCalls.await("secrets", () -> FingerprintTable.find(pool, secret.purpose()));
            compared.put(secret.purpose(), known(known, secret));
        }
        return compared;
    }

    /**
     * {@return which secrets the database knows at all}
     *
     * @throws StoreException if it is out of reach
     */
    public Set<SecretPurpose> known() {
        Set<SecretPurpose> known = EnumSet.noneOf(SecretPurpose.class);
        for (SecretPurpose purpose : SecretPurpose.values()) {
            if (blockingCalls
                    .await("secrets", () -> FingerprintTable.find(pool, purpose))
                    .isPresent()) {
                known.add(purpose);
            }
        }
        return known;
    }

    private static Known known(Optional<Buffer> there, SecretFingerprint secret) {
        if (there.isEmpty()) {
            return Known.NONE;
        }
        return there.get().equals(FingerprintTable.buffer(secret)) ? Known.THIS_ONE : Known.ANOTHER;
    }

    /**
     * Puts a secret in the place of the one that the database knows, which the audit tells of. With a pepper all days'
     * tag keys are given up: those that were sealed by another one nobody could open.
     *
     * @param secret that every gateway is to have
     * @throws StoreException if the database is out of reach; nothing has been changed then
     */
    public void adopt(SecretFingerprint secret) {
        var _ = blockingCalls.await("secrets", () -> pool.withTransaction(connection -> adopt(connection, secret)));
    }

    private Future<?> adopt(SqlConnection connection, SecretFingerprint secret) {
        AuditEvent event = AuditEvent.of(
                AuditEvent.Kind.SECRET_ADOPTED,
                clock.instant(),
                "command line",
                Map.of("purpose", secret.purpose().code()));
        return connection
                .preparedQuery(ADOPT)
                .execute(Tuple.of(secret.purpose().code(), FingerprintTable.buffer(secret)))
                .compose(adopted -> secret.purpose() == SecretPurpose.PEPPER
                        ? connection.query("DELETE FROM tag_key").execute()
                        : Future.succeededFuture())
                .compose(done -> AuditChain.pend(connection, List.of(event)));
    }

    @Override
    public void close() {
        var _ = pool.close();
    }
}
