package io.passgate.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;

/**
 * Lets the requests of one connection of HTTP/1.1 through one after another: the next one when the last one has been
 * answered and its answer was mostly taken. Answers by itself what is not to be read, and ends the connection. Its
 * event loop.
 *
 * <p>A connection that is ended by us is closed in one direction first, so that its client reads the answer before it
 * learns that nobody listens any more (RFC 9112 section 9.6).
 */
public final class RequestGate extends ChannelDuplexHandler implements WatchedConnection {
    private static final String DECODER = "httpDecoder";
    private static final AttributeKey<RequestGate> KEY = AttributeKey.valueOf("passgate.requests");

    private final Channel channel;
    private final ConnectionWatch watch;
    private final StrictRequestDecoder decoder;
    private final Marks marks = new Marks();
    private boolean hasRequest;
    private boolean isAnswerBegun;
    private boolean isAnswerEnded;
    private boolean isWaitingForRoom;
    private boolean isEnding;
    private int waitingBytes;

    private RequestGate(Channel channel, HttpServerOptions options, ConnectionWatch watch) {
        this.channel = channel;
        this.watch = watch;
        this.decoder = new StrictRequestDecoder(options, this::wasRead);
    }

    /** Guards a new connection whose first byte has not been read. */
    static void guard(Channel channel, HttpServerOptions options, ConnectionWatch watch) {
        RequestGate gate = new RequestGate(channel, options, watch);
        channel.attr(KEY).set(gate);
        var _ = channel.pipeline().replace(DECODER, DECODER, gate.decoder);
        var _ = channel.pipeline().addBefore("handler", "requestGate", gate);
    }

    /**
     * {@return the one of a connection; empty where it is not one of HTTP/1.1}
     *
     * @param connection of a request that is being handled
     */
    public static Optional<RequestGate> of(HttpConnection connection) {
        return connection instanceof ConnectionBase base
                ? Optional.ofNullable(base.channel().attr(KEY).get())
                : Optional.empty();
    }

    /**
     * Has the body of the request that is being handled wait where it is: at most what has been read already is in
     * memory, one buffer of up to 64 KiB. Its event loop.
     */
    public void hold() {
        decoder.hold();
    }

    /** Has it come. Nothing where the connection has ended. Its event loop. */
    public void letGo() {
        ChannelHandlerContext context = channel.pipeline().context(decoder);
        if (context != null) {
            decoder.letGo(context);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isEnding || !(message instanceof HttpObject object)) {
            var _ = ReferenceCountUtil.release(message);
            return;
        }
        if (object.decoderResult().isFailure()) {
            var _ = ReferenceCountUtil.release(message);
            if (channel.isActive()) {
                refuse(refusal(object.decoderResult().cause()), ConnectionEnd.AMBIGUOUS);
            }
            return;
        }
        if (object instanceof HttpRequest) {
            hasRequest = true;
        }
        boolean isLast = object instanceof LastHttpContent;
        if (isLast) {
            hasRequest = false;
        }
        context.fireChannelRead(message);
        if (isLast) {
            endExchange();
        }
    }

    /** A line that is too long is the request's first one only while that is read; later it is that of a chunk. */
    private Refusal refusal(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException tooLong when !hasRequest -> Refusal.URI_TOO_LONG;
            case TooLongHttpHeaderException tooLong -> Refusal.FIELDS_TOO_LONG;
            default -> Refusal.AMBIGUOUS;
        };
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (isEnding) {
            var _ = ReferenceCountUtil.release(message);
            var _ = promise.tryFailure(new ClosedChannelException());
            return;
        }
        if (message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            isAnswerBegun = true;
        }
        boolean ends = isAnswerBegun && message instanceof LastHttpContent;
        var _ = context.write(message, promise);
        if (ends) {
            isAnswerEnded = true;
            endExchange();
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        holds();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            holds();
            watch.progressed(this);
            if (isWaitingForRoom) {
                isWaitingForRoom = false;
                decoder.proceed(channel.pipeline().context(decoder));
            }
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        isEnding = true;
        watch.forget(this);
        context.fireChannelInactive();
    }

    /** One that is ending is watched no more: its close flushes and fails what it held, and would list it again. */
    private void holds() {
        if (!isEnding) {
            watch.holds(this, heldBytes());
        }
    }

    private void endExchange() {
        if (hasRequest || !isAnswerEnded) {
            return;
        }
        isAnswerBegun = false;
        isAnswerEnded = false;
        if (channel.isWritable()) {
            decoder.proceed(channel.pipeline().context(decoder));
        } else {
            isWaitingForRoom = true;
        }
    }

    private void wasRead(boolean isArriving, int waiting) {
        if (isEnding) {
            return;
        }
        watch.arrives(this, isArriving);
        if (waiting != waitingBytes) {
            waitingBytes = waiting;
            holds();
        }
    }

    /** Bytes that the client has not taken and the system has no room for. */
    static long unsent(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    @Override
    public Marks marks() {
        return marks;
    }

    @Override
    public long heldBytes() {
        return waitingBytes + unsent(channel);
    }

    @Override
    public void requestIsLate() {
        if (isAnswerBegun) {
            end(ConnectionEnd.REQUEST_TOO_SLOW);
        } else {
            refuse(Refusal.TOO_SLOW, ConnectionEnd.REQUEST_TOO_SLOW);
        }
    }

    /** Answers, unless that has been done, and ends the connection; at once where an answer has begun and not ended. */
    private void refuse(Refusal why, ConnectionEnd end) {
        isEnding = true;
        watch.observer().ended(end);
        watch.forget(this);
        ChannelHandlerContext context = channel.pipeline().context(decoder);
        decoder.discard(context);
        if (isAnswerBegun && !isAnswerEnded) {
            var _ = channel.close();
            return;
        }
        ByteBuf answer = Unpooled.EMPTY_BUFFER;
        if (!isAnswerBegun) {
            watch.observer().refused(why.status());
            answer = Unpooled.wrappedBuffer(watch.answer(why));
        }
        var _ = context.writeAndFlush(answer).addListener(written -> linger());
    }

    private void linger() {
        if (channel instanceof DuplexChannel duplex && channel.pipeline().get(SslHandler.class) == null) {
            var _ = duplex.shutdownOutput();
        }
        watch.lingers(this);
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
        var _ = channel.unsafe().outboundBuffer() == null ? null : channel.close();
    }
}
