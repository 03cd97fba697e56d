package io.passgate.demo.phone;

import io.passgate.http.connection.ConnectionEnd;
import io.passgate.http.connection.ConnectionLimits;
import io.passgate.http.connection.ConnectionObserver;
import io.passgate.http.connection.PublicPort;
import io.passgate.http.connection.TrustedProxies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The page {@code /phone} with the provider's side behind it, on 127.0.0.1. Any thread. */
public final class RunningPhone implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RunningPhone.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ConnectionLimits LIMITS =
            new ConnectionLimits(256, 256, 1 << 23, 1 << 21, Duration.ofSeconds(10), Duration.ofSeconds(10));

    private static final ConnectionObserver NOBODY = new ConnectionObserver() {
        @Override
        public void ended(ConnectionEnd why) {}

        @Override
        public void refused(int status) {}
    };

    private final Vertx vertx;
    private final PhoneServer server;

    private RunningPhone(Vertx vertx, PhoneServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /**
     * {@return the page, which is being served}
     *
     * @param plan where, and whom it asks in whose names
     * @throws IOException if it cannot listen there
     */
    public static RunningPhone start(PhonePlan plan) throws IOException {
        PublicPort port = new PublicPort(LIMITS, TrustedProxies.none(), NOBODY, System::nanoTime);
        PhoneServer server = new PhoneServer(plan, port, PhoneSite.read());
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setWorkerPoolSize(1)
                        .setInternalBlockingPoolSize(1))
                .withTransport(port.transport())
                .build();
        try {
            await(vertx.deployVerticle(server));
            return new RunningPhone(vertx, server);
        } catch (IOException failed) {
            var _ = vertx.close();
            throw new IOException(
                    "cannot listen on the port " + plan.port() + " of /phone: " + failed.getMessage(), failed);
        }
    }

    /** {@return the port that it listens on} */
    public int port() {
        return server.port();
    }

    /** Stops it, and forgets everybody. */
    @Override
    public void close() {
        try {
            await(vertx.close());
        } catch (IOException late) {
            LOG.log(Level.WARNING, "the page of the phone did not stop in time");
        }
    }

    private static void await(Future<?> future) throws IOException {
        try {
            var _ = future.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            throw new IOException(late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
