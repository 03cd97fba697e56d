package io.passgate.rehearsal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Redis Cluster of three masters with a replica each. */
public final class ReplicatedRedisCluster implements AutoCloseable {
    private static final int NODES = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final List<RedisNode> nodes = new ArrayList<>();

    public ReplicatedRedisCluster(Path folder) throws IOException {
        this.folder = folder;
        for (int i = 0; i < NODES; i++) {
            nodes.add(new RedisNode("redis-" + i, folder.resolve("redis-" + i)));
        }
    }

    /** Starts all nodes and has them share the slots; returns when every master has its replica. */
    public void start() throws IOException, InterruptedException {
        List<String> create = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
        for (RedisNode node : nodes) {
            node.start();
            create.add("127.0.0.1:" + node.port);
        }
        create.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
        try (ServerProcess creating = new ServerProcess("create", folder, Map.of(), create)) {
            creating.start();
            ServerProcess.await("a cluster, see " + creating.log(), PATIENCE, () -> !creating.isAlive());
        }
        awaitWhole();
    }

    public List<URI> uris() {
        return nodes.stream().map(RedisNode::uri).toList();
    }

    /** A master that has slots. */
    public RedisNode master() {
        return nodes.stream()
                .filter(node -> node.isAlive() && node.isMaster())
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no master"));
    }

    /** Waits until all slots are served though a node is gone. */
    public void awaitServing() throws IOException, InterruptedException {
        ServerProcess.await(
                "all slots are served",
                PATIENCE,
                () -> nodes.stream()
                                .filter(RedisNode::isAlive)
                                .allMatch(node -> node.says("CLUSTER INFO").contains("cluster_state:ok"))
                        && nodes.stream()
                                        .filter(RedisNode::isAlive)
                                        .filter(RedisNode::isMaster)
                                        .count()
                                == NODES / 2);
    }

    /** Waits until all slots are served and every master has a replica that keeps up. */
    public void awaitWhole() throws IOException, InterruptedException {
        awaitServing();
        ServerProcess.await(
                "every replica keeps up",
                PATIENCE,
                () -> nodes.stream()
                                .filter(node -> node.says("INFO replication").contains("master_link_status:up"))
                                .count()
                        == NODES / 2);
    }

    /** Starts what was killed, and waits until it follows. */
    public void mend() throws IOException, InterruptedException {
        for (RedisNode node : nodes) {
            if (!node.isAlive()) {
                node.start();
            }
        }
        awaitWhole();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (RedisNode node : nodes) {
            node.close();
        }
    }
}
