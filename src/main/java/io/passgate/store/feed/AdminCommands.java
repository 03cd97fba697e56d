package io.passgate.store.feed;

import io.passgate.access.ClientToken;
import io.passgate.access.TokenHash;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationKey;
import io.passgate.store.PgTime;
import io.passgate.store.StoreException;
import io.passgate.store.audit.AuditChain;
import io.passgate.store.audit.AuditEvent;
import io.passgate.store.changelog.Change;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import io.passgate.trust.TrustList;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes what every gateway knows. Each change is one transaction in PostgreSQL: what it changes, its number under the
 * lock of the history's head, and its row in the outbox. A future fails with {@link StoreException} if PostgreSQL is
 * out of reach, or has lost what this gateway knows.
 */
public final class AdminCommands {
    private static final String COMMAND_LINE = "command line";

    private final OutboxWriter feed;

    AdminCommands(OutboxWriter feed) {
        this.feed = feed;
    }

    /**
     * {@return why none was added, as by {@link #addSigners(String, List)}; empty if all are there now}
     *
     * @param signers at most {@link Change#MAX_ITEMS}
     */
    public Future<List<Rejection>> addSigners(List<Signer> signers) {
        return addSigners(COMMAND_LINE, signers);
    }

    /**
     * Adds signers, all of them or none. Those that are there already stay as they are.
     *
     * @param by who asks, for the audit
     * @param signers at most {@link Change#MAX_ITEMS}
     * @return why none was added; empty if all are there now
     */
    public Future<List<Rejection>> addSigners(String by, List<Signer> signers) {
        return insert(by, signers, Crowd.REFUSED)
                .recover(failed -> failed.getCause() instanceof Refused refused
                        ? Future.succeededFuture(refused.rejections)
                        : Future.failedFuture(failed));
    }

    /**
     * Adds all signers of a trust source, whatever KIDs they share: to leave one out would turn its holders away.
     *
     * @param signers at most {@link Change#MAX_ITEMS}
     * @return the KIDs that more share than are tried
     */
    public Future<List<Rejection>> importSigners(List<Signer> signers) {
        return insert(COMMAND_LINE, signers, Crowd.TOLD);
    }

    /** What becomes of signers with a KID that more share than are tried. */
    private enum Crowd {
        REFUSED,
        TOLD
    }

    private Future<List<Rejection>> insert(String by, List<Signer> signers, Crowd crowd) {
        Map<String, Signer> byId = new LinkedHashMap<>();
        signers.forEach(signer -> byId.put(signer.id(), signer));
        return feed.underHead(connection -> insertSigners(connection, byId)
                .compose(inserted -> AuditChain.pend(connection, added(by, inserted, byId)))
                .compose(inserted -> crowdedKids(connection, byId))
                .compose(crowded -> crowded.isEmpty() || crowd == Crowd.TOLD
                        ? Future.succeededFuture(new OutboxWriter.Done<>(
                                crowded, List.of(new Change.SignersAdded(List.copyOf(byId.values())))))
                        : Future.failedFuture(new Refused(crowded))));
    }

    /** Rolls a transaction back without its being a fault. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient List<Rejection> rejections;

        private Refused(List<Rejection> rejections) {
            super("refused", null, false, false);
            this.rejections = rejections;
        }
    }

    /** The ids of those that were not there. */
    private static Future<Set<String>> insertSigners(SqlConnection connection, Map<String, Signer> byId) {
        List<Tuple> rows = new ArrayList<>();
        byId.forEach((id, signer) -> rows.add(row(id, signer)));
        return connection
                .preparedQuery("INSERT INTO signer (id, kid, kind, provider, public_key, usages, not_before, not_after,"
                        + " country, organization, subject) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
                        + " ON CONFLICT (id) DO NOTHING RETURNING id")
                .executeBatch(rows)
                .map(results -> {
                    Set<String> inserted = new HashSet<>();
                    for (RowSet<Row> result = results; result != null; result = result.next()) {
                        result.forEach(row -> inserted.add(row.getString(0)));
                    }
                    return inserted;
                });
    }

