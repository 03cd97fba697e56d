package io.passgate.store;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How PostgreSQL is reached.
 *
 * @param uri {@code postgresql://host:port/database}, without user and password, with {@code sslmode} where it is
 *     wanted
 * @param user that connects, also to migrate
 * @param password kept out of every text
 * @param connections of one gateway at most
 * @param timeout of one attempt to connect, and of one statement on the way of a request
 */
public record DatabaseSettings(URI uri, String user, String password, int connections, Duration timeout) {
    private static final int MAX_PORT = 65_535;

    /**
     * Checks the URI.
     *
     * @throws IllegalArgumentException if it is of another form or holds a user; the message goes on behind the key's
     *     name
     */
    public DatabaseSettings {
        if (!"postgresql".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getPort() == 0
                || uri.getPort() > MAX_PORT
                || uri.getPath().length() < 2) {
            throw new IllegalArgumentException("is not of the form postgresql://host:port/database");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("holds a user; user and password have keys of their own");
        }
        try {
            var _ = PgConnectOptions.fromUri(uri.toString());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("has a parameter that PostgreSQL does not take", wrong);
        }
    }

    /** {@return options for a connection, with the password; an object of its own each time} */
    public PgConnectOptions connectOptions() {
        return PgConnectOptions.fromUri(uri.toString())
                .setUser(user)
                .setPassword(password)
                .setCachePreparedStatements(true)
                .addProperty("application_name", "passgate")
                .addProperty("statement_timeout", Long.toString(timeout.toMillis()));
    }

    /** {@return options for a pool, where 16 may wait for each connection; an object of its own each time} */
    public PoolOptions poolOptions() {
        return new PoolOptions()
                .setMaxSize(connections)
                .setMaxWaitQueueSize(16 * connections)
                .setConnectionTimeout((int) timeout.toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /** For Flyway, which needs JDBC. */
    String jdbcUrl() {
        return "jdbc:" + uri;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return uri.getHost() + ":" + uri.getPort() + uri.getPath();
    }
}
