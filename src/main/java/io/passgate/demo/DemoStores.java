package io.passgate.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The PostgreSQL and the Redis of one demonstration. */
final class DemoStores implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DemoStores.class.getName());

    private final EmbeddedPostgresql postgresql;
    private final EmbeddedRedis redis;

    private DemoStores(EmbeddedPostgresql postgresql, EmbeddedRedis redis) {
        this.postgresql = postgresql;
        this.redis = redis;
    }

    static DemoStores start(Path folder) throws IOException {
        DemoStores stores = new DemoStores(
                new EmbeddedPostgresql(folder.resolve("postgresql"), freePort()),
                new EmbeddedRedis(folder.resolve("redis"), freePort()));
        stores.postgresql.start();
        try {
            stores.redis.start();
        } catch (IOException failed) {
            stores.close();
            throw failed;
        }
        return stores;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    URI database() {
        return postgresql.uri("postgres");
    }

    URI redis() {
        return redis.uri();
    }

    /** PostgreSQL's, which listens on this machine only and asks for none. */
    String password() {
        return "postgres";
    }

    /** The whole entry log, the oldest visit first, by column. */
    List<JsonObject> visits() throws IOException {
        List<JsonObject> visits = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + database(), EmbeddedPostgresql.USER, password());
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("SELECT row_to_json(e) FROM entry_log e ORDER BY at")) {
            while (rows.next()) {
                visits.add(new JsonObject(rows.getString(1)));
            }
            return visits;
        } catch (SQLException failed) {
            throw new IOException("the entry log cannot be read", failed);
        }
    }

    @Override
    public void close() {
        redis.close();
        try {
            postgresql.close();
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "PostgreSQL was not stopped: {0}", failed.toString());
        }
    }
}
