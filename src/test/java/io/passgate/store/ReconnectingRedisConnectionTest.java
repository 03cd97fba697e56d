package io.passgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What becomes of a connection that a server takes, and on which it says nothing. */
final class ReconnectingRedisConnectionTest {
    private static final int PATIENCE_SECONDS = 20;

    @Test
    void aServerThatTakesConnectionsAndSaysNothing_isGivenUp()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Vertx vertx = Vertx.vertx();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Redis redis = Redis.createClient(vertx, "redis://127.0.0.1:" + silent.getLocalPort());
            ReconnectingRedisConnection connection = new ReconnectingRedisConnection(redis);
            Future<RedisConnection> first = connection.connection();
            var _ = first.otherwiseEmpty()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(first.failed()).isTrue();
            assertThat(connection.connection()).as("another one is made").isNotSameAs(first);
        } finally {
            vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
