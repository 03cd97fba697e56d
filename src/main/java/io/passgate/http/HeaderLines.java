package io.passgate.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectDecoder;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * Overwrites, after each read of a connection, the lines that its decoder read last: a token or a device proof would stay
 * there for as long as the connection is open. Netty has no call for it, so its buffer is reached by its field; each line is
 * copied in whole and taken apart at once, so that nothing is waiting in it between two reads.
 */
final class HeaderLines extends ChannelInboundHandlerAdapter {
    private static final MethodHandle SCRATCH = scratch();

    private final ByteBuf lines;

    private HeaderLines(ByteBuf lines) {
        this.lines = lines;
    }

    private static MethodHandle scratch() {
        try {
            return MethodHandles.privateLookupIn(HttpObjectDecoder.class, MethodHandles.lookup())
                    .findGetter(HttpObjectDecoder.class, "parserScratchBuffer", ByteBuf.class);
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException("this Netty keeps header lines somewhere else", other);
        }
    }

    /** Forgets the lines of a new connection from now on; one of HTTP/2 has none. */
    static void forgetOn(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            throw new IllegalStateException("a connection of another kind");
        }
        ChannelPipeline pipeline = base.channel().pipeline();
        ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
        if (decoder != null) {
            var unused = pipeline.addAfter(decoder.name(), null, new HeaderLines(lines(decoder.handler())));
        }
    }

    private static ByteBuf lines(Object decoder) {
        try {
            return (ByteBuf) SCRATCH.invoke(decoder);
        } catch (Throwable impossible) {
            throw new AssertionError("a getter does not fail", impossible);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (lines.refCnt() > 0) {
            var unused = lines.setZero(0, lines.capacity());
        }
        context.fireChannelReadComplete();
    }
}
