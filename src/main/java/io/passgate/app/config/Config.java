package io.passgate.app.config;

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

    public Http http = new Http();

    public ManagementPort management = new ManagementPort();

    public Judging engine = new Judging();

    public Trust trust = new Trust();

    Revocations revocations = new Revocations();

    public Certificates certificates = new Certificates();
    public Passes passes = new Passes();

    public CheckIns checkIns = new CheckIns();

    public EntryLog entryLog = new EntryLog();

    public Audit audit = new Audit();

    public Database database = new Database();

    public RedisServers redis = new RedisServers();

    public String snapshotFile = "";

    public Clock clock = new Clock();

    public Issuing issuing = new Issuing();

    public String policies = "policies";

    public List<Token> tokens = List.of();

    public Limits limits = new Limits();

    public Watch watchdog = new Watch();

    Payloads payloads = new Payloads();

    public Duration shutdownPatience = Duration.ofSeconds(10);

    /** The public interface. */
    public static final class Http {
        public String host = "0.0.0.0";
        public int port = 8080;
        public int eventLoops = PER_CORE;
        int maxBodyBytes = 5 << 20;
        long maxBytesUnderWay = 256L << 20;
        long maxBytesPerClient = DERIVED;
        int maxPayloads = 1_024;
        Duration bodyPatience = Duration.ofSeconds(10);
        public Duration idle = Duration.ofSeconds(60);
        int maxConnections = 16_384;
        int maxConnectionsPerAddress = 4_096;
        long maxHeldBytes = 64L << 20;
        long maxHeldBytesPerConnection = 4L << 20;
        public int sendBufferBytes = 1 << 17;
        Duration requestPatience = Duration.ofSeconds(20);
        Duration answerPatience = Duration.ofSeconds(30);
        List<String> trustedProxies = List.of();
        boolean proxyProtocol = false;
        Duration failureDelay = Duration.ofSeconds(1);
        int maxDelayedFailures = 4_096;
        int maxFailureAddresses = 65_536;
        public Duration drain = Duration.ofSeconds(2);
        public Tls tls = new Tls();
    }

    /** TLS of the public interface; none where a proxy ends it. */
    public static final class Tls {
        public String certificate = "";
        public String key = "";
        public String clientCa = "";
    }

    /** The interface for those who run the gateway. */
    public static final class ManagementPort {
        public String host = "127.0.0.1";
        public int port = 9090;
        public int maxConnections = 256;
        public Duration patience = Duration.ofSeconds(10);
    }

    /** The engine. */
    public static final class Judging {
        public int workers = PER_CORE;
        int maxBatch = 256;
        int slice = 64;
        int maxQueued = 16_384;
        int maxQueuedPerClient = DERIVED;
        Duration deadline = Duration.ofSeconds(2);
        public long keyTableBytes = 256L << 20;
        int laneThreads = 1;
        int maxInLane = 16_384;
    }

    /** The trust list. */
    public static final class Trust {
        public List<String> sources = List.of();
        public Duration reloadEvery = Duration.ofSeconds(10);
        public Duration warnAge = Duration.ofHours(1);
        public Duration hardAge = Duration.ofHours(72);
    }

    /** The revocation list. */
    static final class Revocations {
        Duration warnAge = Duration.ofMinutes(5);
        Duration hardAge = Duration.ofHours(24);
    }

    /** Health certificates. */
    public static final class Certificates {
        public Duration earlyTolerance = Duration.ofSeconds(5);
    }

    /** Entry passes. */
    public static final class Passes {
        public Duration earlyTolerance = Duration.ofSeconds(5);
        public Duration lateTolerance = Duration.ofSeconds(5);
    }

    /** Doors. */
    public static final class CheckIns {
        public String policy = "";
        public String shownBy = "kr";
        int maxPending = 16_384;
        Duration providerWindow = Duration.ofSeconds(15);
        Duration facilityWindow = Duration.ofSeconds(60);
        boolean refuseDuplicates = false;
    }

    /** The entry log. */
    public static final class EntryLog {
        public String durability = "usual";
        int connections = 4;
        public String spoolFile = "";
        public long spoolBytes = 256L << 20;
    }

    /** The audit. */
    public static final class Audit {
        public String keyFile = "";
        String headFile = "";
    }

    /** PostgreSQL; a gateway without one stands alone. */
    public static final class Database {
        public String uri = "";
        public String user = "passgate";
        public String passwordFile = "";
        int connections = 8;
        Duration timeout = Duration.ofSeconds(2);
        public boolean migrate = true;
    }

    /** Redis. */
    public static final class RedisServers {
        String mode = "single";
        public List<String> endpoints = List.of();
        String masterName = "";
        String passwordFile = "";
        Duration timeout = Duration.ofSeconds(1);
    }

    /** How far the gateway's clock may be off those of the stores. */
    public static final class Clock {
        public Duration warnOffset = Duration.ofSeconds(5);
        public Duration hardOffset = Duration.ofSeconds(30);
    }

    /** The issuing side; a gateway without a pepper has none. */
    public static final class Issuing {
        public int port = 8081;
        public int eventLoops = PER_CORE;
        public String pepperFile = "";
        public String keystore = "";
        public String keystorePasswordFile = "";
        public int threads = PER_CORE;
        int maxQueued = 128;
        int maxBatch = 64;
        Duration deadline = Duration.ofSeconds(2);
        int connections = 4;
        int maxProofs = 1_000_000;
        String certificateIssuer = "Korea Disease Control and Prevention Agency";
        Duration certificateLifetime = Duration.ofDays(180);
        public List<ProviderEntry> providers = List.of();
    }

    /** One provider. */
    public static final class ProviderEntry {
        public String name = "";
        public String deviceProof = "";
        public String htu = "";
    }

    /** What the clients of each role may ask. */
    public static final class Limits {
        RoleLimit verifier = new RoleLimit(5_000, 10_000);
        public RoleLimit facility = new RoleLimit(20, 60);
        public RoleLimit careFacility = new RoleLimit(20, 60);
        RoleLimit provider = new RoleLimit(20_000, 40_000);
        RoleLimit registrar = new RoleLimit(200, 400);
        RoleLimit trustAdmin = new RoleLimit(50, 100);
        public RoleLimit tracer = new RoleLimit(5, 10);
        RoleLimit ops = new RoleLimit(5, 10);
    }

    /** What the process does about itself when it cannot work. */
    public static final class Watch {
        public Duration warnAfter = Duration.ofSeconds(2);
        public Duration endAfter = Duration.ofSeconds(30);
        public Duration memoryEndAfter = Duration.ofSeconds(5);
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
    public static final class RoleLimit {
        long perSecond = 1;
        long burst = 1;

        RoleLimit() {}

        public RoleLimit(long perSecond, long burst) {
            this.perSecond = perSecond;
            this.burst = burst;
        }
    }

    /** One client and the hash of its token. */
    public static final class Token {
        public String name = "";
        public String role = "";
        public String sha256 = "";
        public Instant expires = Instant.MIN;
    }
}