    private List<AuditEvent> added(String by, Set<String> inserted, Map<String, Signer> byId) {
        return byId.entrySet().stream()
                .filter(entry -> inserted.contains(entry.getKey()))
                .map(entry -> AuditEvent.of(
                        AuditEvent.Kind.KEY_ADDED,
                        feed.clock().instant(),
                        by,
                        detail(entry.getKey(), entry.getValue())))
                .toList();
    }

    private static Map<String, Object> detail(String id, Signer signer) {
        return Map.of(
                "id", id, "kid", signer.kid().toBase64(), "kind", signer.kind().toString());
    }

    private static Tuple row(String id, Signer signer) {
        Optional<SignerCertificate> certificate = signer.certificate();
        String party = signer.kind().party();
        return Tuple.of(id, Buffer.buffer(signer.kid().toByteArray()))
                .addString(signer.kind().code())
                .addString(party.isEmpty() ? null : party)
                .addBuffer(Buffer.buffer(signer.publicKey().toByteArray()))
                .addArrayOfString(
                        signer.usages().stream().sorted().map(EventKind::name).toArray(String[]::new))
                .addOffsetDateTime(
                        certificate.map(found -> PgTime.at(found.notBefore())).orElse(null))
                .addOffsetDateTime(
                        certificate.map(found -> PgTime.at(found.notAfter())).orElse(null))
                .addString(certificate.flatMap(SignerCertificate::country).orElse(null))
                .addString(certificate.flatMap(SignerCertificate::organization).orElse(null))
                .addString(certificate.map(SignerCertificate::subject).orElse(null));
    }

    private static Future<List<Rejection>> crowdedKids(SqlConnection connection, Map<String, Signer> byId) {
        Buffer[] kids = byId.values().stream()
                .map(signer -> Buffer.buffer(signer.kid().toByteArray()))
                .distinct()
                .toArray(Buffer[]::new);
        return connection
                .preparedQuery("SELECT kid FROM signer WHERE kid = ANY ($1) GROUP BY kid HAVING count(*) > $2")
                .execute(Tuple.of(kids, (long) TrustList.MAX_CANDIDATES))
                .map(rows -> {
                    List<Rejection> crowded = new ArrayList<>();
                    rows.forEach(row ->
                            crowded.add(TrustList.shared(Kid.of(row.getBuffer(0).getBytes()))));
                    return crowded;
                });
    }

    /**
     * {@return how many signers were there and are removed, as by {@link #removeSigners(String, List)}}
     *
     * @param ids of {@link Signer#id}
     */
    public Future<Integer> removeSigners(List<String> ids) {
        return removeSigners(COMMAND_LINE, ids);
    }

    /**
     * Removes signers.
     *
     * @param by who asks, for the audit
     * @param ids of {@link Signer#id}
     * @return how many were there
     */
    public Future<Integer> removeSigners(String by, List<String> ids) {
        return feed.underHead(connection -> connection
                .preparedQuery("DELETE FROM signer WHERE id = ANY ($1) RETURNING id")
                .execute(Tuple.of(ids.toArray(String[]::new)))
                .compose(rows -> {
                    List<String> gone = new ArrayList<>();
                    rows.forEach(row -> gone.add(row.getString(0)));
                    OutboxWriter.Done<Integer> done = new OutboxWriter.Done<>(
                            gone.size(),
                            gone.isEmpty() ? List.of() : List.of(new Change.SignersRemoved(Set.copyOf(gone))));
                    List<AuditEvent> events = gone.stream()
                            .map(id -> AuditEvent.of(
                                    AuditEvent.Kind.KEY_REMOVED, feed.clock().instant(), by, Map.of("id", id)))
                            .toList();
                    return AuditChain.pend(connection, events).map(done);
                }));
    }

