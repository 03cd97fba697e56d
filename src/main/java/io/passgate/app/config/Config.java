package io.passgate.app.config;

import static io.passgate.app.config.Range.check;

import io.passgate.access.Client;
import io.passgate.access.ClientDirectory;
import io.passgate.access.RateLimits;
import io.passgate.access.TokenHash;
import io.passgate.checkin.CheckInPolicy;
import io.passgate.engine.EngineLimits;
import io.passgate.format.entrypass.EntryPass;
import io.passgate.http.server.ApiLimits;
import io.passgate.store.entrylog.CheckInStores;
import io.passgate.store.feed.ChangeFeed;
import io.passgate.store.secret.SecretFingerprint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The configuration of one gateway, key by key as in {@code config/passgate.yaml}, which gives every default, unit and
 * reason. Each part checks its own keys, and this record what two parts have to agree on: one that there is can be
 * used. Paths in it are relative to the configuration's folder.
 *
 * @param http the public interface
 * @param management the interface for those who run the gateway
 * @param log how log lines are written
 * @param tracing where spans go
 * @param engine queue, batches and threads of verification
 * @param trust where signers come from, and how long they are trusted
 * @param revocations how long they are trusted
 * @param certificates what is accepted of health certificates
 * @param passes what is accepted of entry passes
 * @param checkIns what doors do
 * @param entryLog what is kept of visits
 * @param audit the chain of what was done
 * @param database PostgreSQL; not set where the gateway stands alone
 * @param redis with a database only
 * @param snapshotFile where the lists are kept for a start without stores; empty: nowhere
 * @param clock how far it may be off
 * @param issuing the issuing side
 * @param policies a folder of acceptance rules
 * @param tokens the clients of a gateway that stands alone; empty with a database
 * @param limits requests of one client, by its role
 * @param payloads what one client's payloads may cost, by its role
 * @param watchdog when an event loop counts as stuck
 * @param shutdownPatience how long all steps of stopping take together
 */
