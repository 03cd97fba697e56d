package io.passgate.bench.load.passes;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.NewToken;
import io.passgate.access.Role;
import io.passgate.app.Administration;
import io.passgate.app.config.ConfigFile;
import io.passgate.bench.load.Deployment;
import io.passgate.bench.load.RequestBytes;
import io.passgate.registry.Pepper;
import io.passgate.rehearsal.BaselineNode;
import io.passgate.rehearsal.GatewayNode;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Gateways of a layout that check people in on this machine, each a process of its own, with the stores that they share
 * and passes that they trust. One thread.
 */
public final class CheckInsSetting implements AutoCloseable {
    private static final int FACILITIES = 64;

    public final TestStores stores;
    private final Path folder;
    private final Path layout;
    private final byte[] pepper = new byte[32];
    private final List<Door> doors = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final PassMint mint;

    /** A gateway and the port that people come to. */
    public record Door(int port, Deployment deployment) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            deployment.close();
        }
    }

    private CheckInsSetting(Path layout, Path folder, TestStores stores) {
        this.layout = layout;
        this.folder = folder;
        this.stores = stores;
        new SecureRandom().nextBytes(pepper);
        LocalDate today = PassMint.today(Instant.now());
        mint = new PassMint(DayKey.of(today, stores.database(), new Pepper(pepper)), today);
    }

    /** The stores and so many gateways, all of them ready. */
    public static CheckInsSetting start(Path layout, int gateways) throws Exception {
        Path folder = Files.createTempDirectory("passgate-checkins");
        TestStores stores = new TestStores(folder.resolve("stores"));
        stores.empty();
        CheckInsSetting setting = new CheckInsSetting(layout, folder, stores);
        try {
            List<Prepared> prepared = new ArrayList<>();
            for (int i = 0; i < gateways; i++) {
                prepared.add(setting.prepared(i));
            }
            setting.fill(prepared.getFirst().config());
            setting.doors.addAll(prepared.parallelStream().map(setting::started).toList());
            return setting;
        } catch (Exception failed) {
            setting.close();
            throw failed;
        }
    }

    /** A gateway that has been configured. */
    private record Prepared(Path config, int port, int managementPort) {}

    private Prepared prepared(int number) throws IOException {
        Path own = Files.createDirectory(folder.resolve("gateway-" + number));
        int port = TestStores.freePort();
        int managementPort = TestStores.freePort();
        Files.writeString(own.resolve("pepper"), Base64.getEncoder().encodeToString(pepper));
        Files.writeString(own.resolve("password"), stores.database().password());
        Path config = Files.writeString(own.resolve("passgate.yaml"), """
                http: { host: 127.0.0.1, port: %d }
                management: { host: 127.0.0.1, port: %d }
                policies: %s
                database: { uri: "%s", user: %s, passwordFile: password }
                redis: { endpoints: ["%s"] }
                entryLog: { spoolFile: spool }
                limits: { facility: { perSecond: 1000000, burst: 1000000 } }
                issuing: { port: %d, pepperFile: pepper }
                """.formatted(
                        port,
                        managementPort,
                        layout.resolve("config/policies").toAbsolutePath(),
                        stores.database().uri(),
                        stores.database().user(),
                        stores.redis.uri(),
                        TestStores.freePort()));
        return new Prepared(config, port, managementPort);
    }

    private Door started(Prepared prepared) {
        try {
            return new Door(
                    prepared.port(), Deployment.start(stores, layout, prepared.config(), prepared.managementPort()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void fill(Path config) throws Exception {
        Instant end = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        List<ClientToken> grants = new ArrayList<>();
        for (int i = 0; i < FACILITIES; i++) {
            NewToken token = new NewToken(new SecureRandom());
            tokens.add(token.reveal());
            grants.add(new ClientToken(token.hash(), new Client("facility-" + i, Role.FACILITY, end)));
        }
        try (Administration administration = Administration.open(ConfigFile.read(config), config.resolveSibling(""))) {
            int _ = administration.run(adminCommands -> adminCommands.addClients(grants));
            var _ = administration.run(adminCommands ->
                    adminCommands.addSigners(List.of(mint.provider().signer())));
        }
    }

    /** A baseline on the same stores, which is ready; whoever takes it closes it before these. */
    public BaselineNode baseline() throws IOException, InterruptedException {
        BaselineNode baseline = new BaselineNode(
                folder.resolve("baseline"),
                GatewayNode.Stores.of(stores.database(), stores.redis.uri()),
                pepper,
                "",
                List.of());
        baseline.start();
        baseline.awaitReady();
        return baseline;
    }

    /** In the order in which they were started. */
    public List<Door> doors() {
        return List.copyOf(doors);
    }

    /**
     * Requests that are accepted when they come at a constant rate.
     *
     * @param port where they are going to be sent
     * @param perSecond passes
     * @param start when the first one is going to be sent
     */
    public RequestBytes checkIns(int port, int count, int batch, double perSecond, Instant start) {
        return RequestBytes.checkIns(mint.passes(count, perSecond, start), batch, port, tokens);
    }

    @Override
    public void close() throws IOException {
        for (Door door : doors) {
            door.close();
        }
        stores.close();
    }
}