    /**
     * Adds entries; one that is there gets the new expiry.
     *
     * @param revocations at most {@link Change#MAX_ITEMS}
     * @return their ids in the same order
     */
    public Future<List<Long>> addRevocations(List<Revocation> revocations) {
        Map<RevocationKey, Revocation> distinct = new LinkedHashMap<>();
        revocations.forEach(revocation -> distinct.put(revocation.key(), revocation));
        List<Revocation> entries = List.copyOf(distinct.values());
        return feed.underHead(connection -> RevocationTable.insert(connection, entries)
                .map(rows -> {
                    Map<RevocationKey, Long> ids = new HashMap<>();
                    rows.forEach(row -> ids.put(RevocationTable.key(row, 1), row.getLong(0)));
                    List<Long> inOrder = revocations.stream()
                            .map(revocation -> ids.getOrDefault(revocation.key(), 0L))
                            .toList();
                    return new OutboxWriter.Done<>(inOrder, List.of(new Change.RevocationsAdded(entries)));
                }));
    }

    /**
     * Takes an entry back.
     *
     * @param id from {@link #addRevocations} or {@link #listRevocations}
     * @return false if there is none of that id
     */
    public Future<Boolean> removeRevocation(long id) {
        return feed.underHead(connection -> connection
                .preparedQuery("DELETE FROM revocation WHERE id = $1 RETURNING hash, kind, kid")
                .execute(Tuple.of(id))
                .map(rows -> {
                    List<RevocationKey> gone = new ArrayList<>();
                    rows.forEach(row -> gone.add(RevocationTable.key(row, 0)));
                    return new OutboxWriter.Done<>(
                            !gone.isEmpty(), gone.isEmpty() ? List.of() : List.of(new Change.RevocationsRemoved(gone)));
                }));
    }

    /**
     * {@return a page of the entries by ascending id, also of those that have run out}
     *
     * @param after the last id of the page before, 0 for the first page
     * @param limit how many at most
     */
    public Future<Map<Long, Revocation>> listRevocations(long after, int limit) {
        return feed.pool()
                .preparedQuery(
                        "SELECT hash, kind, kid, expires_at, id FROM revocation WHERE id > $1 ORDER BY id LIMIT $2")
                .execute(Tuple.of(after, limit))
                .map(rows -> {
                    Map<Long, Revocation> page = new LinkedHashMap<>();
                    rows.forEach(row -> page.put(
                            row.getLong(4),
                            new Revocation(
                                    RevocationTable.key(row, 0),
                                    row.getOffsetDateTime(3).toInstant())));
                    return page;
                });
    }

    /**
     * {@return how many tokens were taken, as by {@link #importClients}}
     *
     * @param grants at most {@link Change#MAX_ITEMS}
     */
    public Future<Integer> addClients(List<ClientToken> grants) {
        return importClients(grants).map(ImportedClients::taken);
    }

    /**
     * What became of tokens that were to be added.
     *
     * @param taken how many are now as given
     * @param revoked those that were left out: whoever revoked them has the last word
     */
    public record ImportedClients(int taken, Set<TokenHash> revoked) {
        /** Copies the set. */
        public ImportedClients {
            revoked = Set.copyOf(revoked);
        }
    }

    /**
     * Adds tokens. One that is there gets the new client, unless it has been revoked: then it stays as it is.
     *
     * @param grants at most {@link Change#MAX_ITEMS}; of several with one token the last counts
     * @return what became of them
     */
    public Future<ImportedClients> importClients(List<ClientToken> grants) {
        Map<TokenHash, ClientToken> distinct = new LinkedHashMap<>();
        grants.forEach(clientToken -> distinct.put(clientToken.token(), clientToken));
        return feed.underHead(connection -> upsertClients(connection, List.copyOf(distinct.values()))
                .map(taken -> {
                    Set<TokenHash> revoked = new HashSet<>(distinct.keySet());
                    revoked.removeAll(taken);
                    distinct.keySet().retainAll(taken);
                    List<Change> changes = taken.isEmpty()
                            ? List.of()
                            : List.of(new Change.ClientsAdded(List.copyOf(distinct.values())));
                    return new OutboxWriter.Done<>(new ImportedClients(taken.size(), revoked), changes);
                }));
    }

