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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
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
        try (Connection connection = connect();
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

    /**
     * Gives a row of {@code table} another id; both are as a gateway writes them, 128 bits in base64url.
     *
     * @throws IOException if there is no such row, or PostgreSQL does not take it
     */
    void rename(String table, String id, String other) throws IOException {
        Base64.Decoder base64 = Base64.getUrlDecoder();
        try (Connection connection = connect();
                PreparedStatement sql = connection.prepareStatement("UPDATE " + table + " SET id = ? WHERE id = ?")) {
            sql.setBytes(1, base64.decode(other));
            sql.setBytes(2, base64.decode(id));
            if (sql.executeUpdate() != 1) {
                throw new IOException("there is no " + table + " of this id");
            }
        } catch (SQLException failed) {
            throw new IOException("an example was not laid", failed);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + database(), EmbeddedPostgresql.USER, password());
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
