package io.passgate.http.management;

import io.passgate.http.response.ProblemType;
import io.passgate.logging.RedactedStackTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A socket and a thread that answer when nothing else of the process does any more. All input and output goes through
 * one buffer that is there from the start, since a process without direct memory gets no other; some file descriptors
 * are kept for it. A connection has one request, and an end in time. When there are too many, the one that has waited
 * longest without a request makes room: those who ask at once are never kept out by those who do not.
 */
public final class ManagementPort implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ManagementPort.class.getName());
    private static final int BUFFER_BYTES = 1 << 14;
    private static final int BACKLOG = 128;
    private static final int SPARES = 16;
    private static final int ACCEPTED_AT_ONCE = 64;
    private static final long TICK_MS = 100;
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    private final Management management;
    private final Bounds bounds;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final SelectionKey accepting;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final SpareDescriptors spares = new SpareDescriptors(SPARES);
    private final Set<Exchange> exchanges = new LinkedHashSet<>();
    private final Queue<ManagementAnswer> scraped = new ConcurrentLinkedQueue<>();
    private final ThreadPoolExecutor scraper = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("passgate-scrape").daemon().factory());
    private final Thread thread;
    private boolean isScraping;
    private long acceptAgainNs;
    private volatile boolean isClosed;

    /**
     * What those who ask may take.
     *
     * @param connections at once
     * @param patience of one connection from its beginning to its end
     */
    public record Bounds(int connections, Duration patience) {}

    ManagementPort(Management management, String host, int port, Bounds bounds) throws IOException {
        this.management = management;
        this.bounds = bounds;
        selector = Selector.open();
        server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            accepting =
                    server.bind(new InetSocketAddress(host, port), BACKLOG).register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException | RuntimeException refused) {
            release();
            throw refused;
        }
        thread = Thread.ofPlatform().name("passgate-management").daemon().start(this::run);
        warmUp();
    }

    /**
     * Asks itself once for each kind of answer. What has been done has its classes, which come from files: there may be no
     * descriptor for one later.
     */
    private void warmUp() {
        for (String path : Management.KINDS) {
            try (Socket own = new Socket(reachable(), port())) {
                own.setSoTimeout((int) bounds.patience.toMillis());
                own.getOutputStream()
                        .write(("GET " + path + " HTTP/1.0" + RequestHead.END).getBytes(StandardCharsets.ISO_8859_1));
                var _ = own.getInputStream().readAllBytes();
            } catch (IOException unreachable) {
                LOG.log(Level.DEBUG, "the management port does not reach itself: {0}", unreachable.toString());
            }
        }
    }

    private InetAddress reachable() throws IOException {
        InetAddress bound = ((InetSocketAddress) server.getLocalAddress()).getAddress();
        return bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    }

    /** {@return the port it listens on, also when the system chose it} */
    public int port() {
        try {
            return ((InetSocketAddress) server.getLocalAddress()).getPort();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private void run() {
        while (!isClosed) {
            try {
                round();
            } catch (IOException | RuntimeException | Error fault) {
                LOG.log(Level.WARNING, "the management port had a fault: {0}", RedactedStackTrace.of(fault));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MS));
            }
        }
        List.copyOf(exchanges).forEach(this::end);
        release();
    }

    private void release() {
        var _ = scraper.shutdownNow();
        try {
            spares.close();
            server.close();
            selector.close();
        } catch (IOException fault) {
            LOG.log(Level.WARNING, "the management port was not closed: {0}", RedactedStackTrace.of(fault));
        }
    }

    private void round() throws IOException {
        var _ = selector.select(TICK_MS);
        long nowNs = System.nanoTime();
        if (accepting.interestOps() == 0 && nowNs - acceptAgainNs >= 0) {
            accepting.interestOps(SelectionKey.OP_ACCEPT);
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.equals(accepting)) {
                accept(nowNs);
            } else if (key.attachment() instanceof Exchange exchange) {
                advance(exchange, key, nowNs);
            }
        }
        selector.selectedKeys().clear();
        for (ManagementAnswer managementAnswer = scraped.poll();
                managementAnswer != null;
                managementAnswer = scraped.poll()) {
            isScraping = false;
            tellScraped(managementAnswer, nowNs);
        }
        endLate(nowNs);
        // A closed channel's descriptor is free after a look only.
        var _ = selector.selectNow();
        selector.selectedKeys().clear();
        spares.fill();
    }

    /** Where there is no descriptor at all, the next look is a tick later. */
    private void accept(long nowNs) {
        try {
            SocketChannel channel = acceptOne();
            for (int more = ACCEPTED_AT_ONCE; channel != null; channel = --more > 0 ? acceptOne() : null) {
                begin(channel, nowNs);
            }
        } catch (IOException noDescriptor) {
            acceptAgainNs = nowNs + TimeUnit.MILLISECONDS.toNanos(TICK_MS);
            accepting.interestOps(0);
        }
    }

    private void begin(SocketChannel channel, long nowNs) throws IOException {
        if (exchanges.size() >= bounds.connections) {
            makeRoom();
        }
        try {
            exchanges.add(new Exchange(channel, selector, nowNs + bounds.patience.toNanos()));
        } catch (IOException | RuntimeException | Error fault) {
            channel.close();
            throw fault;
        }
    }

    /** Without a descriptor a spare one is given up for the connection. */
    private @Nullable SocketChannel acceptOne() throws IOException {
        while (true) {
            try {
                return server.accept();
            } catch (IOException noDescriptor) {
                if (!spares.giveUp()) {
                    throw noDescriptor;
                }
            }
        }
    }

    private void makeRoom() {
        end(exchanges.stream()
                .filter(Exchange::isLingering)
                .findFirst()
                .or(() -> exchanges.stream().filter(Exchange::isReading).findFirst())
                .orElseGet(() -> exchanges.iterator().next()));
    }

    private void advance(Exchange exchange, SelectionKey key, long nowNs) {
        try {
            if (key.isValid() && key.isReadable()) {
                Optional<RequestHead> head = exchange.read(buffer);
                if (head.isPresent()) {
                    Optional<ManagementAnswer> answer = management.answer(head.get());
                    if (answer.isPresent()) {
                        exchange.answer(answer.get(), buffer, nowNs + LINGER_NS);
                    } else {
                        scrape();
                    }
                }
            } else if (key.isValid() && key.isWritable()) {
                exchange.write(buffer, nowNs + LINGER_NS);
            }
        } catch (IOException gone) {
            end(exchange);
        } catch (RuntimeException | Error fault) {
            end(exchange);
            LOG.log(Level.WARNING, "the management port failed to answer: {0}", RedactedStackTrace.of(fault));
        }
    }

    /** One at a time, for all who ask meanwhile. */
    private void scrape() {
        if (isScraping) {
            return;
        }
        isScraping = true;
        scraper.execute(() -> {
            ManagementAnswer managementAnswer;
            try {
                managementAnswer = management.scrape();
            } catch (RuntimeException | Error fault) {
                LOG.log(Level.WARNING, "the metrics could not be gathered: {0}", RedactedStackTrace.of(fault));
                managementAnswer = ManagementAnswer.problem(ProblemType.GATEWAY_FAULT, "");
            }
            scraped.add(managementAnswer);
            var _ = selector.wakeup();
        });
    }

    private void tellScraped(ManagementAnswer managementAnswer, long nowNs) {
        for (Exchange exchange : List.copyOf(exchanges)) {
            if (exchange.isWaiting()) {
                tell(exchange, managementAnswer, nowNs);
            }
        }
    }

    private void tell(Exchange exchange, ManagementAnswer managementAnswer, long nowNs) {
        try {
            exchange.answer(managementAnswer, buffer, nowNs + LINGER_NS);
        } catch (IOException gone) {
            end(exchange);
        }
    }

    /** Whoever has waited for the metrics in vain is told so. */
    private void endLate(long nowNs) {
        for (Exchange exchange : List.copyOf(exchanges)) {
            if (!exchange.isOver(nowNs)) {
                continue;
            }
            if (exchange.isWaiting()) {
                exchange.giveUntil(nowNs + LINGER_NS);
                tell(exchange, ManagementAnswer.problem(ProblemType.OVERLOADED, "the metrics take too long"), nowNs);
            } else {
                end(exchange);
            }
        }
    }

    private void end(Exchange exchange) {
        exchange.close();
        var _ = exchanges.remove(exchange);
    }

    /** Ends all connections and the thread. */
    @Override
    public void close() {
        isClosed = true;
        var _ = selector.wakeup();
        try {
            var _ = thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
