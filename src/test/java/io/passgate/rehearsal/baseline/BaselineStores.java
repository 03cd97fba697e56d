package io.passgate.rehearsal.baseline;

import io.passgate.holdertag.TagKey;
import io.passgate.registry.Pepper;
import io.passgate.store.BlockingCalls;
import io.passgate.store.StoreObserver;
import io.passgate.store.tagkey.TagKeyStore;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A connection to PostgreSQL for each worker, and Redis for all of them. Workers wait for what they ask. */
final class BaselineStores {
    private static final int PATIENCE_SECONDS = 10;
    private static final int MAX_WAITING = 1 << 16;

    private final BaselineSettings settings;
    private final BlockingQueue<Optional<Connection>> connections;
    private final Redis redis;
    private final TagKeyStore tagKeys;

    /** What is done with a connection. */
    interface Use<T> {
        T of(Connection connection) throws Exception;
    }

    BaselineStores(Vertx vertx, BaselineSettings settings, int workers) {
        this.settings = settings;
        connections = new ArrayBlockingQueue<>(workers);
        for (int i = 0; i < workers; i++) {
            var _ = connections.add(Optional.empty());
        }
        boolean isCluster = settings.stores().redisMode().equals("cluster");
        redis = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setEndpoints(settings.stores().redis().stream()
                                .map(URI::toString)
                                .toList())
                        .setType(isCluster ? RedisClientType.CLUSTER : RedisClientType.STANDALONE)
                        .setMaxPoolSize(workers)
                        .setMaxPoolWaiting(MAX_WAITING));
        tagKeys = new TagKeyStore(
                PgBuilder.pool()
                        .with(settings.database().poolOptions())
                        .connectingTo(settings.database().connectOptions())
                        .using(vertx)
                        .build(),
                new BlockingCalls(
                        StoreObserver.Store.POSTGRESQL, settings.database().timeout(), StoreObserver.NONE),
                new Pepper(settings.pepper()),
                new SecureRandom());
    }

    void makeTables() throws Exception {
        boolean _ = withConnection(connection -> {
            try (Statement statement = connection.createStatement()) {
                boolean _ = statement.execute("SELECT pg_advisory_lock(20211213)");
                boolean _ = statement.execute("CREATE TABLE IF NOT EXISTS baseline_visit"
                        + " (day date NOT NULL, entry_id uuid PRIMARY KEY, facility text NOT NULL,"
                        + " provider text NOT NULL, pass_id uuid NOT NULL, at timestamptz NOT NULL)");
                boolean _ = statement.execute(
                        "CREATE INDEX IF NOT EXISTS baseline_visit_pass_id ON baseline_visit (pass_id)");
                return statement.execute("SELECT pg_advisory_unlock(20211213)");
            }
        });
    }

    /** Uses one that is open; one that is lost is opened anew when it is used the next time. */
    <T> T withConnection(Use<T> use) throws Exception {
        Optional<Connection> kept = connections.take();
        try {
            if (kept.isEmpty() || kept.get().isClosed()) {
                kept = Optional.empty();
                kept = Optional.of(connect());
            }
            return use.of(kept.get());
        } finally {
            var _ = connections.add(kept);
        }
    }

    private Connection connect() throws SQLException {
        String separator = settings.stores().database().getQuery() == null ? "?" : "&";
        return DriverManager.getConnection(
                "jdbc:" + settings.stores().database() + separator + "connectTimeout=" + PATIENCE_SECONDS
                        + "&socketTimeout=" + PATIENCE_SECONDS,
                settings.stores().user(),
                settings.stores().password());
    }

    /** Whether the query, which is prepared with these arguments, has a row. */
    static boolean hasRow(Connection connection, String query, Object... arguments) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                prepared.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = prepared.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** The key of a day's holder tags; asked of PostgreSQL once. */
    TagKey tagKey(LocalDate day) {
        return tagKeys.of(day);
    }

    /** Whether nothing was there under the key, and now the value is. */
    boolean putFirst(String key, String value, long keptMs)
            throws ExecutionException, InterruptedException, TimeoutException {
        return ask(Request.cmd(Command.SET)
                        .arg(key)
                        .arg(value)
                        .arg("NX")
                        .arg("PX")
                        .arg(keptMs))
                != null;
    }

    Optional<String> get(String key) throws ExecutionException, InterruptedException, TimeoutException {
        return Optional.ofNullable(ask(Request.cmd(Command.GET).arg(key))).map(Response::toString);
    }

    /** Puts a value in the place of what was there, which is the answer. */
    Optional<String> replace(String key, String value, long keptMs)
            throws ExecutionException, InterruptedException, TimeoutException {
        return Optional.ofNullable(ask(Request.cmd(Command.SET)
                        .arg(key)
                        .arg(value)
                        .arg("PX")
                        .arg(keptMs)
                        .arg("GET")))
                .map(Response::toString);
    }

    private @Nullable Response ask(Request request) throws ExecutionException, InterruptedException, TimeoutException {
        return redis.send(request).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
