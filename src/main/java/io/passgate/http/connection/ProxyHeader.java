package io.passgate.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * Takes a client's address from the PROXY header that a trusted proxy begins a connection with, before TLS and HTTP. A
 * connection that begins otherwise is closed, and one that says nothing for too long as well.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
    private static final String DECODER = "proxyHeader";

    private final Connections connections;
    private final ConnectionObserver observer;
    private final long patienceNs;
    private boolean isOver;

    ProxyHeader(Connections connections, ConnectionObserver observer, long patienceNs) {
        this.connections = connections;
        this.observer = observer;
        this.patienceNs = patienceNs;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        var _ = context.pipeline().addBefore(context.name(), DECODER, new HAProxyMessageDecoder());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var _ = context.executor().schedule(() -> refuseLate(context), patienceNs, TimeUnit.NANOSECONDS);
        context.fireChannelActive();
    }

    private void refuseLate(ChannelHandlerContext context) {
        if (!isOver) {
            refuse(context);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isOver) {
            context.fireChannelRead(message);
        } else if (message instanceof HAProxyMessage header) {
            try {
                take(context, header);
            } finally {
                var _ = header.release();
            }
        } else if (message instanceof ByteBuf bytes) {
            var _ = bytes.release();
        }
    }

    private void take(ChannelHandlerContext context, HAProxyMessage header) {
        isOver = true;
        Peer peer = Peer.of(context.channel());
        String source = header.sourceAddress();
        InetAddress address = source == null ? null : NetUtil.createInetAddressFromIpAddressString(source);
        boolean isOfItself = header.command() == HAProxyCommand.LOCAL || address == null;
        if (!isOfItself && address != null) {
            context.channel()
                    .attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE)
                    .set(SocketAddress.inetSocketAddress(header.sourcePort(), source));
            if (peer != null && !connections.count(peer, address)) {
                var _ = context.close();
                return;
            }
        }
        var _ = context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (isOver) {
            context.fireExceptionCaught(cause);
        } else {
            refuse(context);
        }
    }

    private void refuse(ChannelHandlerContext context) {
        isOver = true;
        observer.ended(ConnectionEnd.NO_PROXY_HEADER);
        var _ = context.close();
    }
}
