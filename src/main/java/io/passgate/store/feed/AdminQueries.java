package io.passgate.store.feed;

import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What PostgreSQL knows of signers and tokens, for those who are about to add some. It changes nothing. */
public final class AdminQueries {
    private final Pool pool;

    AdminQueries(Pool pool) {
        this.pool = pool;
    }

    /**
     * A token that PostgreSQL knows the hash of.
     *
     * @param expiresAt from when it is no longer good
     * @param isRevoked whether it was taken back
     */
    public record KnownToken(Instant expiresAt, boolean isRevoked) {}

    /**
     * {@return which of these ids are those of signers that gateways trust}
     *
     * @param ids of {@link io.passgate.trust.Signer#id}
     */
    public Future<Set<String>> signersAmong(Collection<String> ids) {
        return pool.preparedQuery("SELECT id FROM signer WHERE id = ANY($1)")
                .execute(Tuple.of(ids.toArray(String[]::new)))
                .map(rows -> {
                    Set<String> known = new HashSet<>();
                    rows.forEach(row -> known.add(row.getString(0)));
                    return known;
                });
    }

    /**
     * {@return what is known of a token; empty if nothing is}
     *
     * @param token its hash
     */
    public Future<Optional<KnownToken>> token(TokenHash token) {
        return pool.preparedQuery("SELECT expires_at, revoked_at IS NOT NULL FROM client_token WHERE sha256 = $1")
                .execute(Tuple.of(Buffer.buffer(token.toByteArray())))
                .map(rows -> {
                    RowIterator<Row> all = rows.iterator();
                    if (!all.hasNext()) {
                        return Optional.empty();
                    }
                    Row row = all.next();
                    return Optional.of(new KnownToken(row.getOffsetDateTime(0).toInstant(), row.getBoolean(1)));
                });
    }

    /**
     * {@return whether a client of this name and role has a token, or had one}
     *
     * @param name of the client
     * @param role of the token
     */
    public Future<Boolean> hasToken(String name, Role role) {
        return pool.preparedQuery("SELECT EXISTS (SELECT FROM client_token WHERE name = $1 AND role = $2)")
                .execute(Tuple.of(name, role.code()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }
}