    /** The tokens that are now as given: all but those that have been revoked. */
    private Future<Set<TokenHash>> upsertClients(SqlConnection connection, List<ClientToken> entries) {
        return connection
                .preparedQuery("INSERT INTO client_token (sha256, name, role, issued_at, expires_at)"
                        + " SELECT sha256, name, role, $5, expires_at FROM unnest($1::bytea[], $2::text[], $3::text[],"
                        + " $4::timestamptz[]) AS given (sha256, name, role, expires_at)"
                        + " ON CONFLICT (sha256) DO UPDATE SET name = EXCLUDED.name, role = EXCLUDED.role,"
                        + " expires_at = EXCLUDED.expires_at WHERE client_token.revoked_at IS NULL RETURNING sha256")
                .execute(Tuple.of(
                        entries.stream()
                                .map(clientToken ->
                                        Buffer.buffer(clientToken.token().toByteArray()))
                                .toArray(Buffer[]::new),
                        entries.stream()
                                .map(clientToken -> clientToken.client().name())
                                .toArray(String[]::new),
                        entries.stream()
                                .map(clientToken -> clientToken.client().role().code())
                                .toArray(String[]::new),
                        entries.stream()
                                .map(clientToken ->
                                        PgTime.at(clientToken.client().expiresAt()))
                                .toArray(OffsetDateTime[]::new),
                        PgTime.at(feed.clock().instant())))
                .map(rows -> {
                    Set<TokenHash> taken = new HashSet<>();
                    rows.forEach(row -> taken.add(TokenHash.of(row.getBuffer(0).getBytes())));
                    return taken;
                });
    }

    /**
     * Revokes up to {@link Change#MAX_ITEMS} tokens of a client.
     *
     * @param name of the client
     * @return how many were revoked; until it is 0 there may be more
     */
    public Future<Integer> revokeClient(String name) {
        return revoke("name = $2", name);
    }

    /**
     * Revokes one token.
     *
     * @param token by its hash
     * @return 0 if there is none of that hash, or it was revoked before; otherwise 1
     */
    public Future<Integer> revokeToken(TokenHash token) {
        return revoke("sha256 = $2", Buffer.buffer(token.toByteArray()));
    }

    private Future<Integer> revoke(String which, Object value) {
        return feed.underHead(connection -> connection
                .preparedQuery(
                        "UPDATE client_token SET revoked_at = $1 WHERE sha256 IN (SELECT sha256 FROM client_token"
                                + " WHERE revoked_at IS NULL AND " + which + " LIMIT " + Change.MAX_ITEMS
                                + ") RETURNING sha256")
                .execute(Tuple.of(PgTime.at(feed.clock().instant()), value))
                .map(rows -> {
                    List<TokenHash> gone = new ArrayList<>();
                    rows.forEach(row -> gone.add(TokenHash.of(row.getBuffer(0).getBytes())));
                    return new OutboxWriter.Done<>(
                            gone.size(), gone.isEmpty() ? List.of() : List.of(new Change.ClientsRemoved(gone)));
                }));
    }

    /**
     * Declares the database to be the truth, such as after a restore: every gateway takes everything anew from it.
     *
     * @return the new epoch
     */
    public Future<Long> adopt() {
        long now = feed.clock().instant().getEpochSecond();
        return feed.pool()
                .withTransaction(connection -> connection
                        .query("DELETE FROM feed_change")
                        .execute()
                        .compose(emptied -> connection
                                .preparedQuery("UPDATE feed_head SET epoch = greatest(epoch + 1, $1),"
                                        + " digest = sha256(digest || gen_random_uuid()::text::bytea) RETURNING epoch")
                                .execute(Tuple.of(now)))
                        .map(rows -> rows.iterator().next().getLong(0)))
                .onSuccess(epoch -> feed.published());
    }
}
