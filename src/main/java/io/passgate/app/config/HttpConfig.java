package io.passgate.app.config;

import static io.passgate.app.config.Range.check;

import com.sun.management.UnixOperatingSystemMXBean;
import io.passgate.app.metrics.ConnectionMetrics;
import io.passgate.http.connection.ConnectionLimits;
import io.passgate.http.connection.Networks;
import io.passgate.http.connection.PublicPort;
import io.passgate.http.connection.TrustedProxies;
import io.passgate.http.response.RequestObserver;
import io.passgate.http.server.FailedAuthentications;
import io.passgate.http.server.ServerTls;
import io.passgate.http.server.TlsFiles;
import io.passgate.http.server.UnusableTls;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The public interface.
 *
 * @param eventLoops at least 1: one per core where 0 was configured
 * @param maxBytesPerClient at least 1: what follows from the others where 0 was configured
 */
public record HttpConfig(
        String host,
        int port,
        int eventLoops,
        int maxBodyBytes,
        long maxBytesUnderWay,
        long maxBytesPerClient,
        int maxPayloads,
        Duration bodyPatience,
        Duration idle,
        int maxConnections,
        int maxConnectionsPerAddress,
        long maxHeldBytes,
        long maxHeldBytesPerConnection,
        int sendBufferBytes,
        Duration requestPatience,
        Duration answerPatience,
        List<String> trustedProxies,
        boolean proxyProtocol,
        Duration failureDelay,
        int maxDelayedFailures,
        int maxFailureAddresses,
        Duration drain,
        Tls tls) {
    private static final Logger LOG = System.getLogger(HttpConfig.class.getName());
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final Duration FAILURES_LOGGED_EVERY = Duration.ofMinutes(1);

    /** Files that the gateway may still need: the stores' connections, health and metrics, lists that are looked at. */
    private static final long RESERVED_FILES = 64;

    private static final int LEAST_CONNECTIONS = 8;

    /** How many times a body is in memory at most. */
    private static final long COPIES = 3;

    /** @throws IllegalArgumentException that names the first key out of range */
    public HttpConfig {
        check("port", port, 0, Range.MAX_PORT);
        eventLoops = Range.threads("eventLoops", eventLoops);
        check("maxBodyBytes", maxBodyBytes, 1, Integer.MAX_VALUE);
        long oneBody = COPIES * maxBodyBytes;
        check("maxBytesUnderWay", maxBytesUnderWay, oneBody, Long.MAX_VALUE);
        // A quarter of all, so that four have to conspire to take it, and one body in any case.
        long share = Math.max(maxBytesUnderWay / 4, oneBody);
        maxBytesPerClient = Range.derivable("maxBytesPerClient", maxBytesPerClient, oneBody, Long.MAX_VALUE, share);
        check("maxPayloads", maxPayloads, 1, 65_536);
        check("bodyPatience", bodyPatience, Range.MILLISECOND);
        check("idle", idle, Range.SECOND);
        check("maxConnections", maxConnections, LEAST_CONNECTIONS, 10_000_000);
        check("maxConnectionsPerAddress", maxConnectionsPerAddress, 1, 10_000_000);
        check("maxHeldBytesPerConnection", maxHeldBytesPerConnection, 1 << 16, 1L << 30);
        check("maxHeldBytes", maxHeldBytes, maxHeldBytesPerConnection, 1L << 40);
        check("sendBufferBytes", sendBufferBytes, 1 << 12, 1 << 24);
        check("requestPatience", requestPatience, bodyPatience);
        check("answerPatience", answerPatience, Range.MILLISECOND);
        trustedProxies = List.copyOf(trustedProxies);
        var _ = proxies(trustedProxies, proxyProtocol);
        if (proxyProtocol && trustedProxies.isEmpty()) {
            throw new IllegalArgumentException("proxyProtocol: is set, though there are no http.trustedProxies");
        }
        check("failureDelay", failureDelay, Duration.ZERO, LONGEST_DELAY);
        check("maxDelayedFailures", maxDelayedFailures, 0, 1_000_000);
        check("maxFailureAddresses", maxFailureAddresses, 1, 10_000_000);
        check("drain", drain, Duration.ZERO);
    }

    /** TLS of the public interface; none where a proxy ends it. */
    public record Tls(String certificate, String key, String clientCa) {
        /** @throws IllegalArgumentException if one is set without another that it needs */
        public Tls {
            if (!certificate.isEmpty() && key.isEmpty()) {
                throw new IllegalArgumentException("key: is not set, though there is a certificate");
            }
            if (certificate.isEmpty() && !key.isEmpty()) {
                throw new IllegalArgumentException("certificate: is not set, though there is a key");
            }
            if (certificate.isEmpty() && !clientCa.isEmpty()) {
                throw new IllegalArgumentException("clientCa: is set, though there is no http.tls.certificate");
            }
        }

        /** The files, unless a proxy ends TLS. */
        public Optional<TlsFiles> files(Path relativeTo) {
            return NamedFile.path(certificate, relativeTo)
                    .map(chain -> new TlsFiles(chain, relativeTo.resolve(key), NamedFile.path(clientCa, relativeTo)));
        }
    }

    /**
     * TLS by what the files hold now, unless a proxy ends it.
     *
     * @throws IllegalArgumentException that names the key that is wrong
     */
    public Optional<ServerTls> tls(Path relativeTo) {
        return tls.files(relativeTo).map(files -> {
            try {
                return files.read();
            } catch (UnusableTls wrong) {
                throw new IllegalArgumentException("http.tls." + wrong.getMessage(), wrong);
            }
        });
    }

    /** The port within these bounds, and those of the files that the process may open. */
    public PublicPort publicPort(ConnectionMetrics metrics, LongSupplier nanoTime) {
        ConnectionLimits limits = new ConnectionLimits(
                connections(maxConnections),
                maxConnectionsPerAddress,
                maxHeldBytes,
                maxHeldBytesPerConnection,
                requestPatience,
                answerPatience);
        PublicPort made = new PublicPort(limits, proxies(trustedProxies, proxyProtocol), metrics, nanoTime);
        metrics.watch(made);
        return made;
    }

    /** What becomes of requests whose token does not open their route. */
    public FailedAuthentications failures(PublicPort at, RequestObserver observer) {
        return new FailedAuthentications(
                new FailedAuthentications.Limits(
                        failureDelay, maxDelayedFailures, maxFailureAddresses, FAILURES_LOGGED_EVERY),
                at.proxies()::addressOf,
                observer,
                System::nanoTime);
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

    private static TrustedProxies proxies(List<String> networks, boolean proxyProtocol) {
        try {
            return new TrustedProxies(Networks.of(networks), proxyProtocol);
        } catch (IllegalArgumentException wrong) {
            throw Range.at("trustedProxies", wrong);
        }
    }
}
