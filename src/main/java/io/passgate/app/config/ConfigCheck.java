package io.passgate.app.config;

import io.passgate.access.Client;
import io.passgate.access.ClientDirectory;
import io.passgate.access.RateLimits;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has to hold in a configuration beyond its types. */
public final class ConfigCheck {
    private static final int MAX_PORT = 65_535;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** No duration here makes sense beyond it, and sums with an instant stay within what it can say. */
    private static final Duration TEN_YEARS = Duration.ofDays(3_650);

    private ConfigCheck() {}

    /** @throws IllegalArgumentException that names the first key out of range */
    public static void check(Config config) {
        range("http.port", config.http.port, 0, MAX_PORT);
        range("http.eventLoops", config.http.eventLoops, 0, 1_024);
        range("http.maxBodyBytes", config.http.maxBodyBytes, 1, Integer.MAX_VALUE);
        range("http.maxBytesUnderWay", config.http.maxBytesUnderWay, 3L * config.http.maxBodyBytes, Long.MAX_VALUE);
        derivable(
                "http.maxBytesPerClient", config.http.maxBytesPerClient, 3L * config.http.maxBodyBytes, Long.MAX_VALUE);
        range("http.maxPayloads", config.http.maxPayloads, 1, 65_536);
        range("http.bodyPatience", config.http.bodyPatience, MILLISECOND);
        range("http.idle", config.http.idle, SECOND);
        PortConfig.check(config.http);
        range("management.port", config.management.port, 0, MAX_PORT);
        range("management.maxConnections", config.management.maxConnections, 8, 10_000);
        range("management.patience", config.management.patience, SECOND, MINUTE);
        range("engine.workers", config.engine.workers, 0, 1_024);
        range("engine.maxBatch", config.engine.maxBatch, 1, 4_096);
        range("engine.slice", config.engine.slice, 1, config.engine.maxBatch);
        range("engine.maxQueued", config.engine.maxQueued, config.http.maxPayloads, 10_000_000);
        derivable("engine.maxQueuedPerClient", config.engine.maxQueuedPerClient, config.http.maxPayloads, 10_000_000);
        range("engine.deadline", config.engine.deadline, MILLISECOND);
        range("engine.keyTableBytes", config.engine.keyTableBytes, 0, 1L << 40);
        range("engine.laneThreads", config.engine.laneThreads, 1, 1_024);
        range("engine.maxInLane", config.engine.maxInLane, 1, 10_000_000);
        range("trust.reloadEvery", config.trust.reloadEvery, MILLISECOND);
        range("trust.warnAge", config.trust.warnAge, MILLISECOND);
        range("trust.hardAge", config.trust.hardAge, MILLISECOND);
        if (config.trust.hardAge.compareTo(config.trust.warnAge) < 0) {
            throw new IllegalArgumentException("trust.hardAge: is less than trust.warnAge");
        }
        range("revocations.warnAge", config.revocations.warnAge, MILLISECOND);
        range("revocations.hardAge", config.revocations.hardAge, MILLISECOND);
        if (config.revocations.hardAge.compareTo(config.revocations.warnAge) < 0) {
            throw new IllegalArgumentException("revocations.hardAge: is less than revocations.warnAge");
        }
        range("certificates.earlyTolerance", config.certificates.earlyTolerance, Duration.ZERO, MINUTE);
        range("passes.earlyTolerance", config.passes.earlyTolerance, Duration.ZERO, MINUTE);
        range("passes.lateTolerance", config.passes.lateTolerance, Duration.ZERO, MINUTE);
        range("checkIns.maxPending", config.checkIns.maxPending, config.http.maxPayloads, 10_000_000);
        range("checkIns.providerWindow", config.checkIns.providerWindow, Duration.ZERO, TEN_MINUTES);
        range("checkIns.facilityWindow", config.checkIns.facilityWindow, Duration.ZERO, TEN_MINUTES);
        range("entryLog.connections", config.entryLog.connections, 2, 1_000);
        range("entryLog.spoolBytes", config.entryLog.spoolBytes, 1, 1L << 30);
        var _ = CheckInConfig.isStrict(config);
        range("database.connections", config.database.connections, 2, 1_000);
        range("database.timeout", config.database.timeout, MILLISECOND);
        range("redis.timeout", config.redis.timeout, MILLISECOND);
        range("clock.warnOffset", config.clock.warnOffset, MILLISECOND);
        range("clock.hardOffset", config.clock.hardOffset, MILLISECOND);
        issuing(config);
        shared(config);
        tls(config.http.tls);
        limits(config.limits).forEach((role, limit) -> range("limits", limit.burst(), 1, Long.MAX_VALUE));
        payloads("payloads.verifier", config.payloads.verifier, config);
        payloads("payloads.facility", config.payloads.facility, config);
        payloads("payloads.careFacility", config.payloads.careFacility, config);
        range("watchdog.warnAfter", config.watchdog.warnAfter, SECOND, TEN_MINUTES);
        range("watchdog.endAfter", config.watchdog.endAfter, config.watchdog.warnAfter, TEN_MINUTES);
        range("watchdog.memoryEndAfter", config.watchdog.memoryEndAfter, SECOND, TEN_MINUTES);
        range("shutdownPatience", config.shutdownPatience, MILLISECOND);
        range("http.drain", config.http.drain, Duration.ZERO, config.shutdownPatience);
        ClientDirectory unused = clients(config.tokens);
    }

    private static void tls(Config.Tls tls) {
        if (tls.certificate.isEmpty() != tls.key.isEmpty()) {
            throw new IllegalArgumentException("http.tls: certificate and key belong together");
        }
        if (tls.certificate.isEmpty() && !tls.clientCa.isEmpty()) {
            throw new IllegalArgumentException("http.tls.clientCa: is set, though there is no http.tls.certificate");
        }
    }

