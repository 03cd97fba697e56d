package io.passgate.rehearsal;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.app.Administration;
import io.passgate.app.config.ConfigFile;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole country on 127.0.0.1: HAProxy before gateways, Redis Cluster with replicas, PostgreSQL with a synchronous
 * standby under Patroni. One thread starts, breaks and mends it.
 */
public final class Rehearsal implements AutoCloseable {
    /** A client of the gateways, such as one that lets people in. */
    public record Facility(String name, String token) {}

    public static final Facility MUSEUM = new Facility("museum", "token-of-a-museum");

    /** Who reads certificates on paper. */
    public static final Facility VERIFIER = new Facility("ministry", "token-of-a-ministry");

    /** Who asks for passes of the gateway that issues. */
    public static final Facility PROVIDER = new Facility("naver", "token-of-naver");

    /** What proofs of phones name as their target. */
    public static final String HTU = "https://naver.example/entry";

    private static final int PEPPER_BYTES = 32;

    static final List<String> CLIENTS = List.of(MUSEUM.name(), VERIFIER.name(), PROVIDER.name());

    public final PatroniCluster postgresql;
    public final ReplicatedRedisCluster redis;
    public final HaProxy haProxy;
    public final TestProvider provider = TestProvider.named("kakao");

    /** Whose certificates are trusted. */
    public final TestIssuer issuer = TestIssuer.ec256("KR");

    /** Options of the gateways' JVMs. */
    public final String javaOptions;

    private final Path folder;
    private final String pepper;
    private final List<GatewayNode> gateways = new ArrayList<>();
    private Optional<GatewayNode> issuing = Optional.empty();

    /** One in a folder that is emptied, of gateways that start quickly; nothing has been started. */
    public Rehearsal(Path folder) throws IOException {
        this(folder, GatewayNode.QUICKLY_STARTED);
    }

    /**
     * The same of other gateways.
     *
     * @param javaOptions of their JVMs
     */
    public Rehearsal(Path folder, String javaOptions) throws IOException {
        this.javaOptions = javaOptions;
        this.folder = empty(folder).toAbsolutePath();
        postgresql = new PatroniCluster(this.folder);
        redis = new ReplicatedRedisCluster(this.folder);
        haProxy = new HaProxy(this.folder.resolve("haproxy"));
        byte[] random = new byte[PEPPER_BYTES];
        new SecureRandom().nextBytes(random);
        pepper = Base64.getEncoder().encodeToString(random);
    }

    private static Path empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    /** Adds a gateway of the layout before the start. */
    public GatewayNode add() throws IOException {
        return add(GatewayNode.laidOut());
    }

    /** The same of another program, see {@link GatewayNode}. */
    public GatewayNode add(List<String> program) throws IOException {
        return add(haProxy.databasePort, program);
    }

    /**
     * Adds one that reaches PostgreSQL elsewhere.
     *
     * @param databasePort of 127.0.0.1
     * @param program see {@link GatewayNode}
     */
    public GatewayNode add(int databasePort, List<String> program) throws IOException {
        return add(databasePort, program, Optional.empty());
    }

    /** Adds the one that issues, of the layout, before the start. No door is sent to it. */
    public GatewayNode addIssuing() throws IOException {
        GatewayNode gateway = add(haProxy.databasePort, GatewayNode.laidOut(), Optional.of(PROVIDER.name()));
        issuing = Optional.of(gateway);
        return gateway;
    }

    private GatewayNode add(int databasePort, List<String> program, Optional<String> provider) throws IOException {
        GatewayNode gateway = new GatewayNode(
                folder.resolve("gateway-" + gateways.size()),
                stores(databasePort),
                program,
                Optional.of(new GatewayNode.Making(pepper, provider)),
                javaOptions);
        gateways.add(gateway);
        return gateway;
    }

    private GatewayNode.Stores stores(int databasePort) {
        return new GatewayNode.Stores(
                PatroniCluster.settings(databasePort).uri(),
                PatroniNode.USER,
                PatroniNode.PASSWORD,
                "cluster",
                redis.uris());
    }

    /** How a gateway reaches the stores. */
    public GatewayNode.Stores stores() {
        return stores(haProxy.databasePort);
    }

    /** What holders' names are made with, as all gateways have it. */
    public byte[] pepper() {
        return Base64.getDecoder().decode(pepper);
    }

    /** Starts everything; returns when every gateway is ready. */
    public void start() throws IOException, InterruptedException, SQLException, InvalidConfig {
        haProxy.start(
                doors().stream().map(GatewayNode::backend).toList(),
                issuing.stream().map(GatewayNode::issuingBackend).toList(),
                postgresql.nodes());
        redis.start();
        postgresql.start();
        fill(gateways.getFirst().config(), provider, issuer);
        if (issuing.isPresent()) {
            issuing.get().makeKey(PROVIDER.name());
        }
        mend();
    }

    /** All gateways. */
    public List<GatewayNode> gateways() {
        return List.copyOf(gateways);
    }

    /** Those that people at doors are sent to. */
    public List<GatewayNode> doors() {
        return gateways.stream()
                .filter(gateway -> !issuing.equals(Optional.of(gateway)))
                .toList();
    }

    /** The one that issues, where there is one. */
    public Optional<GatewayNode> issuing() {
        return issuing;
    }

    /** Ends all gateways at once; {@link #mend} starts them again. */
    public void killGateways() throws IOException, InterruptedException {
        for (GatewayNode gateway : gateways) {
            gateway.kill();
        }
    }

    /** Makes the clients, and who signs, known to the gateways of a configuration. */
    static void fill(Path config, TestProvider provider, TestIssuer issuer) throws IOException, InvalidConfig {
        try (Administration administration = Administration.open(ConfigFile.read(config), config.resolveSibling(""))) {
            var _ = administration.run(adminCommands -> adminCommands.addClients(List.of(
                    token(MUSEUM, Role.FACILITY), token(VERIFIER, Role.VERIFIER), token(PROVIDER, Role.PROVIDER))));
            var _ = administration.run(
                    adminCommands -> adminCommands.addSigners(List.of(provider.signer(), issuer.signer())));
        }
    }

    private static ClientToken token(Facility client, Role role) {
        Instant end = Instant.now().plus(Duration.ofDays(1));
        return new ClientToken(TokenHash.ofToken(client.token()), new Client(client.name(), role, end));
    }

    /** Starts whatever was killed, and waits until all is as before. */
    public void mend() throws IOException, InterruptedException {
        for (GatewayNode gateway : gateways) {
            if (!gateway.isAlive()) {
                gateway.start();
            }
        }
        postgresql.mend();
        redis.mend();
        for (GatewayNode gateway : gateways) {
            gateway.awaitReady();
        }
        for (GatewayNode gateway : gateways) {
            ServerProcess.await(
                    "passes are known by Redis at every gateway",
                    Duration.ofSeconds(30),
                    () -> gateway.metric("passgate_onetime_shared") == 1);
        }
    }

    /** People come to HAProxy's port. */
    Visitors visitors(int doors, int perSecond) {
        return new Visitors(haProxy.port, MUSEUM, provider, doors, perSecond);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (GatewayNode gateway : gateways) {
            gateway.close();
        }
        haProxy.close();
        redis.close();
        postgresql.close();
    }
}