public record Config(
        HttpConfig http,
        Management management,
        Log log,
        Spans tracing,
        EngineConfig engine,
        ListConfig.Trust trust,
        ListConfig.Revocations revocations,
        CheckInConfig.Certificates certificates,
        CheckInConfig.Passes passes,
        CheckInConfig.CheckIns checkIns,
        CheckInConfig.EntryLog entryLog,
        CheckInConfig.Audit audit,
        StoreConfig.Database database,
        StoreConfig.Redis redis,
        String snapshotFile,
        StoreConfig.Clock clock,
        IssuingConfig issuing,
        String policies,
        List<ClientConfig.Token> tokens,
        ClientConfig.Limits limits,
        ClientConfig.Payloads payloads,
        Watch watchdog,
        Duration shutdownPatience) {
    private static final Logger LOG = System.getLogger(Config.class.getName());

    /** Longer than any transaction takes that is going to succeed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** A pass's use is remembered longer than the pass is accepted: clocks differ. */
    private static final Duration USE_MARGIN = Duration.ofSeconds(5);

    /**
     * Holds each part to the others.
     *
     * @throws IllegalArgumentException that names the first key that does not go with another
     */
    public Config {
        tokens = List.copyOf(tokens);
        var _ = engine.limits(http.maxPayloads());
        check("checkIns.maxPending", checkIns.maxPending(), http.maxPayloads(), 10_000_000);
        ListeningPort.checkApart(listeningPorts(http, management, issuing));
        checkIssuing(issuing, database);
        checkStores(database, redis, trust, tokens, audit);
        var _ = payloads.byRole(limits, http.maxPayloads());
        check("shutdownPatience", shutdownPatience, Range.MILLISECOND);
        check("http.drain", http.drain(), Duration.ZERO, shutdownPatience);
        var _ = directory(tokens);
    }

    /**
     * The interface for those who run the gateway.
     *
     * @param host an address that the public does not reach
     * @param port 0 lets the system choose
     * @param maxConnections at once, 8 to 10,000
     * @param patience of one connection, from its beginning to the end of its answer; a second to a minute
     */
    public record Management(String host, int port, int maxConnections, Duration patience) {
        /**
         * Holds each key to its range.
         *
         * @throws IllegalArgumentException that names the first key out of range
         */
        public Management {
            check("port", port, 0, Range.MAX_PORT);
            check("maxConnections", maxConnections, 8, 10_000);
            check("patience", patience, Range.SECOND, Range.MINUTE);
        }
    }

    /**
     * How log lines are written.
     *
     * @param format {@code text} or {@code json}
     */
    public record Log(String format) {
        /**
         * Holds the key to its values.
         *
         * @throws IllegalArgumentException that names the first key that is wrong
         */
        public Log {
            if (!format.equals("text") && !format.equals("json")) {
                throw new IllegalArgumentException("format: is none of text, json");
            }
        }

        /** {@return whether each line is a JSON object} */
        public boolean isJson() {
            return format.equals("json");
        }
    }

    /**
     * Where spans of requests are sent.
     *
     * @param endpoint an HTTP URL that takes OTLP; empty: nothing is traced
     * @param ratio of requests that are traced, 0 to 1
     */
    public record Spans(String endpoint, double ratio) {
        /**
         * Holds each key to its form.
         *
         * @throws IllegalArgumentException that names the first key that is wrong
         */
        public Spans {
            var _ = collector(endpoint);
            if (!(ratio >= 0 && ratio <= 1)) {
                throw new IllegalArgumentException("ratio: " + ratio + " is not in [0, 1]");
            }
        }

        /** {@return where an OpenTelemetry collector takes them; empty if nothing is traced} */
        public Optional<URI> collector() {
            return collector(endpoint);
        }

        private static Optional<URI> collector(String endpoint) {
            if (endpoint.isEmpty()) {
                return Optional.empty();
            }
            try {
                URI uri = new URI(endpoint);
                boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (isHttp && uri.getHost() != null && uri.getUserInfo() == null) {
                    return Optional.of(uri);
                }
            } catch (URISyntaxException _) {
                // Told below, without the text: it may hold a password.
            }
            throw new IllegalArgumentException("endpoint: is no http or https URL without a user");
        }
    }

    /**
     * What the process does about itself when it cannot work.
     *
     * @param warnAfter how long an event loop may not turn before the gateway is not ready
     * @param endAfter the same before the process ends; at least {@code warnAfter}
     * @param memoryEndAfter how long an event loop may get no direct memory before the process ends
     */
    public record Watch(Duration warnAfter, Duration endAfter, Duration memoryEndAfter) {
        /**
         * Holds each key to its range.
         *
         * @throws IllegalArgumentException that names the first key out of range
         */
        public Watch {
            check("warnAfter", warnAfter, Range.SECOND, Range.TEN_MINUTES);
            check("endAfter", endAfter, warnAfter, Range.TEN_MINUTES);
            check("memoryEndAfter", memoryEndAfter, Range.SECOND, Range.TEN_MINUTES);
        }
    }

    private static List<ListeningPort> listeningPorts(HttpConfig http, Management management, IssuingConfig issuing) {
        List<ListeningPort> ports = new ArrayList<>();
        ports.add(new ListeningPort("http.host", http.host(), "http.port", http.port()));
        if (issuing.isOn()) {
            ports.add(new ListeningPort("http.host", http.host(), "issuing.port", issuing.port()));
        }
        ports.add(new ListeningPort("management.host", management.host(), "management.port", management.port()));
        return List.copyOf(ports);
    }

    /** Where the gateway listens. */
    List<ListeningPort> listeningPorts() {
        return listeningPorts(http, management, issuing);
    }

    private static void checkIssuing(IssuingConfig issuing, StoreConfig.Database database) {
        if (issuing.isOn() && !database.isSet()) {
            throw new IllegalArgumentException("issuing.pepperFile: is set, though there is no database.uri");
        }
    }

    /** Lists come from files or from the database, never from both. */
    private static void checkStores(
            StoreConfig.Database database,
            StoreConfig.Redis redis,
            ListConfig.Trust trust,
            List<ClientConfig.Token> tokens,
            CheckInConfig.Audit audit) {
        if (database.isSet()) {
            if (redis.endpoints().isEmpty()) {
                throw new IllegalArgumentException("redis.endpoints: is empty, though there is a database.uri");
            }
            if (!trust.sources().isEmpty()) {
                throw new IllegalArgumentException(
                        "trust.sources: is set beside database.uri; import them with passgate signers import");
            }
            if (!tokens.isEmpty()) {
                throw new IllegalArgumentException(
                        "tokens: is set beside database.uri; import them with passgate token import");
            }
        } else {
            if (!audit.keyFile().isEmpty()) {
                throw new IllegalArgumentException("audit.keyFile: is set, though there is no database.uri");
            }
            if (!redis.endpoints().isEmpty()) {
                throw new IllegalArgumentException("redis.endpoints: is set, though there is no database.uri");
            }
        }
    }

    private static ClientDirectory directory(List<ClientConfig.Token> tokens) {
        Map<TokenHash, Client> clients = new HashMap<>();
        for (ClientConfig.Token token : tokens) {
            if (clients.put(token.hash(), token.client()) != null) {
                throw new IllegalArgumentException("tokens: " + token.name() + ": another entry has the same token");
            }
        }
        return ClientDirectory.of(clients);
    }

    /** {@return whether a database is configured, and the gateway one of several} */
    public boolean isShared() {
        return database.isSet();
    }

    /** {@return the clients that the tokens name} */
    public ClientDirectory clients() {
        return directory(tokens);
    }

    /** {@return what requests may take} */
    public ApiLimits apiLimits() {
        return new ApiLimits(
                http.maxBodyBytes(),
                http.maxBytesUnderWay(),
                http.maxBytesPerClient(),
                http.maxPayloads(),
                http.bodyPatience(),
                patience(),
                http.shedDelay(),
                http.idle());
    }

    /** Nothing that is going to come takes longer: a payload may wait twice, in the queue and in the slow path. */
    private Duration patience() {
        Duration judged = engine.deadline().multipliedBy(2).plus(MARGIN);
        Duration decided = issuing.deadline().plus(MARGIN);
        return Stream.of(PATIENCE, judged, decided)
                .max(Comparator.naturalOrder())
                .orElse(PATIENCE);
    }

    /** {@return what the engine takes} */
    public EngineLimits engineLimits() {
        return engine.limits(http.maxPayloads());
    }

    /**
     * {@return what each client may ask, and what its payloads may cost} Says so where one has no limit.
     *
     * @param nanoClock as {@link System#nanoTime}
     */
    public RateLimits rateLimits(LongSupplier nanoClock) {
        if (!limits.unlimited().isEmpty()) {
            LOG.log(Level.WARNING, "limits.unlimited: nothing bounds what these clients ask: {0}", limits.unlimited());
        }
        return new RateLimits(
                limits.byRole(), payloads.byRole(limits, http.maxPayloads()), limits.unlimited(), nanoClock);
    }

    /** {@return what doors let in, and for how long a pass's use is remembered} */
    public CheckInPolicy checkInPolicy() {
        return new CheckInPolicy(passes.lateTolerance().plus(USE_MARGIN), checkIns.refuseDuplicates());
    }

    /**
     * {@return what check-ins are kept in}
     *
     * @param relativeTo the folder that relative paths of the configuration start from
     * @throws IllegalArgumentException that names the key that is wrong
     */
    public CheckInStores.Settings checkInStores(Path relativeTo) {
        return new CheckInStores.Settings(
                database.settings(relativeTo),
                redis.settings(relativeTo),
                entryLog.connections(),
                NamedFile.path(entryLog.spoolFile(), relativeTo),
                entryLog.spoolBytes(),
                entryLog.isStrict(),
                checkIns.maxPending(),
                EntryPass.LIFETIME.plus(checkInPolicy().useKept()),
                checkIns.providerWindow(),
                checkIns.facilityWindow(),
                audit.heads(relativeTo));
    }

    /**
     * {@return what tells the secrets that this configuration names from others}
     *
     * @param relativeTo the folder that relative paths of the configuration start from
     * @throws IllegalArgumentException that names the key whose file cannot be used
     */
    public List<SecretFingerprint> secrets(Path relativeTo) {
        return SecretFingerprint.all(issuing.pepperIfOn(relativeTo), audit.key(relativeTo));
    }

    /**
     * {@return where lists are followed, and how long they are trusted}
     *
     * @param relativeTo the folder that relative paths of the configuration start from
     * @throws IllegalArgumentException that names the key that is wrong
     */
    public ChangeFeed.Settings changeFeed(Path relativeTo) {
        return new ChangeFeed.Settings(
                database.settings(relativeTo),
                redis.settings(relativeTo),
                NamedFile.path(snapshotFile, relativeTo),
                new ChangeFeed.Ages(trust.warnAge(), trust.hardAge(), revocations.warnAge(), revocations.hardAge()),
                clock.warnOffset(),
                clock.hardOffset());
    }
}
