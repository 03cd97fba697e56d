package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.GatewayProcess;
import io.passgate.testing.gateway.KnockingDoor;
import io.passgate.testing.gateway.SharedGateways;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway as a process of its own, a Redis and a PostgreSQL, each killed ten times while people are let in: nothing
 * that was acknowledged is lost or there twice, and nobody is told of a use that was none.
 */
final class CheckInKillIT {
    private static final int ROUNDS = 10;
    private static final int DOORS = 4;
    private static final int BETWEEN_KILLS = 40;

    /**
     * With {@code everysec} a Redis whose disk is slow answers before it has written, and forgets that when it is
     * killed.
     */
    private static final String[] WRITTEN_BEFORE_ANSWERED = {"--appendfsync", "always"};

    private final TestProvider provider = TestProvider.named("kakao");

    @Test
    void eachOfThemKilledTenTimes_losesNothingAcknowledged(@TempDir Path folder)
            throws IOException, SQLException, InvalidConfig, InterruptedException {
        try (TestStores stores = new TestStores(folder.resolve("stores"), WRITTEN_BEFORE_ANSWERED)) {
            stores.empty();
            try (GatewayProcess gateway = new GatewayProcess(folder, stores, stores.redis.uri(), provider)) {
                List<KnockingDoor> doors = new ArrayList<>();
                for (int i = 0; i < DOORS; i++) {
                    doors.add(new KnockingDoor(gateway.port, GatewayProcess.TOKEN, provider, i));
                }
                try {
                    doors.forEach(KnockingDoor::start);
                    for (int round = 0; round < ROUNDS; round++) {
                        killEach(gateway, stores, doors);
                    }
                } finally {
                    doors.forEach(KnockingDoor::end);
                }
                settle(stores, gateway.spool());
                compare(doors, stores);
            }
        }
    }

    private static void killEach(GatewayProcess gateway, TestStores stores, List<KnockingDoor> doors)
            throws IOException, InterruptedException {
        letSomeIn(doors);
        gateway.kill();
        gateway.start();
        letSomeIn(doors);
        stores.redis.kill();
        letSomeIn(doors);
        stores.redis.start();
        letSomeIn(doors);
        stores.postgresql.kill();
        letSomeIn(doors);
        stores.postgresql.start();
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
                return stores.entriesOnTheirWay() + Files.size(spool) == 0;
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
        assertThat(doors.stream().mapToLong(door -> door.refusedAgain.get()).sum())
                .as("uses that were told of rightly")
                .isPositive();
    }
}
