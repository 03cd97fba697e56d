package io.passgate.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis that is held, which is ten times as fast as one from the pool for each command. One that
 * breaks is let go, and the next command makes another: of a cluster's nodes or of the sentinels' master, as they then
 * are.
 */
public final class ReconnectingRedisConnection {
    /** A server, or what stands before it, may take a connection and say nothing on it. Nobody has to wait so long. */
    private static final Duration MAKING = Duration.ofSeconds(5);

    private final Redis redis;
    private final Function<RedisConnection, Future<?>> greeting;
    private final AtomicReference<@Nullable Future<RedisConnection>> held = new AtomicReference<>();

    /**
     * Creates one that connects when it is first used.
     *
     * @param redis makes the connections; the caller's to close
     */
    public ReconnectingRedisConnection(Redis redis) {
        this(redis, fresh -> Future.succeededFuture());
    }

    /**
     * Creates one that connects when it is first used, and begins each connection with a greeting.
     *
     * @param redis makes the connections; the caller's to close
     * @param greeting done on a fresh connection before anything else; one on which it fails is not used
     */
    public ReconnectingRedisConnection(Redis redis, Function<RedisConnection, Future<?>> greeting) {
        this.redis = redis;
        this.greeting = greeting;
    }

    /**
     * Sends on the connection that is held, or on one that is made for it.
     *
     * @param request the command
     * @return what Redis answers, null for nil; fails where Redis is out of reach or answers with an error
     */
    public Future<@Nullable Response> send(Request request) {
        Future<RedisConnection> connection = connection();
        return connection.succeeded()
                ? send(connection.result(), request)
                : connection.compose(made -> send(made, request));
    }

    /**
     * Sends on this very connection. Whatever fails, it is let go: after a failover the old master answers with errors.
     *
     * @param connection from {@link #connection}
     * @param request the command
     * @return what Redis answers, null for nil
     */
    public Future<@Nullable Response> send(RedisConnection connection, Request request) {
        return connection.send(request).onFailure(failed -> drop(connection));
    }

    /**
     * Runs a script on the connection that is held, or on one that is made for it.
     *
     * @param script what is run
     * @param arguments see {@link RedisScript#run}
     * @return what the script returns; fails where Redis is out of reach or answers with an error
     */
    public Future<@Nullable Response> run(RedisScript script, Consumer<Request> arguments) {
        return connection().compose(made -> run(made, script, arguments));
    }

    /**
     * Runs a script on this very connection. Whatever fails, it is let go.
     *
     * @param connection from {@link #connection}
     * @param script what is run
     * @param arguments see {@link RedisScript#run}
     * @return what the script returns
     */
    public Future<@Nullable Response> run(RedisConnection connection, RedisScript script, Consumer<Request> arguments) {
        return script.run(connection, arguments).onFailure(failed -> drop(connection));
    }

    /** {@return the one that is held, or that is being made; fails where none can be made within 5 s} */
    public Future<RedisConnection> connection() {
        Future<RedisConnection> current = held.get();
        if (current != null) {
            return current;
        }
        Promise<RedisConnection> promise = Promise.promise();
        Future<RedisConnection> making = promise.future();
        if (!held.compareAndSet(null, making)) {
            return connection();
        }
        Future<RedisConnection> fresh = redis.connect().compose(this::greet);
        fresh.timeout(MAKING.toMillis(), TimeUnit.MILLISECONDS).onComplete(made -> {
            if (made.succeeded()) {
                promise.complete(made.result());
            } else {
                var _ = held.compareAndSet(making, null);
                promise.fail(made.cause());
                fresh.onSuccess(late -> {
                    var _ = late.close();
                });
            }
        });
        return making;
    }

    private Future<RedisConnection> greet(RedisConnection fresh) {
        fresh.exceptionHandler(broken -> drop(fresh));
        fresh.endHandler(ended -> drop(fresh));
        return greeting.apply(fresh).<RedisConnection>map(greeted -> fresh).onFailure(failed -> {
            var _ = fresh.close();
        });
    }

    private void drop(RedisConnection connection) {
        Future<RedisConnection> current = held.get();
        if (current != null
                && current.succeeded()
                && current.result().equals(connection)
                && held.compareAndSet(current, null)) {
            var _ = connection.close();
        }
    }

    /** Closes the connection that is held; the next command would make another. */
    public void close() {
        Future<RedisConnection> connection = held.getAndSet(null);
        if (connection != null) {
            connection.onSuccess(made -> {
                var _ = made.close();
            });
        }
    }
}
