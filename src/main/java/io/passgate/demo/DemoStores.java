package io.passgate.demo;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;

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
