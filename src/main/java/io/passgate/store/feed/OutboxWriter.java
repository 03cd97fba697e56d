package io.passgate.store.feed;

import io.passgate.logging.SqlState;
import io.passgate.model.Slice;
import io.passgate.store.PgTime;
import io.passgate.store.StoreException;
import io.passgate.store.StoreObserver;
import io.passgate.store.changelog.Change;
import io.passgate.store.changelog.ChangeCodec;
import io.passgate.store.changelog.LogPosition;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes to PostgreSQL, and what every gateway has to know of it into the history: a change takes its number under the
 * lock of the history's head, in the transaction that makes it. A future fails with {@link StoreException} if
 * PostgreSQL is out of reach, or has lost what this gateway knows; nothing has been changed then.
 *
 * <p>Locks are taken in one order, so that no two transactions wait for each other: records, consents, the head,
 * certificates.
 */
public final class OutboxWriter {
    private final Pool pool;
    private final ChangeCodec codec;
    private final Supplier<Optional<LogPosition>> known;
    private final InstantSource clock;
    private final Runnable published;
    private final StoreObserver observer;

    /**
     * A writer to one database.
     *
     * @param known what must be part of the database's history, where something is
     * @param published told after each transaction, to publish its changes at once
     */
    OutboxWriter(
            Pool pool,
            ChangeCodec codec,
            Supplier<Optional<LogPosition>> known,
            InstantSource clock,
            Runnable published,
            StoreObserver observer) {
        this.pool = pool;
        this.codec = codec;
        this.known = known;
        this.clock = clock;
        this.published = published;
        this.observer = observer;
    }

    /**
     * {@return a writer to the same history over other connections}
     *
     * @param other a pool to the same database, the caller's to close
     */
    public OutboxWriter over(Pool other) {
        return new OutboxWriter(other, codec, known, clock, published, observer);
    }

    /**
     * What a transaction came to.
     *
     * @param <T> the answer
     * @param answer for who asked
     * @param changes to publish, in their order; none where nothing is changed
     */
    public record Done<T>(T answer, List<Change> changes) {
        /**
         * {@return what a transaction came to that changes nothing for other gateways}
         *
         * @param <T> the answer
         * @param answer for who asked
         */
        public static <T> Done<T> of(T answer) {
            return new Done<>(answer, List.of());
        }
    }

    /** One transaction under the head's lock from its start; its changes are recorded at its end. */
    <T> Future<T> underHead(Function<SqlConnection, Future<Done<T>>> work) {
        return transaction(connection -> lockHead(connection)
                .compose(head -> work.apply(connection)
                        .compose(done -> record(connection, head, done.changes).map(done))));
    }

    /**
     * Does one transaction, whose work takes the head's lock and records its changes itself, where it has any.
     *
     * @param <T> the answer
     * @param work done on the connection of the transaction, which is rolled back where it fails
     * @return the answer, once the transaction is committed
     */
    public <T> Future<T> transaction(Function<SqlConnection, Future<Done<T>>> work) {
        return pool.withTransaction(work)
                .recover(failed -> Future.failedFuture(failed instanceof StoreException ? failed : lost(failed)))
                .map(done -> {
                    if (!done.changes.isEmpty()) {
                        published.run();
                    }
                    return done.answer;
                });
    }

    private StoreException lost(Throwable failed) {
        SqlState.of(failed).ifPresent(observer::refused);
        return new StoreException("PostgreSQL did not take the change: " + SqlState.describe(failed), failed);
    }

    /**
     * Locks the history's head until the transaction is over.
     *
     * @param connection of the transaction
     * @return the position of the last change, which nobody passes meanwhile
     */
    public Future<LogPosition> lockHead(SqlConnection connection) {
        return connection
                .query("SELECT epoch, sequence, digest FROM feed_head FOR UPDATE")
                .execute()
                .map(rows -> {
                    Row row = rows.iterator().next();
                    LogPosition head = new LogPosition(
                            row.getLong(0),
                            row.getLong(1),
                            Slice.of(row.getBuffer(2).getBytes()));
                    if (known.get().filter(head::isBefore).isPresent()) {
                        throw new StoreException("PostgreSQL is older than what this gateway knows");
                    }
                    return head;
                });
    }

    /**
     * Records changes behind the locked head.
     *
     * @param connection of the transaction that holds the lock
     * @param head the position of the last change before them
     * @param changes in their order; there may be none
     * @return the position of the last of them
     */
    public Future<LogPosition> record(SqlConnection connection, LogPosition head, List<Change> changes) {
        Future<LogPosition> last = Future.succeededFuture(head);
        for (Change change : changes) {
            last = last.compose(before -> record(connection, before, change));
        }
        return last;
    }

    private Future<LogPosition> record(SqlConnection connection, LogPosition before, Change change) {
        byte[] content = codec.encode(change);
        LogPosition next = before.next(content);
        Buffer digest = Buffer.buffer(next.digest().toByteArray());
        return connection
                .preparedQuery(
                        "INSERT INTO feed_change (sequence, changed_at, content, digest) VALUES ($1, $2, $3, $4)")
                .execute(Tuple.of(next.sequence(), PgTime.at(clock.instant()), Buffer.buffer(content), digest))
                .compose(inserted -> connection
                        .preparedQuery("UPDATE feed_head SET sequence = $1, digest = $2")
                        .execute(Tuple.of(next.sequence(), digest)))
                .map(next);
    }

    Pool pool() {
        return pool;
    }

    /** {@return the clock that every instant written is of} */
    public InstantSource clock() {
        return clock;
    }

    void published() {
        published.run();
    }
}
