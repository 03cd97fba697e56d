package io.passgate.store.feed;

import io.passgate.access.Client;
import io.passgate.access.ClientDirectory;
import io.passgate.access.ClientToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.model.Slice;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationList;
import io.passgate.store.BlockingCalls;
import io.passgate.store.PostgresqlState;
import io.passgate.store.StoreException;
import io.passgate.store.changelog.ChangeCodec;
import io.passgate.store.changelog.ChangeEntry;
import io.passgate.store.changelog.LogPosition;
import io.passgate.store.changelog.RecordCodec;
import io.passgate.store.changelog.ReplicatedState;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustList;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What PostgreSQL says: how far it is, which changes led there, and all of it. For threads that may wait. */
final class PostgresChangeLog {
    /** Rows fetched at once: of revocations, about a mebibyte. */
    private static final int FETCH = 20_000;

    /** What the first rows of a large table may take beyond a call's timeout: PostgreSQL may sort it first. */
    private static final Duration SORTING = Duration.ofMinutes(2);

    private final Pool pool;
    private final BlockingCalls blockingCalls;
    private final RecordCodec records;

    PostgresChangeLog(Pool pool, BlockingCalls blockingCalls, RecordCodec records) {
        this.pool = pool;
        this.blockingCalls = blockingCalls;
        this.records = records;
    }

    boolean isUp() {
        return blockingCalls.isUp();
    }

    /** The position of the last change. */
    LogPosition head() {
        return blockingCalls.await(
                "head",
                () -> pool.query("SELECT epoch, sequence, digest FROM feed_head")
                        .execute()
                        .map(rows -> position(rows.iterator().next())));
    }

    /** The server's clock, only for telling how far ours is off, and whether it takes changes. */
    record ServerState(Instant clock, PostgresqlState.Mode mode) {}

    ServerState serverState() {
        return blockingCalls.await(
                "clock",
                () -> pool.query("SELECT clock_timestamp(), current_setting('transaction_read_only') = 'on',"
                                + " pg_is_in_recovery()")
                        .execute()
                        .map(rows -> serverState(rows.iterator().next())));
    }

    private static ServerState serverState(Row row) {
        PostgresqlState.Mode readOnly =
                row.getBoolean(2) ? PostgresqlState.Mode.STANDBY : PostgresqlState.Mode.READ_ONLY;
        return new ServerState(
                row.getOffsetDateTime(0).toInstant(), row.getBoolean(1) ? readOnly : PostgresqlState.Mode.WRITABLE);
    }

    /** Changes from number {@code from} on, at most {@code limit}, as far as they have been kept. */
    List<ChangeEntry> changes(long from, int limit) {
        return blockingCalls.await(
                "changes",
                () -> pool.preparedQuery("SELECT sequence, content, digest FROM feed_change"
                                + " WHERE sequence >= $1 ORDER BY sequence LIMIT $2")
                        .execute(Tuple.of(from, limit))
                        .map(rows -> {
                            List<ChangeEntry> entries = new ArrayList<>();
                            rows.forEach(row -> entries.add(new ChangeEntry(
                                    row.getLong(0), row.getBuffer(1).getBytes(), digest(row.getBuffer(2)))));
                            return entries;
                        }));
    }

    /** Everything, as it is at one position. */
    ReplicatedState load(Instant now) {
        SqlConnection connection = blockingCalls.await("connect", pool::getConnection);
        try {
            Transaction transaction = blockingCalls.await("begin", connection::begin);
            run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            run(connection, "SET LOCAL statement_timeout = 0");
            ReplicatedState replicatedState = load(connection, now);
            blockingCalls.await("commit", transaction::commit);
            return replicatedState;
        } finally {
            var _ = connection.close();
        }
    }

    private void run(SqlConnection connection, String statement) {
        blockingCalls.await("begin", () -> connection.query(statement).execute());
    }

