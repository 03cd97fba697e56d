package io.passgate.http.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.passgate.http.response.AuthenticationFailure;
import io.passgate.http.response.RequestObserver;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts failures to authenticate, and says how long the answer to one is to wait: the longer, the more have come from
 * its address of late. Only failing answers wait. Behind a proxy or a carrier many doors share an address, and one of
 * them that fails must not keep the others out. Any thread.
 */
public final class FailedAuthentications {
    /** Each delay is twice the one before; the last one is the longest. */
    static final int DELAYS = 7;

    private static final Logger LOG = System.getLogger(FailedAuthentications.class.getName());
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final Limits limits;
    private final Address address;
    private final RequestObserver observer;
    private final Cache<Long, Integer> byAddress;
    private final Map<AuthenticationFailure, LongAdder> unlogged = new EnumMap<>(AuthenticationFailure.class);
    private final AtomicBoolean isLogDue = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger();

    /** The address a request came from, or null where none is known. */
    @FunctionalInterface
    public interface Address {
        /**
         * {@return the address, or null where none is known} Called on the request's event loop.
         *
         * @param request whose authentication failed
         */
        @Nullable
        InetAddress of(HttpServerRequest request);
    }

    /**
     * What slowing may take.
     *
     * @param longestDelay of an answer; zero for none
     * @param mostWaiting answers that wait at once; one more is sent at once and ends its connection
     * @param mostAddresses whose failures are remembered
     * @param logEvery how often failures are summed up in the log
     */
    public record Limits(Duration longestDelay, int mostWaiting, int mostAddresses, Duration logEvery) {}

    /**
     * No failure yet.
     *
     * @param limits what slowing may take
     * @param address by which failures are told apart
     * @param observer hears of each failure, on the event loop of its request
     * @param nanoTime as {@link System#nanoTime}; an address's failures are forgotten a minute after its last one
     */
    public FailedAuthentications(Limits limits, Address address, RequestObserver observer, LongSupplier nanoTime) {
        this.limits = limits;
        this.address = address;
        this.observer = observer;
        this.byAddress = Caffeine.newBuilder()
                .maximumSize(limits.mostAddresses)
                .expireAfterWrite(MEMORY)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
        for (AuthenticationFailure why : AuthenticationFailure.values()) {
            unlogged.put(why, new LongAdder());
        }
    }

    Limits limits() {
        return limits;
    }

    /** Counts a failure, and says which delay its answer has, from 0 to {@link #DELAYS} - 1. */
    int count(HttpServerRequest request, AuthenticationFailure why) {
        observer.unauthenticated(why);
        LongAdder count = unlogged.get(why);
        if (count != null) {
            count.increment();
        }
        return count(address.of(request));
    }

    int count(@Nullable InetAddress from) {
        int failures = byAddress.asMap().merge(key(from), 1, Integer::sum);
        return Math.min(failures, DELAYS) - 1;
    }

    /** Of IPv6 the network of a customer, who has all addresses in it. */
    private static long key(@Nullable InetAddress from) {
        if (from == null) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(from.getAddress());
        return from instanceof Inet4Address ? bytes.getInt() : bytes.getLong();
    }

    /** Whether one more answer may wait; the caller gives the place back. */
    boolean mayWait() {
        if (waiting.incrementAndGet() <= limits.mostWaiting) {
            return true;
        }
        waiting.decrementAndGet();
        return false;
    }

    void hasWaited() {
        waiting.decrementAndGet();
    }

    /** Whether nobody has taken it on yet to sum up in the log what fails from now on. */
    boolean takesLog() {
        return isLogDue.compareAndSet(false, true);
    }

    /** One line for all failures since the last one. */
    void log() {
        isLogDue.set(false);
        Map<AuthenticationFailure, Long> counts = new EnumMap<>(AuthenticationFailure.class);
        unlogged.forEach((why, count) -> counts.put(why, count.sumThenReset()));
        LOG.log(
                Level.WARNING,
                "authentication failed within {0}: {1}",
                limits.logEvery,
                counts.entrySet().stream()
                        .filter(count -> count.getValue() > 0)
                        .map(count -> count.getValue() + " " + count.getKey().code())
                        .collect(Collectors.joining(", ")));
    }
}
