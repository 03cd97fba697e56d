package io.passgate.http;

import io.passgate.http.connection.PublicPort;
import io.passgate.http.response.RefusalAnswers;
import io.passgate.http.server.Drain;
import io.passgate.http.server.Endpoint;
import io.passgate.http.server.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the public interface; deployed once an event loop. */
public final class ApiServer extends VerticleBase {
    /** As much as one read from a socket gives at most: a batch's body comes in one piece or two. */
    private static final int MAX_CHUNK_BYTES = 1 << 16;

    private final Api api;
    private final Set<Api.Part> parts;
    private final Endpoint endpoint;
    private final PublicPort port;
    private final Drain drain;
    private final Runnable onEventLoop;
    private final HttpServerOptions options = new HttpServerOptions();
    private volatile @Nullable HttpServer server;

    /**
     * A server that has not been started.
     *
     * @param api the routes
     * @param parts what it answers
     * @param endpoint where and how it listens
     * @param port what holds its connections within bounds; its transport is the one Vert.x was built by
     * @param drain from when on each answer is its connection's last
     * @param onEventLoop run on its event loop before it listens
     */
    public ApiServer(
            Api api, Set<Api.Part> parts, Endpoint endpoint, PublicPort port, Drain drain, Runnable onEventLoop) {
        this.api = api;
        this.parts = Set.copyOf(parts);
        this.endpoint = endpoint;
        this.port = port;
        this.drain = drain;
        this.onEventLoop = onEventLoop;
    }

    @Override
    public Future<?> start() {
        onEventLoop.run();
        options.setIdleTimeout((int) endpoint.idle().toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setMaxChunkSize(MAX_CHUNK_BYTES)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setStrictThreadMode(true)
                .setSendBufferSize(endpoint.sendBufferBytes())
                .setTcpNoDelay(true);
        endpoint.tls().ifPresent(wanted -> wanted.applyTo(options));
        RefusalAnswers answers = api.refusalAnswers(options.isSsl());
        PublicPort.Guard guard = port.guard(vertx, options, answers::of);
        HttpServer starting = vertx.createHttpServer(options)
                .connectionHandler(guard::guard)
                .requestHandler(drain.before(api.router(vertx, parts)));
        server = starting;
        return starting.listen(endpoint.port(), endpoint.host());
    }

    /** {@return the port it listens on, also when the system chose it; 0 before it has been started} Any thread. */
    public int port() {
        HttpServer running = server;
        return running == null ? 0 : running.actualPort();
    }

    /**
     * Has new connections of its port be by another certificate, on all event loops; those under way go on. Any thread,
     * once it listens with TLS.
     *
     * @param next certificate, key and authority from now on
     * @return done once new connections are by it; failed if it does not listen or the certificate is not taken
     */
    public Future<?> take(ServerTls next) {
        HttpServer running = server;
        if (running == null) {
            return Future.failedFuture("it does not listen");
        }
        ServerSSLOptions changed = options.getSslOptions().copy();
        next.applyTo(changed);
        return running.updateSSLOptions(changed);
    }

    /** Takes no more connections and waits for the requests under way. */
    @Override
    public Future<?> stop() {
        HttpServer running = server;
        return running == null
                ? Future.succeededFuture()
                : running.shutdown(endpoint.patience().toMillis(), TimeUnit.MILLISECONDS);
    }
}
