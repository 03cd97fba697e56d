package io.passgate.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectDecoder;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x's decoder of requests, with three things added. What breaks {@link RequestRules} is marked as not decoded, and
 * what follows it is thrown away. A request is decoded only when the one before it has been answered; until then its
 * bytes wait, and no more are read than come at once. After each read the lines that were read last are overwritten: a
 * token or a device proof would stay there for as long as the connection is open. Netty has no call for it, so its
 * buffer is reached by its field.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
    private static final MethodHandle SCRATCH = scratch();
    private static final DecoderResult AMBIGUOUS =
            DecoderResult.failure(new IllegalArgumentException("a request with more than one reading"));

    /**
     * Requests that came at once and are passed on in one turn of the event loop; other connections have theirs
     * between.
     */
    private static final int MOST_IN_A_TURN = 16;

    private final ByteBuf lines;
    private final Reader reader;
    private boolean hasStrictLine;

    /** Whether a request has begun to be passed on, and not yet ended. */
    private boolean isInRequest;

    /** Whether the next request has to wait. */
    private boolean isBlocked;

    /** Whether bytes were left because of that. */
    private boolean hasStopped;

    /** Whether nothing is read because of that. */
    private boolean isPaused;

    /** Whether the rest of the request that has begun is not to be passed on yet. */
    private boolean isHeld;

    private boolean isBroken;
    private int inThisTurn;

    /** Who is told how far the decoder is. */
    interface Reader {
        /**
         * Something was read.
         *
         * @param isArriving whether a request has begun and not ended
         * @param waiting bytes of the requests after it that are held
         */
        void wasRead(boolean isArriving, int waiting);
    }

    StrictRequestDecoder(HttpServerOptions options, Reader reader) {
        super(options);
        this.reader = reader;
        this.lines = lines(this);
    }

    private static MethodHandle scratch() {
        try {
            return MethodHandles.privateLookupIn(HttpObjectDecoder.class, MethodHandles.lookup())
                    .findGetter(HttpObjectDecoder.class, "parserScratchBuffer", ByteBuf.class);
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException("this Netty keeps header lines somewhere else", other);
        }
    }

    private static ByteBuf lines(HttpObjectDecoder decoder) {
        try {
            return (ByteBuf) SCRATCH.invoke(decoder);
        } catch (Throwable impossible) {
            throw new AssertionError("a getter does not fail", impossible);
        }
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        hasStrictLine = isStrict(initialLine);
        return super.createMessage(initialLine);
    }

    /** Three words with one blank between them, where the decoder below takes other separators as well. */
    private boolean isStrict(String[] words) {
        int first = words[0].length();
        int second = first + 1 + words[1].length();
        return lines.readableBytes() == second + 1 + words[2].length()
                && lines.getByte(lines.readerIndex() + first) == ' '
                && lines.getByte(lines.readerIndex() + second) == ' ';
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (isBroken) {
            var _ = in.skipBytes(in.readableBytes());
            return;
        }
        if (isHeld || !isInRequest && (isBlocked || inThisTurn == MOST_IN_A_TURN)) {
            hasStopped = true;
            return;
        }
        int before = out.size();
        super.decode(context, in, out);
        for (int i = before; i < out.size(); i++) {
            look((HttpObject) out.get(i));
        }
        if (isBroken) {
            var _ = in.skipBytes(in.readableBytes());
        }
    }

    private void look(HttpObject object) {
        if (object instanceof HttpRequest request) {
            isInRequest = true;
            isBlocked = true;
            inThisTurn++;
            if (request.decoderResult().isSuccess() && !(hasStrictLine && RequestRules.hold(request))) {
                request.setDecoderResult(AMBIGUOUS);
            }
        }
        if (object instanceof LastHttpContent) {
            isInRequest = false;
        }
        isBroken |= object.decoderResult().isFailure();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object input) throws Exception {
        inThisTurn = 0;
        super.channelRead(context, input);
        int left = actualReadableBytes();
        int waiting = hasStopped && !isHeld ? left : 0;
        if (hasStopped && left > 0 && !isPaused) {
            isPaused = true;
            var _ = context.channel().config().setAutoRead(false);
        }
        if (hasStopped && !isBlocked) {
            inNextRound(context, () -> takeTurn(context));
        }
        reader.wasRead(!isBroken && (isInRequest || (left > 0 && !hasStopped)), waiting);
    }

    /** While it waits for its turn it does not ask for more, as the decoder below would. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (isPaused) {
            var _ = context.fireChannelReadComplete();
        } else {
            super.channelReadComplete(context);
        }
        if (lines.refCnt() > 0) {
            var _ = lines.setZero(0, lines.capacity());
        }
    }

    /** What follows of the request that has begun is not passed on, and once there is some, no more of it is read. */
    void hold() {
        isHeld = true;
    }

    /** It is passed on. */
    void letGo(ChannelHandlerContext context) {
        isHeld = false;
        resumeReading(context);
        if (hasStopped) {
            hasStopped = false;
            inNextRound(context, () -> decodeOn(context));
        }
    }

    /** The request that was passed on has been answered, and there is room for the next answer. */
    void proceed(ChannelHandlerContext context) {
        isBlocked = false;
        resumeReading(context);
        if (hasStopped) {
            hasStopped = false;
            inNextRound(context, () -> decodeOn(context));
        }
    }

    private void takeTurn(ChannelHandlerContext context) {
        if (!isBlocked) {
            hasStopped = false;
            resumeReading(context);
            decodeOn(context);
        }
    }

    /**
     * Once all sockets have been looked at: tasks alone would hold them up for as long as there are any, up to a
     * second.
     */
    private static void inNextRound(ChannelHandlerContext context, Runnable task) {
        var _ = context.executor().schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    private void resumeReading(ChannelHandlerContext context) {
        if (isPaused) {
            isPaused = false;
            var _ = context.channel().config().setAutoRead(true);
        }
    }

    /** Reads the rest of what comes without looking at it. */
    void discard(ChannelHandlerContext context) {
        isBroken = true;
        proceed(context);
    }

    private void decodeOn(ChannelHandlerContext context) {
        if (!context.isRemoved() && context.channel().isActive()) {
            try {
                channelRead(context, Unpooled.EMPTY_BUFFER);
                channelReadComplete(context);
            } catch (Exception failed) {
                var _ = context.fireExceptionCaught(failed);
            }
        }
    }
}
