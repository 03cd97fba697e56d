package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Client;
import io.passgate.access.Grant;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.testing.Passgate;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway as a process of its own, a Redis and a PostgreSQL, each killed ten times while people are let in: nothing that was
 * acknowledged is lost or there twice, and nobody is told of a use that was none.
 */
final class CheckInKillIT {
    private static final int ROUNDS = 10;
    private static final int DOORS = 4;
    private static final int BETWEEN_KILLS = 40;
    private static final String TOKEN = "token-of-a-door";

    private final TestProvider provider = TestProvider.named("kakao");

    private Path configuration(Path folder, TestStores stores, int port, int managementPort) throws IOException {
        var unused =
                Files.writeString(folder.resolve("password"), stores.database().password());
        return Files.writeString(folder.resolve("passgate.yaml"), """
                http: {host: 127.0.0.1, port: %d}
                management: {port: %d}
                database: {uri: "%s", user: %s, passwordFile: password}
                redis: {endpoints: ["%s"]}
                policies: %s
                entryLog: {spoolFile: spool}
                limits: {facility: {perSecond: 100000, burst: 100000}}
                """.formatted(
                        port,
                        managementPort,
                        stores.database().uri(),
                        stores.database().user(),
                        stores.redis.uri(),
                        Path.of("config/policies").toAbsolutePath()));
    }

    private void fill(Path config) throws IOException, InvalidConfig {
        Instant end = Instant.now().plus(Duration.ofDays(1));
        try (Administration administration = Administration.open(ConfigFile.read(config), config.resolveSibling(""))) {
            int unusedCount = administration.run(authority -> authority.addClients(List.of(
                    new Grant(TokenHash.ofToken(TOKEN), new Client(KnockingDoor.FACILITY, Role.FACILITY, end)))));
            var unusedRejected = administration.run(authority -> authority.addSigners(List.of(provider.signer())));
        }
    }

    private static Process gateway(Path config, int managementPort) throws IOException, InterruptedException {
        Process started = new ProcessBuilder(Passgate.script().toString(), "serve", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        config.resolveSibling("gateway.log").toFile()))
                .start();
        awaitReady(managementPort);
        return started;
    }

    private static void awaitReady(int managementPort) throws InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (true) {
                try {
                    if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    assertThat(System.nanoTime() - deadlineNs).isNegative();
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    @Test
    void eachOfThemKilledTenTimes_losesNothingAcknowledged(@TempDir Path folder)
            throws IOException, SQLException, InvalidConfig, InterruptedException {
        try (TestStores stores = new TestStores(folder.resolve("stores"))) {
            stores.empty();
            int port = TestStores.freePort();
            int managementPort = TestStores.freePort();
            Path config = configuration(folder, stores, port, managementPort);
            fill(config);
            Process gateway = gateway(config, managementPort);
            List<KnockingDoor> doors = new ArrayList<>();
            for (int i = 0; i < DOORS; i++) {
                doors.add(new KnockingDoor(port, TOKEN, provider, i));
            }
            try {
                doors.forEach(KnockingDoor::start);
                for (int round = 0; round < ROUNDS; round++) {
                    letSomeIn(doors);
                    gateway.destroyForcibly().waitFor();
                    gateway = gateway(config, managementPort);
                    letSomeIn(doors);
                    stores.redis.kill();
                    letSomeIn(doors);
                    stores.redis.start();
                    letSomeIn(doors);
                    stores.postgresql.kill();
                    letSomeIn(doors);
                    stores.postgresql.start();
                }
            } finally {
                doors.forEach(KnockingDoor::end);
                settle(stores, folder.resolve("spool"));
                gateway.destroyForcibly().waitFor();
            }
            compare(doors, stores);
        }
    }

    private static void letSomeIn(List<KnockingDoor> doors) throws InterruptedException {
        long before = admitted(doors);
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (admitted(doors) < before + BETWEEN_KILLS) {
            assertThat(System.nanoTime() - deadlineNs).as("nobody is let in").isNegative();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static long admitted(List<KnockingDoor> doors) {
        return doors.stream().mapToLong(door -> door.admitted.size()).sum();
    }

    private static void settle(TestStores stores, Path spool) {
        SharedGateways.until("empty streams and spool", () -> {
            try {
                long waiting = Files.size(spool);
                for (int shard = 0; shard < 16; shard++) {
                    waiting += Long.parseLong(stores.redisCommand("XLEN", "passgate:{" + shard + "}:entries")
                            .substring(1));
                }
                return waiting == 0;
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
    }

    private static void compare(List<KnockingDoor> doors, TestStores stores) throws SQLException {
        List<String> logged = stores.texts("SELECT replace(entry_id::text, '-', '') FROM entry_log");
        List<String> acknowledged = new ArrayList<>();
        doors.forEach(door -> {
            acknowledged.addAll(door.admitted);
            assertThat(door.wronglyRefused).isEmpty();
        });
        assertThat(acknowledged).hasSizeGreaterThan(5 * ROUNDS * BETWEEN_KILLS - 1);
        assertThat(logged).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(doors.stream().mapToLong(door -> door.refusedAgain).sum())
                .as("uses that were told of rightly")
                .isPositive();
    }
}
