package io.passgate.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;

/** Looks at each connection that a server takes, before anything is set up for it. Acceptor's event loop. */
@Sharable
final class AcceptHandler extends ChannelInboundHandlerAdapter {
    private final Connections connections;
    private final TrustedProxies proxies;
    private final ConnectionObserver observer;
    private final long proxyPatienceNs;

    AcceptHandler(Connections connections, TrustedProxies proxies, ConnectionObserver observer, long proxyPatienceNs) {
        this.connections = connections;
        this.proxies = proxies;
        this.observer = observer;
        this.proxyPatienceNs = proxyPatienceNs;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof Channel child)) {
            context.fireChannelRead(message);
            return;
        }
        InetAddress address = Peer.socketAddress(child);
        boolean isProxy = proxies.networks().contains(address);
        if (!connections.admit(child, isProxy ? null : address)) {
            child.unsafe().closeForcibly();
            return;
        }
        Channel server = context.channel();
        if (connections.isFullUntil(() -> context.executor().execute(() -> accept(server, true)))) {
            accept(server, false);
        }
        if (isProxy && proxies.proxyProtocol()) {
            var _ = child.pipeline().addFirst(new ProxyHeader(connections, observer, proxyPatienceNs));
        }
        context.fireChannelRead(message);
    }

    private static void accept(Channel server, boolean more) {
        var _ = server.config().setAutoRead(more);
    }
}
