package io.passgate.app.config;

import com.sun.management.UnixOperatingSystemMXBean;
import io.passgate.app.metrics.ConnectionMetrics;
import io.passgate.http.connection.ConnectionLimits;
import io.passgate.http.connection.Networks;
import io.passgate.http.connection.PublicPort;
import io.passgate.http.connection.TrustedProxies;
import io.passgate.http.response.RequestObserver;
import io.passgate.http.server.FailedAuthentications;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What the configuration says of the connections of the public ports. */
public final class PortConfig {
    private static final Logger LOG = System.getLogger(PortConfig.class.getName());
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final Duration FAILURES_LOGGED_EVERY = Duration.ofMinutes(1);

    /** Files that the gateway may still need: the stores' connections, health and metrics, lists that are looked at. */
    private static final long RESERVED_FILES = 64;

    private static final int LEAST_CONNECTIONS = 8;

    private PortConfig() {}

    /** @throws IllegalArgumentException naming the key that is out of bounds */
    static void check(Config.Http http) {
        ConfigCheck.range("http.maxConnections", http.maxConnections, LEAST_CONNECTIONS, 10_000_000);
        ConfigCheck.range("http.maxConnectionsPerAddress", http.maxConnectionsPerAddress, 1, 10_000_000);
        ConfigCheck.range("http.maxHeldBytesPerConnection", http.maxHeldBytesPerConnection, 1 << 16, 1L << 30);
        ConfigCheck.range("http.maxHeldBytes", http.maxHeldBytes, http.maxHeldBytesPerConnection, 1L << 40);
        ConfigCheck.range("http.sendBufferBytes", http.sendBufferBytes, 1 << 12, 1 << 24);
        ConfigCheck.range("http.requestPatience", http.requestPatience, http.bodyPatience);
        ConfigCheck.range("http.answerPatience", http.answerPatience, MILLISECOND);
        ConfigCheck.range("http.failureDelay", http.failureDelay, Duration.ZERO, LONGEST_DELAY);
        ConfigCheck.range("http.maxDelayedFailures", http.maxDelayedFailures, 0, 1_000_000);
        ConfigCheck.range("http.maxFailureAddresses", http.maxFailureAddresses, 1, 10_000_000);
        TrustedProxies unused = proxies(http);
        if (http.proxyProtocol && http.trustedProxies.isEmpty()) {
            throw new IllegalArgumentException("http.proxyProtocol: is set, though there are no http.trustedProxies");
        }
    }

    /** The port within the bounds of the configuration, and of the files that the process may open. */
    public static PublicPort port(Config.Http http, ConnectionMetrics metrics, LongSupplier nanoTime) {
        ConnectionLimits limits = new ConnectionLimits(
                connections(http.maxConnections),
                http.maxConnectionsPerAddress,
                http.maxHeldBytes,
                http.maxHeldBytesPerConnection,
                http.requestPatience,
                http.answerPatience);
        PublicPort port = new PublicPort(limits, proxies(http), metrics, nanoTime);
        metrics.watch(port);
        return port;
    }

    /** What becomes of requests whose token does not open their route. */
    public static FailedAuthentications failures(Config.Http http, PublicPort port, RequestObserver observer) {
        return new FailedAuthentications(
                new FailedAuthentications.Limits(
                        http.failureDelay, http.maxDelayedFailures, http.maxFailureAddresses, FAILURES_LOGGED_EVERY),
                port.proxies()::addressOf,
                observer,
                System::nanoTime);
    }

    /** Vert.x, whose servers take connections as the port lets them. */
    public static Vertx vertx(PublicPort port, int eventLoops) {
        return Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(eventLoops))
                .withTransport(port.transport())
                .build();
    }

    private static int connections(int wanted) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return wanted;
        }
        long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - RESERVED_FILES;
        if (free >= wanted) {
            return wanted;
        }
        int fewer = (int) Math.max(free, LEAST_CONNECTIONS);
        LOG.log(
                Level.WARNING,
                "http.maxConnections: {0,number,#} instead of {1,number,#}, since the process may open {2,number,#} files",
                fewer,
                wanted,
                system.getMaxFileDescriptorCount());
        return fewer;
    }

    private static TrustedProxies proxies(Config.Http http) {
        try {
            return new TrustedProxies(Networks.of(http.trustedProxies), http.proxyProtocol);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("http.trustedProxies: " + wrong.getMessage(), wrong);
        }
    }
}
