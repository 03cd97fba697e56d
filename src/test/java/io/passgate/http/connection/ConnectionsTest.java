package io.passgate.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {
    private final List<ConnectionEnd> ends = new ArrayList<>();
    private final Connections connections = new Connections(4, 2, new ConnectionObserver() {
        @Override
        public void ended(ConnectionEnd why) {
            ends.add(why);
        }

        @Override
        public void refused(int status) {
            throw new AssertionError("nothing is answered here");
        }
    });

    private int resumed;

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }

    private EmbeddedChannel taken(int last) throws UnknownHostException {
        EmbeddedChannel channel = new EmbeddedChannel();
        assertThat(connections.admit(channel, address(last))).isTrue();
        return channel;
    }

    private static void showToken(EmbeddedChannel channel) {
        Peer peer = Objects.requireNonNull(Peer.of(channel));
        peer.trust();
    }

    private static boolean isOpen(EmbeddedChannel channel) {
        channel.runPendingTasks();
        return channel.isOpen();
    }

    private boolean isFull() {
        return connections.isFullUntil(() -> resumed++);
    }

    @Test
    void oneTooMany_takesThePlaceOfTheOldestStranger() throws UnknownHostException {
        EmbeddedChannel known = taken(1);
        showToken(known);
        EmbeddedChannel oldest = taken(2);
        EmbeddedChannel second = taken(3);
        EmbeddedChannel third = taken(4);
        EmbeddedChannel next = taken(5);
        assertThat(isOpen(oldest)).isFalse();
        assertThat(List.of(known, second, third, next)).allMatch(ConnectionsTest::isOpen);
        assertThat(connections.open()).isEqualTo(4);
        assertThat(ends).containsExactly(ConnectionEnd.MADE_ROOM);
    }

    @Test
    void whereAllHaveShownATokenTheNextIsTurnedAway_andNobodyIsLost() throws UnknownHostException {
        for (int i = 0; i < 4; i++) {
            showToken(taken(i));
        }
        assertThat(connections.admit(new EmbeddedChannel(), address(9))).isFalse();
        assertThat(connections.open()).isEqualTo(4);
        assertThat(ends).containsExactly(ConnectionEnd.TOO_MANY);
    }

    @Test
    void oneTooManyOfAnAddress_takesThePlaceOfItsOwnOldest_andOfNoOther() throws UnknownHostException {
        EmbeddedChannel other = taken(1);
        EmbeddedChannel first = taken(2);
        EmbeddedChannel second = taken(2);
        EmbeddedChannel third = taken(2);
        assertThat(isOpen(first)).isFalse();
        assertThat(List.of(other, second, third)).allMatch(ConnectionsTest::isOpen);
        showToken(second);
        showToken(third);
        assertThat(connections.admit(new EmbeddedChannel(), address(2))).isFalse();
        assertThat(ends).containsExactly(ConnectionEnd.MADE_ROOM, ConnectionEnd.TOO_MANY_OF_ADDRESS);
        assertThat(connections.open()).isEqualTo(3);
    }

    @Test
    void aConnectionThatEnds_givesItsPlaceBackOnce() throws UnknownHostException {
        for (int i = 0; i < 100; i++) {
            EmbeddedChannel first = taken(1);
            EmbeddedChannel second = taken(1);
            assertThat(connections.open()).isEqualTo(2);
            var _ = first.close();
            var _ = second.close();
            assertThat(isOpen(first)).isFalse();
            assertThat(isOpen(second)).isFalse();
            assertThat(connections.open()).isZero();
        }
        assertThat(ends).isEmpty();
    }

    @Test
    void theAddressOfAProxysClient_isCountedOnceItIsKnown() throws UnknownHostException {
        List<EmbeddedChannel> channels = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            EmbeddedChannel channel = new EmbeddedChannel();
            assertThat(connections.admit(channel, null)).isTrue();
            channels.add(channel);
        }
        for (EmbeddedChannel channel : channels) {
            Peer peer = Objects.requireNonNull(Peer.of(channel));
            assertThat(connections.count(peer, address(7))).isTrue();
        }
        assertThat(isOpen(channels.getFirst())).isFalse();
        assertThat(connections.open()).isEqualTo(2);
    }

    @Test
    void whileFourAreSetUpTheNextOnesWait_untilOneEventLoopHasGoneOn() throws UnknownHostException {
        List<EmbeddedChannel> starting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            assertThat(isFull()).isFalse();
            starting.add(taken(i));
        }
        assertThat(isFull()).isTrue();
        assertThat(resumed).isZero();
        var _ = starting.getFirst().runScheduledPendingTasks();
        assertThat(resumed).isOne();
        assertThat(isFull()).isFalse();
    }

    @Test
    void oneThatGoesBeforeItIsSetUp_isWaitedForNoMore() throws UnknownHostException {
        List<EmbeddedChannel> starting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starting.add(taken(i));
        }
        assertThat(isFull()).isTrue();
        var _ = starting.getFirst().close();
        assertThat(isOpen(starting.getFirst())).isFalse();
        assertThat(resumed).isOne();
        var _ = starting.getFirst().runScheduledPendingTasks();
        EmbeddedChannel last = taken(7);
        assertThat(isFull()).isTrue();
        assertThat(isOpen(last)).isTrue();
    }

    @Test
    void whileSixteenMakeRoomTheNextOnesWait_untilOneHasGone() throws UnknownHostException {
        List<EmbeddedChannel> all = new ArrayList<>();
        for (int i = 0; i < 4 + 16; i++) {
            assertThat(isFull()).isFalse();
            EmbeddedChannel next = new EmbeddedChannel(new SlowToClose());
            assertThat(connections.admit(next, null)).isTrue();
            var _ = next.runScheduledPendingTasks();
            all.add(next);
        }
        assertThat(isFull()).isTrue();
        assertThat(resumed).isZero();
        all.getFirst().pipeline().get(SlowToClose.class).closeNow();
        assertThat(isOpen(all.getFirst())).isFalse();
        assertThat(resumed).isOne();
        assertThat(isFull()).isFalse();
    }

    /** Holds a close back until it is told to let it through. */
    private static final class SlowToClose extends ChannelOutboundHandlerAdapter {
        private Runnable close = () -> {};

        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            close = () -> {
                var _ = context.close(promise);
            };
        }

        private void closeNow() {
            close.run();
        }
    }
}