    private ReplicatedState load(SqlConnection connection, Instant now) {
        LogPosition logPosition = blockingCalls.await(
                "head",
                () -> connection
                        .query("SELECT epoch, sequence, digest FROM feed_head")
                        .execute()
                        .map(rows -> position(rows.iterator().next())));
        List<Signer> signers = new ArrayList<>();
        each(
                connection,
                "SELECT kid, kind, provider, public_key, usages, not_before, not_after, country, organization, subject"
                        + " FROM signer",
                Tuple.tuple(),
                row -> signer(row).ifPresent(signers::add));
        ClientDirectory.Builder clients = ClientDirectory.builder();
        each(
                connection,
                "SELECT sha256, name, role, expires_at FROM client_token"
                        + " WHERE revoked_at IS NULL AND expires_at > $1 ORDER BY sha256",
                Tuple.of(now.atOffset(ZoneOffset.UTC)),
                row -> grant(row).ifPresent(clients::add));
        RevocationList.Builder revocations = RevocationList.builder();
        each(
                connection,
                "SELECT hash, kind, kid, expires_at FROM revocation WHERE expires_at > $1 ORDER BY hash, kind, kid",
                Tuple.of(now.atOffset(ZoneOffset.UTC)),
                row -> add(revocations, row));
        return new ReplicatedState(logPosition, TrustList.of(signers), revocations.build(), clients.build());
    }

    private void each(SqlConnection connection, String query, Tuple parameters, Consumer<Row> consumer) {
        PreparedStatement statement = blockingCalls.await("load", () -> connection.prepare(query));
        Cursor cursor = statement.cursor(parameters);
        do {
            blockingCalls.await("load", SORTING, () -> cursor.read(FETCH)).forEach(consumer);
        } while (cursor.hasMore());
        blockingCalls.await("load", cursor::close);
        blockingCalls.await("load", statement::close);
    }

    private static LogPosition position(Row row) {
        return new LogPosition(row.getLong(0), row.getLong(1), digest(row.getBuffer(2)));
    }

    private static Slice digest(Buffer bytes) {
        return Slice.of(bytes.getBytes());
    }

    private Optional<Signer> signer(Row row) {
        Optional<SignerKind> kind = SignerKind.of(
                row.getString(1), Optional.ofNullable(row.getString(2)).orElse(""));
        Set<EventKind> usages = Arrays.stream(row.getArrayOfStrings(4))
                .map(EventKind::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventKind.class)));
        OffsetDateTime notBefore = row.getOffsetDateTime(5);
        OffsetDateTime notAfter = row.getOffsetDateTime(6);
        Optional<SignerCertificate> certificate = notBefore == null || notAfter == null
                ? Optional.empty()
                : Optional.of(new SignerCertificate(
                        notBefore.toInstant(),
                        notAfter.toInstant(),
                        Optional.ofNullable(row.getString(7)),
                        Optional.ofNullable(row.getString(8)),
                        Optional.ofNullable(row.getString(9)).orElse("")));
        return kind.flatMap(readable -> records.signer(
                Kid.of(row.getBuffer(0).getBytes()), row.getBuffer(3).getBytes(), readable, usages, certificate));
    }

    private static Optional<ClientToken> grant(Row row) {
        TokenHash token = TokenHash.of(row.getBuffer(0).getBytes());
        return Role.ofCode(row.getString(2))
                .map(role -> new ClientToken(
                        token,
                        new Client(
                                row.getString(1), role, row.getOffsetDateTime(3).toInstant())));
    }

    private static void add(RevocationList.Builder revocations, Row row) {
        try {
            RevocationHash hash = RevocationHash.of(row.getBuffer(0).getBytes());
            byte[] kid = row.getBuffer(2).getBytes();
            revocations.add(
                    ChangeCodec.kind(row.getShort(1)),
                    kid.length == 0 ? Optional.empty() : Optional.of(Kid.of(kid)),
                    hash.high(),
                    hash.low(),
                    row.getOffsetDateTime(3).toEpochSecond());
        } catch (IOException unknown) {
            throw new StoreException("a revocation that cannot be read", unknown);
        }
    }
}
