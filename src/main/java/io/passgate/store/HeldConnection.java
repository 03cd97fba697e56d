package io.passgate.store;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis that is held, which is ten times as fast as one from the pool for each command. One that breaks
 * is let go, and the next command makes another: of a cluster's nodes or of the sentinels' master, as they then are.
 */
final class HeldConnection {
    private final Redis redis;
    private final AtomicReference<@Nullable RedisConnection> held = new AtomicReference<>();

    HeldConnection(Redis redis) {
        this.redis = redis;
    }

    Future<@Nullable Response> send(Request request) {
        RedisConnection connection = held.get();
        if (connection != null) {
            return sent(connection, request);
        }
        return redis.connect().compose(fresh -> {
            fresh.exceptionHandler(broken -> drop(fresh));
            fresh.endHandler(ended -> drop(fresh));
            if (!held.compareAndSet(null, fresh)) {
                var unused = fresh.close();
                return send(request);
            }
            return sent(fresh, request);
        });
    }

    /** Whatever fails, the connection is let go: after a failover the old master answers with errors. */
    private Future<@Nullable Response> sent(RedisConnection connection, Request request) {
        return connection.send(request).onFailure(failed -> drop(connection));
    }

    private void drop(RedisConnection connection) {
        if (held.compareAndSet(connection, null)) {
            var unused = connection.close();
        }
    }

    void close() {
        RedisConnection connection = held.getAndSet(null);
        if (connection != null) {
            var unused = connection.close();
        }
    }
}
