package io.passgate.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ConnectionWatchTest {
    private static final int MAX = 1_000;
    private static final int EACH = 400;

    private final AtomicLong heldInAll = new AtomicLong();
    private final AtomicLong nowNs = new AtomicLong();
    private final List<ConnectionEnd> ends = new ArrayList<>();
    private final ConnectionWatch watch = new ConnectionWatch(
            new ConnectionLimits(10, 10, MAX, EACH, Duration.ofSeconds(2), Duration.ofSeconds(3)),
            heldInAll,
            new ConnectionObserver() {
                @Override
                public void ended(ConnectionEnd why) {
                    ends.add(why);
                }

                @Override
                public void refused(int status) {
                    throw new AssertionError("nothing is answered here");
                }
            },
            why -> new byte[0],
            nowNs::get);

    /** A connection whose close flushes once more, as that of a socket does. */
    private final class Connection implements WatchedConnection {
        private final Marks marks = new Marks();
        private long bytes;
        private boolean isClosed;

        @Override
        public Marks marks() {
            return marks;
        }

        @Override
        public long heldBytes() {
            return bytes;
        }

        @Override
        public void requestIsLate() {
            end(ConnectionEnd.REQUEST_TOO_SLOW);
        }

        @Override
        public void end(ConnectionEnd why) {
            if (!isClosed) {
                isClosed = true;
                ends.add(why);
                watch.forget(this);
                watch.holds(this, bytes);
            }
        }

        @Override
        public void close() {
            isClosed = true;
        }

        private Connection holds(long held) {
            bytes = held;
            watch.holds(this, held);
            return this;
        }
    }

    @Test
    void theOnesGoThatHaveHeldLongest_alsoWhereTheirCloseHoldsAgain() {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            connections.add(new Connection().holds(300));
        }
        assertThat(connections.getFirst().isClosed).isTrue();
        assertThat(ends).containsOnly(ConnectionEnd.HELD_TOO_MUCH);
    }

    @Test
    void whatHasBeenTakenMeanwhile_isLookedAtBeforeAnybodyGoes() {
        Connection first = new Connection().holds(300);
        Connection second = new Connection().holds(300);
        first.bytes = 0;
        second.bytes = 10;
        Connection third = new Connection().holds(399);
        Connection fourth = new Connection().holds(399);
        assertThat(List.of(first, second, third, fourth)).noneMatch(connection -> connection.isClosed);
        assertThat(heldInAll).hasValue(10 + 2 * 399);
    }

    @Test
    void oneThatHoldsTooMuchByItself_goes_andABitLessStays() {
        assertThat(new Connection().holds(EACH).isClosed).isFalse();
        assertThat(new Connection().holds(EACH + 1).isClosed).isTrue();
    }

    @Test
    void timesEndToTheNanosecond() {
        Connection arriving = new Connection();
        watch.arrives(arriving, true);
        Connection holding = new Connection().holds(1);
        nowNs.set(TimeUnit.SECONDS.toNanos(2) - 1);
        watch.sweep();
        assertThat(arriving.isClosed).isFalse();
        nowNs.incrementAndGet();
        watch.sweep();
        assertThat(arriving.isClosed).isTrue();
        assertThat(holding.isClosed).isFalse();
        nowNs.set(TimeUnit.SECONDS.toNanos(3));
        watch.sweep();
        assertThat(holding.isClosed).isTrue();
        assertThat(ends).containsExactly(ConnectionEnd.REQUEST_TOO_SLOW, ConnectionEnd.ANSWER_NOT_TAKEN);
    }

    @Test
    void oneThatTakesMuchOfIt_getsItsTimeAnew() {
        Connection holding = new Connection().holds(100);
        nowNs.set(TimeUnit.SECONDS.toNanos(2));
        watch.progressed(holding);
        nowNs.set(TimeUnit.SECONDS.toNanos(4));
        watch.sweep();
        assertThat(holding.isClosed).isFalse();
        nowNs.set(TimeUnit.SECONDS.toNanos(5));
        watch.sweep();
        assertThat(holding.isClosed).isTrue();
    }
}
