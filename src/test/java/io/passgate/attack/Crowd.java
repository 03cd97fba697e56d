package io.passgate.attack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;

/** Many connections that misbehave in the same way, on one thread; from several addresses of this machine. */
public final class Crowd implements AutoCloseable {
    private static final long NS_PER_MS = 1_000_000;
    private static final int CONNECTING_AT_ONCE = 250;
    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_READ_AT_ONCE = 1 << 16;

    private final int port;
    private final Manner manner;
    private final int wanted;
    private final int firstAddress;
    private final int addresses;
    private final Selector selector = Selector.open();
    private final ByteBuffer scratch = ByteBuffer.allocate(MOST_READ_AT_ONCE);
    private final List<Attacker> all = new ArrayList<>();
    private final long startedNs = System.nanoTime();
    private final Thread thread;
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicLong longestLifeNs = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private volatile boolean isOver;
    private volatile boolean isDraining;
    private volatile String fault = "";

    /** One connection. */
    private final class Attacker {
        private final int number;
        private final SocketChannel channel;
        private final SelectionKey key;
        private ByteBuffer pending = ByteBuffer.wrap(manner.said());
        private int rounds = manner.repeated() - 1;
        private int trickled;
        private int read;
        private long openedNs = System.nanoTime();
        private long nextByteNs;
        private long nextReadNs;
        private long againNs;

        private Attacker(int number) throws IOException {
            this.number = number;
            channel = SocketChannel.open();
            if (manner.reading() != Manner.Reading.ALL) {
                var _ = channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            }
            channel.bind(new InetSocketAddress("127.0.0." + (firstAddress + number % addresses), 0));
            var _ = channel.configureBlocking(false);
            var _ = channel.connect(new InetSocketAddress("127.0.0.1", port));
            key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        }

        private void ready() throws IOException {
            if (key.isConnectable()) {
                var _ = channel.finishConnect();
                var _ = connected.incrementAndGet();
                openedNs = System.nanoTime();
                nextByteNs = openedNs + manner.betweenMs() * NS_PER_MS;
                int reading = manner.reading() == Manner.Reading.ALL || manner.reading() == Manner.Reading.THE_BEGINNING
                        ? SelectionKey.OP_READ
                        : 0;
                key.interestOps(reading | SelectionKey.OP_WRITE);
                return;
            }
            if (key.isReadable()) {
                read();
            }
            if (key.isValid() && key.isWritable()) {
                write();
            }
        }

        private void write() throws IOException {
            while (true) {
                if (!pending.hasRemaining()) {
                    if (rounds <= 0) {
                        key.interestOpsAnd(~SelectionKey.OP_WRITE);
                        if (manner.isHalfClosed()) {
                            var _ = channel.shutdownOutput();
                        }
                        return;
                    }
                    rounds--;
                    pending = ByteBuffer.wrap(manner.said());
                }
                if (channel.write(pending) == 0) {
                    return;
                }
            }
        }

        private void read() throws IOException {
            scratch.clear();
            if (manner.reading() != Manner.Reading.ALL && !isDraining) {
                scratch.limit(1);
            }
            int count = channel.read(scratch);
            if (count < 0) {
                throw new IOException("closed");
            }
            var _ = bytesRead.addAndGet(count);
            read += count;
            if (manner.reading() == Manner.Reading.THE_BEGINNING && read > 100 && !isDraining) {
                key.interestOpsAnd(~SelectionKey.OP_READ);
            }
        }

        private void tick(long nowNs) throws IOException {
            if (manner.trickled().length > 0 && nowNs - nextByteNs >= 0 && !pending.hasRemaining()) {
                pending = ByteBuffer.wrap(manner.trickled(), trickled++ % manner.trickled().length, 1);
                nextByteNs = nowNs + manner.betweenMs() * NS_PER_MS;
                write();
            }
            if (isDraining && (key.interestOps() & SelectionKey.OP_READ) == 0) {
                key.interestOpsOr(SelectionKey.OP_READ);
            } else if (manner.reading() == Manner.Reading.SLOWLY && nowNs - nextReadNs >= 0) {
                nextReadNs = nowNs + TimeUnit.SECONDS.toNanos(1);
                read();
            }
        }

        /** Goes by itself, if it has stayed long enough. */
        private void leave(long nowNs) {
            if (manner.staysMs() > 0 && nowNs - openedNs > manner.staysMs() * NS_PER_MS) {
                var _ = left.incrementAndGet();
                close();
            }
        }

