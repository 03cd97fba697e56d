package io.passgate.http.server;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time between the decision to stop and the closing of the port. Connections are still taken, since those who send
 * them have not heard of it yet; each answer is the last of its connection, and says so.
 */
public final class Drain {
    private static final Logger LOG = System.getLogger(Drain.class.getName());

    private final Duration patience;
    private volatile boolean hasBegun;

    /**
     * A drain that has not begun.
     *
     * @param patience how long a connection may take for its last answer
     */
    public Drain(Duration patience) {
        this.patience = patience;
    }

    /** From now on each answer is the last of its connection. */
    public void begin() {
        hasBegun = true;
    }

    /**
     * {@return a handler that marks each answer as its connection's last once this has begun, and passes every request
     * on} On the event loop of the request.
     *
     * @param next what handles the request
     */
    public Handler<HttpServerRequest> before(Handler<HttpServerRequest> next) {
        return request -> {
            if (hasBegun) {
                last(request);
            }
            next.handle(request);
        };
    }

    /** An HTTP/2 connection says it by a frame of its own. */
    private void last(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        request.connection()
                .shutdown(patience.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(gone -> LOG.log(
                        Level.DEBUG,
                        "a connection had gone: {0}",
                        gone.getClass().getName()));
    }
}
