package io.passgate.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds one connection of HTTP/2 within the same bounds as one of HTTP/1.1. How many requests are under way says the
 * protocol itself (RFC 9113 section 5.1.2); what is counted here are answers that wait for the client's window (section
 * 5.2), and what is timed are requests that do not end. Its event loop.
 */
public final class Http2Gate implements WatchedConnection {
    private static final AttributeKey<Http2Gate> KEY = AttributeKey.valueOf("passgate.http2");

    private final Channel channel;
    private final ConnectionWatch watch;
    private final Http2ConnectionHandler handler;
    private final Http2Connection.PropertyKey begun;
    private final Marks marks = new Marks();
    private long answerBytes;
    private boolean isEnding;

    private Http2Gate(Channel channel, Http2ConnectionHandler handler, ConnectionWatch watch) {
        this.channel = channel;
        this.watch = watch;
        this.handler = handler;
        this.begun = handler.connection().newKey();
    }

    /** Guards a new connection. */
    static void guard(Channel channel, Http2ConnectionHandler handler, ConnectionWatch watch) {
        Http2Gate gate = new Http2Gate(channel, handler, watch);
        channel.attr(KEY).set(gate);
        handler.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamAdded(Http2Stream stream) {
                var _ = stream.setProperty(gate.begun, watch.nowNs());
            }
        });
        watch.watch(gate);
        var _ = channel.closeFuture().addListener(closed -> watch.forget(gate));
    }

    /**
     * Counts one answer as held until its client has taken it; nothing of one of HTTP/1.1, which is counted by itself.
     *
     * @param connection that the answer goes out on
     * @param bytes of the answer's body
     */
    public static void answers(HttpConnection connection, int bytes) {
        Http2Gate gate = of(connection);
        if (gate != null) {
            gate.answerBytes += bytes;
            gate.holds();
        }
    }

    /**
     * The answer has been taken, or never will be.
     *
     * @param connection that the answer went out on
     * @param bytes as they were given to {@link #answers}
     */
    public static void answered(HttpConnection connection, int bytes) {
        Http2Gate gate = of(connection);
        if (gate != null) {
            gate.answerBytes -= bytes;
            gate.holds();
            gate.watch.progressed(gate);
        }
    }

    private void holds() {
        if (!isEnding && channel.isActive()) {
            watch.holds(this, heldBytes());
        }
    }

    private static @Nullable Http2Gate of(HttpConnection connection) {
        return connection instanceof ConnectionBase base
                ? base.channel().attr(KEY).get()
                : null;
    }

    /** Ends each request that has not ended by itself in time. */
    void endLateRequests(long nowNs, long patienceNs) {
        List<Http2Stream> late = new ArrayList<>();
        try {
            var _ = handler.connection().forEachActiveStream(stream -> {
                Long since = stream.getProperty(begun);
                if (since != null && nowNs - since >= patienceNs && isRequestOpen(stream)) {
                    var _ = late.add(stream);
                }
                return true;
            });
        } catch (Http2Exception impossible) {
            throw new IllegalStateException("a visitor that fails nowhere", impossible);
        }
        ChannelHandlerContext context = channel.pipeline().context(handler);
        for (Http2Stream stream : late) {
            watch.observer().ended(ConnectionEnd.REQUEST_TOO_SLOW);
            var _ = handler.resetStream(
                    context, stream.id(), Http2Error.ENHANCE_YOUR_CALM.code(), channel.newPromise());
        }
        if (!late.isEmpty()) {
            var _ = context.flush();
        }
    }

    private static boolean isRequestOpen(Http2Stream stream) {
        return stream.state() == Http2Stream.State.OPEN || stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL;
    }

    @Override
    public Marks marks() {
        return marks;
    }

    @Override
    public long heldBytes() {
        return answerBytes + RequestGate.unsent(channel);
    }

    @Override
    public void requestIsLate() {
        end(ConnectionEnd.REQUEST_TOO_SLOW);
    }

    @Override
    public void end(ConnectionEnd why) {
        if (!isEnding) {
            isEnding = true;
            watch.observer().ended(why);
            watch.forget(this);
        }
        close();
    }

    @Override
    public void close() {
        var _ = channel.close();
    }
}
