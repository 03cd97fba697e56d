package io.passgate.app;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The configuration of one gateway, key by key as in {@code config/passgate.yaml}, which gives every default, unit and
 * reason. A key that is left out has its default; an unknown one is an error.
 */
public final class Config {
    /** Stands for one per core. */
    static final int PER_CORE = 0;

    /** Stands for what follows from other keys. */
    static final int DERIVED = 0;

    Http http = new Http();

    ManagementPort management = new ManagementPort();

    Judging engine = new Judging();

    Trust trust = new Trust();

    Revocations revocations = new Revocations();

    Certificates certificates = new Certificates();
    Passes passes = new Passes();

    CheckIns checkIns = new CheckIns();

    EntryLog entryLog = new EntryLog();

    Audit audit = new Audit();

    Database database = new Database();

    RedisServers redis = new RedisServers();

    String snapshotFile = "";

    Clock clock = new Clock();

    Issuing issuing = new Issuing();

    String policies = "policies";

    List<Token> tokens = List.of();

    Limits limits = new Limits();

    Watch watchdog = new Watch();

    Payloads payloads = new Payloads();

    Duration shutdownPatience = Duration.ofSeconds(10);

    /** The public interface. */
    static final class Http {
        String host = "0.0.0.0";
        int port = 8080;
        int eventLoops = PER_CORE;
        int maxBodyBytes = 5 << 20;
        long maxBytesUnderWay = 256L << 20;
        long maxBytesPerClient = DERIVED;
        int maxPayloads = 1_024;
        Duration bodyPatience = Duration.ofSeconds(10);
        Duration idle = Duration.ofSeconds(60);
        int maxConnections = 16_384;
        int maxConnectionsPerAddress = 4_096;
        long maxHeldBytes = 64L << 20;
        long maxHeldBytesPerConnection = 4L << 20;
        int sendBufferBytes = 1 << 17;
        Duration requestPatience = Duration.ofSeconds(20);
        Duration answerPatience = Duration.ofSeconds(30);
        List<String> trustedProxies = List.of();
        boolean proxyProtocol = false;
        Duration failureDelay = Duration.ofSeconds(1);
        int maxDelayedFailures = 4_096;
        int maxFailureAddresses = 65_536;
        Duration drain = Duration.ofSeconds(2);
        Tls tls = new Tls();
    }

    /** TLS of the public interface; none where a proxy ends it. */
    static final class Tls {
        String certificate = "";
        String key = "";
        String clientCa = "";
    }

    /** The interface for those who run the gateway. */
    static final class ManagementPort {
        String host = "127.0.0.1";
        int port = 9090;
        int maxConnections = 256;
        Duration patience = Duration.ofSeconds(10);
    }

    /** The engine. */
    static final class Judging {
        int workers = PER_CORE;
        int maxBatch = 256;
        int slice = 64;
        int maxQueued = 16_384;
        int maxQueuedPerClient = DERIVED;
        Duration deadline = Duration.ofSeconds(2);
        long keyTableBytes = 256L << 20;
        int laneThreads = 1;
        int maxInLane = 16_384;
    }

    /** The trust list. */
    static final class Trust {
        List<String> sources = List.of();
        Duration reloadEvery = Duration.ofSeconds(10);
        Duration warnAge = Duration.ofHours(1);
        Duration hardAge = Duration.ofHours(72);
    }

    /** The revocation list. */
    static final class Revocations {
        Duration warnAge = Duration.ofMinutes(5);
        Duration hardAge = Duration.ofHours(24);
    }

    /** Health certificates. */
    static final class Certificates {
        Duration earlyTolerance = Duration.ofSeconds(5);
    }

    /** Entry passes. */
    static final class Passes {
        Duration earlyTolerance = Duration.ofSeconds(5);
        Duration lateTolerance = Duration.ofSeconds(5);
    }

    /** Doors. */
    static final class CheckIns {
        String policy = "";
        String shownBy = "kr";
        int maxPending = 16_384;
        Duration providerWindow = Duration.ofSeconds(15);
        Duration facilityWindow = Duration.ofSeconds(60);
        boolean refuseDuplicates = false;
    }

    /** The entry log. */
    static final class EntryLog {
        String durability = "usual";
        int connections = 4;
        String spoolFile = "";
        long spoolBytes = 256L << 20;
    }

    /** The audit. */
    static final class Audit {
        String keyFile = "";
        String headFile = "";
    }

    /** PostgreSQL; a gateway without one stands alone. */
    static final class Database {
        String uri = "";
        String user = "passgate";
        String passwordFile = "";
        int connections = 8;
        Duration timeout = Duration.ofSeconds(2);
        boolean migrate = true;
    }

    /** Redis. */
    static final class RedisServers {
        String mode = "single";
        List<String> endpoints = List.of();
        String masterName = "";
        String passwordFile = "";
        Duration timeout = Duration.ofSeconds(1);
    }

    /** How far the gateway's clock may be off those of the stores. */
    static final class Clock {
        Duration warnOffset = Duration.ofSeconds(5);
        Duration hardOffset = Duration.ofSeconds(30);
    }

    /** The issuing side; a gateway without a pepper has none. */
    static final class Issuing {
        int port = 8081;
        int eventLoops = PER_CORE;
        String pepperFile = "";
        String keystore = "";
        String keystorePasswordFile = "";
        int threads = PER_CORE;
        int maxQueued = 128;
        int maxBatch = 64;
        Duration deadline = Duration.ofSeconds(2);
        int connections = 4;
        int maxProofs = 1_000_000;
        String certificateIssuer = "Korea Disease Control and Prevention Agency";
        Duration certificateLifetime = Duration.ofDays(180);
        List<ProviderEntry> providers = List.of();
    }

    /** One provider. */
    static final class ProviderEntry {
        String name = "";
        String deviceProof = "";
        String htu = "";
    }

    /** What the clients of each role may ask. */
    static final class Limits {
        RoleLimit verifier = new RoleLimit(5_000, 10_000);
        RoleLimit facility = new RoleLimit(20, 60);
        RoleLimit careFacility = new RoleLimit(20, 60);
        RoleLimit provider = new RoleLimit(20_000, 40_000);
        RoleLimit registrar = new RoleLimit(200, 400);
        RoleLimit trustAdmin = new RoleLimit(50, 100);
        RoleLimit tracer = new RoleLimit(5, 10);
        RoleLimit ops = new RoleLimit(5, 10);
    }

    /** What the process does about itself when it cannot work. */
    static final class Watch {
        Duration warnAfter = Duration.ofSeconds(2);
        Duration endAfter = Duration.ofSeconds(30);
        Duration memoryEndAfter = Duration.ofSeconds(5);
    }

    /** What the payloads of clients may cost, of those roles that send some. */
    static final class Payloads {
        CostLimit verifier = new CostLimit();
        CostLimit facility = new CostLimit();
        CostLimit careFacility = new CostLimit();
    }

    /** Units of a good payload. */
    static final class CostLimit {
        long perSecond = DERIVED;
        long burst = DERIVED;
    }

    /** Requests of one client. */
    static final class RoleLimit {
        long perSecond = 1;
        long burst = 1;

        RoleLimit() {}

        RoleLimit(long perSecond, long burst) {
            this.perSecond = perSecond;
            this.burst = burst;
        }
    }

    /** One client and the hash of its token. */
    static final class Token {
        String name = "";
        String role = "";
        String sha256 = "";
        Instant expires = Instant.MIN;
    }
}
