package io.passgate.http.connection;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The other end of one connection. Its state belongs to {@link Connections}, except where a method says otherwise. */
public final class Peer {
    private static final AttributeKey<Peer> KEY = AttributeKey.valueOf("passgate.peer");

    final Channel channel;

    /** Under whose bound it counts; none where a proxy passes on many clients. */
    @Nullable
    InetAddress counted;

    boolean isGone;

    /** Whether its event loop has yet to set it up. */
    boolean isStarting;

    private final Connections connections;

    /** Only its event loop asks and says. */
    private boolean isTrusted;

    Peer(Channel channel, Connections connections) {
        this.channel = channel;
        this.connections = connections;
        channel.attr(KEY).set(this);
    }

    /** The other end of a connection that {@link Connections} has taken, or null of another one. */
    static @Nullable Peer of(Channel channel) {
        return channel.attr(KEY).get();
    }

    /**
     * Remembers that the connection has shown a valid token, so that it makes no room for others. Its event loop.
     *
     * @param connection of the request that had the token
     */
    public static void hasShownToken(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            Peer peer = of(base.channel());
            if (peer != null) {
                peer.trust();
            }
        }
    }

    void trust() {
        if (!isTrusted) {
            isTrusted = true;
            connections.trust(this);
        }
    }

    /** The address at the other end of the socket, or null where it is no IP address. */
    static @Nullable InetAddress socketAddress(Channel channel) {
        SocketAddress remote = channel.remoteAddress();
        return remote instanceof InetSocketAddress address ? address.getAddress() : null;
    }
}
