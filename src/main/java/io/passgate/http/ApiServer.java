package io.passgate.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the public interface; deployed once an event loop. */
public final class ApiServer extends VerticleBase {
    /** As much as one read from a socket gives at most: a batch's body comes in one piece or two. */
    private static final int MAX_CHUNK_BYTES = 1 << 16;

    private final Api api;
    private final String host;
    private final int port;
    private final Optional<ServerTls> tls;
    private final Duration idle;
    private final Duration patience;
    private volatile @Nullable HttpServer server;

    /**
     * A server that has not been started.
     *
     * @param tls none for plain HTTP
     * @param patience how long stopping waits for requests under way
     */
    public ApiServer(Api api, String host, int port, Optional<ServerTls> tls, Duration idle, Duration patience) {
        this.api = api;
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.idle = idle;
        this.patience = patience;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout((int) idle.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setMaxChunkSize(MAX_CHUNK_BYTES)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setStrictThreadMode(true)
                .setTcpNoDelay(true);
        tls.ifPresent(wanted -> wanted.applyTo(options));
        HttpServer starting = vertx.createHttpServer(options).requestHandler(api.router(vertx));
        server = starting;
        return starting.listen(port, host);
    }

    /** The port it listens on, also when the system chose it; 0 before it has been started. */
    public int port() {
        HttpServer running = server;
        return running == null ? 0 : running.actualPort();
    }

    /** Takes no more connections and waits for the requests under way. */
    @Override
    public Future<?> stop() {
        HttpServer running = server;
        return running == null
                ? Future.succeededFuture()
                : running.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
