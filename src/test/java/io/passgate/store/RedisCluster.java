package io.passgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.demo.EmbeddedRedis;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Real servers that share the slots of a cluster. */
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;

    /** A line of a command has 64 KiB at most. */
    private static final int SLOTS_AT_ONCE = 4_096;

    /** A node's bus has the port 10,000 above its own. */
    private static final int LAST_PORT = 55_000;

    private final List<EmbeddedRedis> nodes = new ArrayList<>();

    public RedisCluster(Path folder, int size) throws IOException {
        for (int i = 0; i < size; i++) {
            EmbeddedRedis node =
                    new EmbeddedRedis(folder.resolve("cluster" + i), freePort(), "--cluster-enabled", "yes");
            node.start();
            nodes.add(node);
            int end = (i + 1) * SLOTS / size;
            for (int from = i * SLOTS / size; from < end; from += SLOTS_AT_ONCE) {
                String slots = IntStream.range(from, Math.min(end, from + SLOTS_AT_ONCE))
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" "));
                said(node, "CLUSTER ADDSLOTS " + slots);
            }
            said(node, "CLUSTER SET-CONFIG-EPOCH " + (i + 1));
        }
        for (EmbeddedRedis node : nodes.subList(1, size)) {
            said(node, "CLUSTER MEET 127.0.0.1 " + nodes.getFirst().port());
        }
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!isWhole()) {
            assertThat(System.nanoTime() - deadlineNs).as("no cluster").isNegative();
            Thread.onSpinWait();
        }
    }

    private static int freePort() throws IOException {
        int port = TestStores.freePort();
        while (port > LAST_PORT) {
            port = TestStores.freePort();
        }
        return port;
    }

    private static void said(EmbeddedRedis node, String command) throws IOException {
        assertThat(TestStores.redisCommand(node.port(), command)).isEqualTo("+OK");
    }

    private boolean isWhole() throws IOException {
        for (EmbeddedRedis node : nodes) {
            String info = TestStores.redisAnswer(node.port(), "CLUSTER INFO");
            if (!info.contains("cluster_state:ok") || !info.contains("cluster_known_nodes:" + nodes.size())) {
                return false;
            }
        }
        return true;
    }

    public RedisSettings settings(Duration timeout) {
        return new RedisSettings(
                RedisSettings.Mode.CLUSTER,
                nodes.stream().map(EmbeddedRedis::uri).toList(),
                "",
                "",
                timeout);
    }

    public List<EmbeddedRedis> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public void close() {
        nodes.forEach(EmbeddedRedis::close);
    }
}