    private static void issuing(Config config) {
        Config.Issuing issuing = config.issuing;
        range("issuing.port", issuing.port, 0, MAX_PORT);
        range("issuing.eventLoops", issuing.eventLoops, 0, 1_024);
        range("issuing.threads", issuing.threads, 0, 1_024);
        range("issuing.maxQueued", issuing.maxQueued, 1, 1_000_000);
        range("issuing.maxBatch", issuing.maxBatch, 1, 1_024);
        range("issuing.deadline", issuing.deadline, MILLISECOND);
        range("issuing.connections", issuing.connections, 1, 1_000);
        range("issuing.maxProofs", issuing.maxProofs, 1, 100_000_000);
        range("issuing.certificateLifetime", issuing.certificateLifetime, SECOND);
        var _ = IssuingSettings.issuer(issuing);
        var _ = IssuingSettings.providers(issuing);
        if (IssuingSettings.isOn(config) && issuing.port == config.http.port && issuing.port != 0) {
            throw new IllegalArgumentException("issuing.port: is that of http.port");
        }
        if (IssuingSettings.isOn(config) && !StoreConfig.isShared(config)) {
            throw new IllegalArgumentException("issuing.pepperFile: is set, though there is no database.uri");
        }
        if (issuing.keystore.isEmpty() != issuing.keystorePasswordFile.isEmpty()) {
            throw new IllegalArgumentException("issuing: keystore and keystorePasswordFile belong together");
        }
    }

    /** Lists come from files or from the database, never from both. */
    private static void shared(Config config) {
        var _ = StoreConfig.mode(config.redis.mode);
        boolean shared = StoreConfig.isShared(config);
        if (shared && config.redis.endpoints.isEmpty()) {
            throw new IllegalArgumentException("redis.endpoints: is empty, though there is a database.uri");
        }
        if (shared && !config.trust.sources.isEmpty()) {
            throw new IllegalArgumentException(
                    "trust.sources: is set beside database.uri; import them with passgate signers import");
        }
        if (shared && !config.tokens.isEmpty()) {
            throw new IllegalArgumentException(
                    "tokens: is set beside database.uri; import them with passgate token import");
        }
        if (!shared && !config.audit.keyFile.isEmpty()) {
            throw new IllegalArgumentException("audit.keyFile: is set, though there is no database.uri");
        }
        if (config.audit.keyFile.isEmpty() && !config.audit.headFile.isEmpty()) {
            throw new IllegalArgumentException("audit.headFile: is set, though there is no audit.keyFile");
        }
        if (!shared && !config.redis.endpoints.isEmpty()) {
            throw new IllegalArgumentException("redis.endpoints: is set, though there is no database.uri");
        }
    }

    static void range(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + ": " + value + " is not in [" + min + ", " + max + "]");
        }
    }

    /** A number, or what says that it follows from others. */
    private static void derivable(String key, long value, long min, long max) {
        if (value != Config.DERIVED) {
            range(key, value, min, max);
        }
    }

    static void range(String key, Duration value, Duration min) {
        range(key, value, min, TEN_YEARS);
    }

    static void range(String key, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(key + ": " + value + " is not in [" + min + ", " + max + "]");
        }
    }

    private static void payloads(String key, Config.CostLimit limit, Config config) {
        derivable(key + ".perSecond", limit.perSecond, 1, 1_000_000_000);
        derivable(key + ".burst", limit.burst, config.http.maxPayloads, 1_000_000_000);
    }

    /** The limit of each role. */
    public static Map<Role, RateLimits.Limit> limits(Config.Limits limits) {
        Map<Role, RateLimits.Limit> byRole = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            Config.RoleLimit limit = switch (role) {
                case VERIFIER -> limits.verifier;
                case FACILITY -> limits.facility;
                case CARE_FACILITY -> limits.careFacility;
                case PROVIDER -> limits.provider;
                case REGISTRAR -> limits.registrar;
                case TRUST_ADMIN -> limits.trustAdmin;
                case TRACER -> limits.tracer;
                case OPS -> limits.ops;
            };
            range("limits: perSecond of " + role.code(), limit.perSecond, 1, 10_000_000);
            range("limits: burst of " + role.code(), limit.burst, 1, 10_000_000);
            byRole.put(role, new RateLimits.Limit(limit.perSecond, limit.burst));
        }
        return byRole;
    }

    /** The clients that these entries name. */
    public static ClientDirectory clients(List<Config.Token> tokens) {
        Map<TokenHash, Client> clients = new HashMap<>();
        for (Config.Token token : tokens) {
            String key = "tokens: " + token.name;
            if (token.name.isBlank()) {
                throw new IllegalArgumentException("tokens: an entry has no name");
            }
            if (token.expires.equals(Instant.MIN)) {
                throw new IllegalArgumentException(key + ": has no expires");
            }
            Role role = Role.ofCode(token.role)
                    .orElseThrow(() -> new IllegalArgumentException(key + ": role is none of "
                            + Arrays.stream(Role.values()).map(Role::code).toList()));
            if (clients.put(hash(key, token.sha256), new Client(token.name, role, token.expires)) != null) {
                throw new IllegalArgumentException(key + ": another entry has the same token");
            }
        }
        return ClientDirectory.of(clients);
    }

    private static TokenHash hash(String key, String sha256) {
        try {
            return TokenHash.ofHex(sha256);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(key + ": sha256 is not 64 hexadecimal digits", wrong);
        }
    }
}
