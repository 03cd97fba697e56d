package io.passgate.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections of all ports, in all and per address. Where there are as many as may be, the one that has
 * waited longest without showing a token makes room for the next; only where each has shown one the next is turned
 * away. So whoever holds connections open keeps nobody out. Any thread.
 */
final class Connections {
    /** Beyond it the next ones wait to be accepted, or the process would have more files open than it may. */
    private static final int MOST_LEAVING = 16;

    /** Beyond it the next ones wait to be accepted, or the event loops would set up connections and do nothing else. */
    private static final int MOST_STARTING = 4;

    private final int max;
    private final int maxPerAddress;
    private final ConnectionObserver observer;

    /** Those that have shown no token, the oldest first. */
    private final LinkedHashSet<Peer> strangers = new LinkedHashSet<>();

    private final Map<InetAddress, OfAddress> byAddress = new HashMap<>();

    /** What runs once there is room for the next connection. */
    private final List<Runnable> waiting = new ArrayList<>();

    private int open;

    /** Those that make room and have not gone yet: each has its file until then. */
    private int leaving;

    /** Those whose event loop has not set them up, and looked at its other sockets, since they were admitted. */
    private int starting;

    /** No connection yet. */
    Connections(int max, int maxPerAddress, ConnectionObserver observer) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.observer = observer;
    }

    private static final class OfAddress {
        private final LinkedHashSet<Peer> strangers = new LinkedHashSet<>();
        private int open;
    }

    /** How many there are. */
    synchronized int open() {
        return open;
    }

    /**
     * Takes a connection, unless it is one too many; it is given back when its channel is closed.
     *
     * @param counted the address under whose bound it falls, or null if it is not known yet or of a proxy
     * @return whether it was taken; what was not is for the caller to close
     */
    boolean admit(Channel channel, @Nullable InetAddress counted) {
        Peer peer = new Peer(channel, this);
        Optional<ConnectionEnd> refusal;
        Peer leaving = null;
        synchronized (this) {
            refusal = Optional.empty();
            if (open >= max) {
                leaving = oldest(strangers);
                if (leaving == null) {
                    refusal = Optional.of(ConnectionEnd.TOO_MANY);
                }
            }
            if (refusal.isEmpty()) {
                if (leaving != null) {
                    remove(leaving);
                }
                open++;
                starting++;
                peer.isStarting = true;
                strangers.add(peer);
            }
        }
        if (refusal.isPresent()) {
            observer.ended(refusal.get());
            return false;
        }
        end(leaving);
        channel.closeFuture().addListener(closed -> leave(peer));
        inItsEventLoop(channel, context -> {
            var _ = context.executor().schedule(() -> hasStarted(peer), 0, TimeUnit.NANOSECONDS);
        });
        if (counted == null || count(peer, counted)) {
            return true;
        }
        leave(peer);
        return false;
    }

    /**
     * Puts a connection under the bound of its address.
     *
     * @return whether it may stay
     */
    boolean count(Peer peer, InetAddress address) {
        Peer leaving = null;
        boolean stays = true;
        synchronized (this) {
            if (peer.isGone) {
                return true;
            }
            OfAddress own = byAddress.computeIfAbsent(address, first -> new OfAddress());
            if (own.open >= maxPerAddress) {
                leaving = oldest(own.strangers);
                stays = leaving != null;
            }
            if (stays) {
                if (leaving != null) {
                    remove(leaving);
                }
                OfAddress kept = byAddress.computeIfAbsent(address, first -> own);
                peer.counted = address;
                kept.open++;
                kept.strangers.add(peer);
            }
        }
        end(leaving);
        if (!stays) {
            observer.ended(ConnectionEnd.TOO_MANY_OF_ADDRESS);
        }
        return stays;
    }

    /**
     * Whether the next connections should wait, for those that make room or for those that are being set up.
     *
     * @param then run once there is room, if so; by any thread
     */
    synchronized boolean isFullUntil(Runnable then) {
        return isFull() && waiting.add(then);
    }

    private boolean isFull() {
        return leaving >= MOST_LEAVING || starting >= MOST_STARTING;
    }

    private void hasLeft() {
        synchronized (this) {
            leaving--;
        }
        goOn();
    }

    /** Its event loop has set it up; or it has gone before. */
    private void hasStarted(Peer peer) {
        synchronized (this) {
            if (peer.isStarting) {
                peer.isStarting = false;
                starting--;
            }
        }
        goOn();
    }

    private void goOn() {
        List<Runnable> ready = List.of();
        synchronized (this) {
            if (!isFull() && !waiting.isEmpty()) {
                ready = List.copyOf(waiting);
                waiting.clear();
            }
        }
        ready.forEach(Runnable::run);
    }

    void trust(Peer peer) {
        synchronized (this) {
            var _ = strangers.remove(peer);
            OfAddress own = ofAddress(peer);
            if (own != null) {
                var _ = own.strangers.remove(peer);
            }
        }
    }

    private @Nullable OfAddress ofAddress(Peer peer) {
        return peer.counted == null ? null : byAddress.get(peer.counted);
    }

    private void leave(Peer peer) {
        synchronized (this) {
            remove(peer);
        }
        hasStarted(peer);
    }

    /** Once for each, whoever comes first: the one whose place it takes, or its own end. */
    private void remove(Peer peer) {
        if (peer.isGone) {
            return;
        }
        peer.isGone = true;
        open--;
        var _ = strangers.remove(peer);
        OfAddress own = ofAddress(peer);
        if (own != null) {
            var _ = own.strangers.remove(peer);
            if (--own.open == 0) {
                var _ = byAddress.remove(peer.counted);
            }
        }
    }

    private static @Nullable Peer oldest(SequencedSet<Peer> peers) {
        return peers.isEmpty() ? null : peers.getFirst();
    }

    private void end(@Nullable Peer leaving) {
        if (leaving != null) {
            observer.ended(ConnectionEnd.MADE_ROOM);
            synchronized (this) {
                this.leaving++;
            }
            leaving.channel.closeFuture().addListener(closed -> hasLeft());
            closeNow(leaving.channel);
        }
    }

    /** At once, or as soon as it has an event loop: until then nobody may touch it. */
    private static void closeNow(Channel channel) {
        if (channel.isRegistered()) {
            var _ = channel.close();
        } else {
            inItsEventLoop(channel, context -> {
                var _ = context.close();
            });
        }
    }

    /** Does it as soon as the channel has an event loop, there. */
    private static void inItsEventLoop(Channel channel, Consumer<ChannelHandlerContext> what) {
        var _ = channel.pipeline().addLast(new ChannelHandlerAdapter() {
            @Override
            public void handlerAdded(ChannelHandlerContext context) {
                what.accept(context);
                var _ = context.pipeline().remove(this);
            }
        });
    }
}
