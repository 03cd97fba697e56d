package io.passgate.store.feed;

import static io.passgate.store.feed.ChangeFeedFixture.isRevoked;
import static io.passgate.store.feed.ChangeFeedFixture.readTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.demo.EmbeddedRedis;
import io.passgate.store.RedisCluster;
import io.passgate.store.RedisSettings;
import io.passgate.store.StoreException;
import io.passgate.store.snapshot.SnapshotManifest;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed through a cluster of three nodes, and through sentinels that fail over. */
final class RedisModesIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    private Path folder = Path.of("");

    private TestStores stores;
    private ChangeFeedFixture fixture;
    private final List<EmbeddedRedis> nodes = new ArrayList<>();

    @BeforeEach
    void start() throws IOException, SQLException {
        stores = new TestStores(folder);
        stores.empty();
        fixture = new ChangeFeedFixture(stores);
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
        nodes.forEach(EmbeddedRedis::close);
        stores.close();
    }

    private EmbeddedRedis node(String name, String... options) throws IOException {
        int port = TestStores.freePort();
        while (port > 55_000) {
            port = TestStores.freePort();
        }
        EmbeddedRedis node = new EmbeddedRedis(folder.resolve(name), port, options);
        node.start();
        nodes.add(node);
        return node;
    }

    private static void until(String what, Check isSo) throws IOException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!isSo.holds()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("within 40 s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    private interface Check {
        boolean holds() throws IOException;
    }

    private ChangeFeed started(RedisSettings redis) {
        ChangeFeed changeFeed = fixture.feed(Optional.empty(), redis);
        changeFeed.changeFeedConsumer.beat();
        return changeFeed;
    }

    @Test
    void aClusterOfThree_carriesChangesAndSnapshots() throws IOException {
        RedisCluster servers = new RedisCluster(folder, 3);
        nodes.addAll(servers.nodes());
        RedisSettings cluster = servers.settings(TIMEOUT);
        ChangeFeed here = started(cluster);
        ChangeFeed there = started(cluster);
        for (int number = 1; number <= 5; number++) {
            fixture.revoke(here, number);
        }
        here.outboxRelay.round(true);
        readTo(there, 5);
        assertThat(isRevoked(there, 5)).isTrue();
        there.upkeep.round();
        SnapshotManifest manifest = there.redisChangeStream.manifest().orElseThrow();
        assertThat(manifest.logPosition().sequence()).isEqualTo(5);
        assertThat(there.redisChangeStream.getChunk(manifest.name(), 0)).isNotEmpty();
        assertThat(here.redisChangeStream.head()).isPresent();
        assertThat(nodes.stream().mapToInt(RedisModesIT::keys).sum())
                .as("the stream, the manifest, and at least a chunk, on whichever nodes")
                .isGreaterThanOrEqualTo(3);
    }

    private static int keys(EmbeddedRedis node) {
        try {
            return Integer.parseInt(
                    TestStores.redisCommand(node.port(), "DBSIZE").substring(1).strip());
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    @Test
    void sentinelsThatFailOver_leadToTheNewMaster_andNothingIsLost() throws IOException, InterruptedException {
        EmbeddedRedis master = node("master");
        EmbeddedRedis replica = node("replica", "--replicaof", "127.0.0.1", Integer.toString(master.port()));
        int port = TestStores.freePort();
        Path configuration = Files.writeString(folder.resolve("sentinel.conf"), """
                port %d
                bind 127.0.0.1
                sentinel monitor doors 127.0.0.1 %d 1
                sentinel down-after-milliseconds doors 1000
                sentinel failover-timeout doors 3000
                """.formatted(port, master.port()));
        Path binary = binary(folder.resolve("master"));
        Process sentinel = new ProcessBuilder(binary.toString(), configuration.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sentinel.log").toFile())
                .start();
        try {
            until(
                    "the sentinel sees the replica",
                    () -> isUp(port)
                                    && TestStores.redisAnswer(port, "SENTINEL REPLICAS doors")
                                            .contains("online")
                            || isUp(port)
                                    && TestStores.redisAnswer(port, "SENTINEL REPLICAS doors")
                                            .contains(Integer.toString(replica.port())));
            RedisSettings sentinels = new RedisSettings(
                    RedisSettings.Mode.SENTINEL,
                    List.of(URI.create("redis://127.0.0.1:" + port)),
                    "doors",
                    "",
                    TIMEOUT);
            ChangeFeed here = started(sentinels);
            ChangeFeed there = started(sentinels);
            fixture.revoke(here, 1);
            here.outboxRelay.round(true);
            readTo(there, 1);
            master.kill();
            fixture.revoke(here, 2);
            until("the new master", () -> relayed(here));
            there.changeFeedConsumer.beat();
            assertThat(there.appliedSequence()).isEqualTo(2);
            fixture.revoke(here, 3);
            here.outboxRelay.round(true);
            readTo(there, 3);
            assertThat(here.hasDiverged()).isFalse();
            assertThat(IntStream.rangeClosed(1, 3)).allMatch(number -> isRevoked(there, number));
        } finally {
            sentinel.destroyForcibly();
            assertThat(sentinel.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean relayed(ChangeFeed changeFeed) {
        try {
            changeFeed.outboxRelay.round(true);
            return true;
        } catch (StoreException notYet) {
            return false;
        }
    }

    private static boolean isUp(int port) {
        try {
            return TestStores.redisCommand(port, "PING").equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Path binary(Path inside) throws IOException {
        try (var files = Files.walk(inside)) {
            return files.filter(Files::isExecutable)
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }
}
