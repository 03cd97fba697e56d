package io.passgate.rehearsal;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.app.Administration;
import io.passgate.app.config.ConfigFile;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.TestProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A whole country on 127.0.0.1: HAProxy before gateways, Redis Cluster with replicas, PostgreSQL with a synchronous
 * standby under Patroni. One thread starts, breaks and mends it.
 */
public final class Rehearsal implements AutoCloseable {
    /** Who lets people in. */
    public record Facility(String name, String token) {}

    public static final Facility MUSEUM = new Facility("museum", "token-of-a-museum");

    public final PatroniCluster postgresql;
    public final ReplicatedRedisCluster redis;
    public final HaProxy haProxy;
    public final TestProvider provider = TestProvider.named("kakao");
    private final Path folder;
    private final List<GatewayNode> gateways = new ArrayList<>();

    /** One in a folder that is emptied; nothing has been started. */
    public Rehearsal(Path folder) throws IOException {
        this.folder = empty(folder).toAbsolutePath();
        postgresql = new PatroniCluster(this.folder);
        redis = new ReplicatedRedisCluster(this.folder);
        haProxy = new HaProxy(this.folder.resolve("haproxy"));
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
        GatewayNode gateway = new GatewayNode(
                folder.resolve("gateway-" + gateways.size()),
                new GatewayNode.Stores(
                        PatroniCluster.settings(databasePort).uri(),
                        PatroniNode.USER,
                        PatroniNode.PASSWORD,
                        "cluster",
                        redis.uris()),
                program);
        gateways.add(gateway);
        return gateway;
    }

    /** Starts everything; returns when every gateway is ready. */
    public void start() throws IOException, InterruptedException, SQLException, InvalidConfig {
        haProxy.start(gateways.stream().map(GatewayNode::backend).toList(), postgresql.nodes());
        redis.start();
        postgresql.start();
        fill(gateways.getFirst().config(), provider);
        mend();
    }

    /** Makes the museum and the provider known to the gateways of a configuration. */
    static void fill(Path config, TestProvider provider) throws IOException, InvalidConfig {
        Instant end = Instant.now().plus(Duration.ofDays(1));
        try (Administration administration = Administration.open(ConfigFile.read(config), config.resolveSibling(""))) {
            var _ = administration.run(adminCommands -> adminCommands.addClients(List.of(new ClientToken(
                    TokenHash.ofToken(MUSEUM.token()), new Client(MUSEUM.name(), Role.FACILITY, end)))));
            var _ = administration.run(adminCommands -> adminCommands.addSigners(List.of(provider.signer())));
        }
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