        private void end() {
            var _ = ended.incrementAndGet();
            var _ = longestLifeNs.accumulateAndGet(System.nanoTime() - openedNs, Math::max);
            close();
        }

        private void close() {
            againNs = System.nanoTime() + PAUSE_NS;
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.close();
            } catch (IOException alreadyGone) {
                // Nothing is left to close.
            }
        }
    }

    /**
     * So many of them, at once on their way.
     *
     * @param firstAddress the last part of the first address of 127.0.0.0/24 that they come from
     * @param addresses and how many addresses there are
     */
    public Crowd(int port, Manner manner, int wanted, int firstAddress, int addresses) throws IOException {
        this.port = port;
        this.manner = manner;
        this.wanted = wanted;
        this.firstAddress = firstAddress;
        this.addresses = addresses;
        thread = Thread.ofPlatform().name("crowd").daemon().start(this::run);
    }

    /** From one address. */
    public Crowd(int port, Manner manner, int wanted) throws IOException {
        this(port, manner, wanted, 2, 1);
    }

    private void run() {
        IntUnaryOperator onTheirWay = started -> started - arrived();
        try {
            while (!isOver) {
                while (all.size() < wanted && onTheirWay.applyAsInt(all.size()) < CONNECTING_AT_ONCE) {
                    all.add(new Attacker(all.size()));
                }
                var _ = selector.select(20);
                for (SelectionKey key : selector.selectedKeys()) {
                    step((Attacker) key.attachment());
                }
                selector.selectedKeys().clear();
                long nowNs = System.nanoTime();
                for (int i = 0; i < all.size(); i++) {
                    all.set(i, tick(all.get(i), nowNs));
                }
            }
        } catch (IOException | RuntimeException unexpected) {
            fault = unexpected.toString();
        } finally {
            all.forEach(Attacker::close);
        }
    }

    private void step(Attacker attacker) {
        boolean wasConnecting = attacker.key.isConnectable();
        try {
            attacker.ready();
        } catch (IOException gone) {
            if (wasConnecting) {
                var _ = refused.incrementAndGet();
                attacker.close();
            } else {
                attacker.end();
            }
        }
    }

    /** Who is there afterwards: the same, or who comes in the place of one that is gone. */
    private Attacker tick(Attacker attacker, long nowNs) throws IOException {
        if (!attacker.channel.isOpen()) {
            return manner.comesAgain() && nowNs - attacker.againNs >= 0 ? new Attacker(attacker.number) : attacker;
        }
        if (attacker.channel.isConnected()) {
            try {
                attacker.tick(nowNs);
                attacker.leave(nowNs);
            } catch (IOException gone) {
                attacker.end();
            }
        }
        return attacker;
    }

    /** Waits until all have been connected or refused. */
    public Crowd awaitArrival() throws InterruptedException {
        long lastNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (arrived() < wanted && fault.isEmpty() && System.nanoTime() - lastNs < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        if (!fault.isEmpty() || arrived() < wanted) {
            throw new AssertionError("of " + wanted + " attackers " + connected.get() + " came: " + fault);
        }
        return this;
    }

    private int arrived() {
        return connected.get() + refused.get();
    }

    /** How many were connected, be it for a moment. */
    public int connected() {
        return connected.get();
    }

    /** How many the gateway has closed again. */
    public int ended() {
        return ended.get();
    }

    public int open() {
        return connected.get() - ended.get() - left.get();
    }

    /** The longest that one was open which the gateway closed. */
    public long longestLifeMs() {
        return longestLifeNs.get() / NS_PER_MS;
    }

    /** How long ago they were sent for. */
    public long ageMs() {
        return (System.nanoTime() - startedNs) / NS_PER_MS;
    }

    public long bytesRead() {
        return bytesRead.get();
    }

    /** From now on all is read: who reads little only sees then that it was closed behind what had been sent. */
    public Crowd drain() {
        isDraining = true;
        return this;
    }

    /** Waits until the gateway has closed all of them. */
    public boolean hasEnded(long withinMs) throws InterruptedException {
        long lastNs = System.nanoTime() + withinMs * NS_PER_MS;
        while (open() > 0 && System.nanoTime() - lastNs < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return open() == 0;
    }

    @Override
    public void close() throws IOException {
        isOver = true;
        selector.wakeup();
        try {
            var _ = thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }

    @Override
    public String toString() {
        return "%d of %d came, %d refused, %d closed by the gateway after at most %d ms, %d bytes read%s"
                .formatted(
                        connected.get(), wanted, refused.get(), ended.get(), longestLifeMs(), bytesRead.get(), fault);
    }
}
