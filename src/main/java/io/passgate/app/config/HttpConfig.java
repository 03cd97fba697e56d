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
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public interface. The sizes are in bytes.
 *
 * @param host the address that verifiers reach, and registrars and providers too
 * @param port 0 lets the system choose
 * @param eventLoops at least 1: one per core where 0 was configured
 * @param maxBodyBytes of one request
 * @param maxBytesUnderWay of the bodies of all requests being answered, each byte counted three times
 * @param maxBytesPerClient the same of one client, at least 1: what follows from the others where 0 was configured
 * @param maxPayloads of one request
 * @param bodyPatience how long a body may take
 * @param shedDelay how long a request for which there is no room is held before it is shed, up to 10 s
 * @param idle how long a connection may say nothing
 * @param maxConnections open at once, at all public ports together
 * @param maxConnectionsPerAddress the same of one address
 * @param maxHeldBytes of answers that clients do not take, and of requests they send before their turn
 * @param maxHeldBytesPerConnection the same of one connection
 * @param sendBufferBytes of one connection in the system, which takes twice as much
 * @param requestPatience from a request's first byte to its last, at least {@code bodyPatience}
 * @param answerPatience how long an answer may wait to be taken
 * @param trustedProxies addresses and networks such as {@code 10.0.0.0/8}, whose word is taken for a client's address
 * @param proxyProtocol whether they begin each connection with a PROXY header
 * @param failureDelay the longest that the answer to a failed authentication waits, up to 10 s
 * @param maxDelayedFailures such answers that wait at once
 * @param maxFailureAddresses addresses whose failures are remembered
 * @param drain for how long a gateway that was told to stop still takes connections
 * @param door whether people get the page of the door at the verification port
 * @param tls of both public ports
 * @param cors whose pages may ask
 * @param docs whether {@code /docs} is there, at both public ports
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
        Duration shedDelay,
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
        boolean door,
        Tls tls,
        Cors cors,
        boolean docs) {
    private static final Logger LOG = System.getLogger(HttpConfig.class.getName());
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final Duration FAILURES_LOGGED_EVERY = Duration.ofMinutes(1);

    /** Files that the gateway may still need: the stores' connections, health and metrics, lists that are looked at. */
    private static final long RESERVED_FILES = 64;

    private static final int LEAST_CONNECTIONS = 8;

    /** How many times a body is in memory at most. */
    private static final long COPIES = 3;

    /**
     * Holds each key to its range, and derives those that may be 0.
     *
     * @throws IllegalArgumentException that names the first key out of range
     */
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
        check("shedDelay", shedDelay, Duration.ZERO, LONGEST_DELAY);
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
        if (!cors.origins.isEmpty() && !tls.clientCa.isEmpty()) {
            throw new IllegalArgumentException("cors.origins: are set beside http.tls.clientCa, and what a browser asks"
                    + " before a page's request carries no certificate");
        }
    }

    /**
     * What pages of other origins may do.
     *
     * @param origins whose scripts may ask and read, each as a browser writes it, such as {@code https://door.example}
     */
    public record Cors(List<String> origins) {
        private static final int MOST = 100;
        private static final int MOST_CHARS = 300;

        /** Scheme, host and port (the URL standard, section 4.7), with a host in small letters of ASCII. */
        private static final Pattern ORIGIN = Pattern.compile(
                "(https?)://(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+])(?::([1-9][0-9]{0,4}))?");

        private static final Map<String, Integer> LEFT_OUT = Map.of("http", 80, "https", 443);

        /**
         * Holds each to what a browser may send.
         *
         * @throws IllegalArgumentException if one is none, such as {@code *}, {@code null} or one with a path
         */
        public Cors {
            origins = List.copyOf(origins);
            check("origins", origins.size(), 0, MOST);
            for (String origin : origins) {
                if (!isOrigin(origin)) {
                    throw new IllegalArgumentException("origins: " + origin + " is no origin as a browser writes it:"
                            + " scheme, host in small letters, and a port that is not the usual one, such as"
                            + " https://door.example");
                }
            }
        }

        private static boolean isOrigin(String text) {
            Matcher parts = ORIGIN.matcher(text);
            if (text.length() > MOST_CHARS || !parts.matches()) {
                return false;
            }
            int port = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
            return port <= Range.MAX_PORT && port != LEFT_OUT.getOrDefault(parts.group(1), 0);
        }
    }

    /**
     * TLS of the public interface; all are empty where a proxy ends it.
     *
     * @param certificate a PEM file with the server's chain
     * @param key a PEM file with its key, PKCS#8
     * @param clientCa a PEM file of the authority that clients need a certificate of; empty if they need none
     */
    public record Tls(String certificate, String key, String clientCa) {
        /**
         * Holds the keys to each other.
         *
         * @throws IllegalArgumentException if one is set without another that it needs
         */
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

        /**
         * {@return the files, unless a proxy ends TLS}
         *
         * @param relativeTo the folder that relative paths of the configuration start from
         */
        public Optional<TlsFiles> files(Path relativeTo) {
            return NamedFile.path(certificate, relativeTo)
                    .map(chain -> new TlsFiles(chain, relativeTo.resolve(key), NamedFile.path(clientCa, relativeTo)));
        }
    }

    /**
     * {@return TLS by what the files hold now, unless a proxy ends it}
     *
     * @param relativeTo the folder that relative paths of the configuration start from
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

    /**
     * {@return the port within these bounds, and those of the files that the process may open}
     *
     * @param metrics which watch it from now on
     * @param nanoTime as {@link System#nanoTime}
     */
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

    /**
     * {@return what becomes of requests whose token does not open their route}
     *
     * @param at the port, which knows the addresses behind its proxies
     * @param observer told of each
     */
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
