package io.passgate.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.transport.Transport;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** What holds the connections of a gateway's public ports within their bounds. Any thread. */
public final class PublicPort {
    private static final long SWEEP_MS = 250;

    private final ConnectionLimits limits;
    private final TrustedProxies proxies;
    private final ConnectionObserver observer;
    private final LongSupplier nanoTime;
    private final Connections connections;
    private final AtomicLong heldBytes = new AtomicLong();

    /**
     * Bounds that no connection has come under yet.
     *
     * @param limits for the connections of all public ports together
     * @param proxies whose word is taken for a client's address
     * @param observer hears what becomes of connections
     * @param nanoTime as {@link System#nanoTime}
     */
    public PublicPort(
            ConnectionLimits limits, TrustedProxies proxies, ConnectionObserver observer, LongSupplier nanoTime) {
        this.limits = limits;
        this.proxies = proxies;
        this.observer = observer;
        this.nanoTime = nanoTime;
        this.connections = new Connections(limits.maxConnections(), limits.maxPerAddress(), observer);
    }

    /**
     * {@return the transport by which Vert.x has to be built for its servers to take connections within the bounds} It
     * is the system's own where there is one, and else NIO.
     */
    public Transport transport() {
        Transport usual = usualTransport();
        AcceptHandler accepting = new AcceptHandler(
                connections, proxies, observer, limits.requestPatience().toNanos());
        return new Transport() {
            @Override
            public String name() {
                return usual.name();
            }

            @Override
            public boolean available() {
                return usual.available();
            }

            @Override
            public Throwable unavailabilityCause() {
                return usual.unavailabilityCause();
            }

            @Override
            public io.vertx.core.spi.transport.Transport implementation() {
                return new BoundedTransport(usual.implementation(), accepting);
            }
        };
    }

    private static Transport usualTransport() {
        Transport preferred = Transport.nativeTransport();
        return preferred != null && preferred.available() ? preferred : Transport.NIO;
    }

    /** {@return whose word is taken for an address} */
    public TrustedProxies proxies() {
        return proxies;
    }

    /** {@return how many connections there are} */
    public int open() {
        return connections.open();
    }

    /** {@return bytes that wait because clients do not take them, or sent them before their turn} */
    public long heldBytes() {
        return heldBytes.get();
    }

    /**
     * {@return the guard of the connections of one server on one event loop} Called there.
     *
     * @param vertx whose timer looks for what is late
     * @param options of the server
     * @param answers the whole answer to a refused request, as it is sent
     */
    public Guard guard(Vertx vertx, HttpServerOptions options, Function<Refusal, byte[]> answers) {
        ConnectionWatch watch = new ConnectionWatch(limits, heldBytes, observer, answers, nanoTime);
        var _ = vertx.setPeriodic(SWEEP_MS, now -> watch.sweep());
        return new Guard(options, watch);
    }

    /** Guards new connections. Its event loop. */
    public static final class Guard {
        private final HttpServerOptions options;
        private final ConnectionWatch watch;

        private Guard(HttpServerOptions options, ConnectionWatch watch) {
            this.options = options;
            this.watch = watch;
        }

        /**
         * Guards a connection from now on, before anything has been read of it.
         *
         * @param connection one that the server has just taken
         */
        public void guard(HttpConnection connection) {
            if (!(connection instanceof ConnectionBase base)) {
                throw new IllegalStateException("a connection of another kind");
            }
            Channel channel = base.channel();
            ChannelHandlerContext decoder = channel.pipeline().context(HttpRequestDecoder.class);
            if (decoder != null) {
                RequestGate.guard(channel, options, watch);
                return;
            }
            Http2ConnectionHandler http2 = channel.pipeline().get(Http2ConnectionHandler.class);
            if (http2 != null) {
                Http2Gate.guard(channel, http2, watch);
            }
        }
    }
}
