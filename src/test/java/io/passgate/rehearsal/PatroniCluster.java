package io.passgate.rehearsal;

import io.passgate.store.DatabaseSettings;
import io.passgate.store.Migrations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL primary and its synchronous standby under Patroni, which etcd tells who is which. */
public final class PatroniCluster implements AutoCloseable {
    public static final String DATABASE = "passgate";

    /** Patroni gives a primary up when its time to live, 20 s, is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Etcd etcd;
    private final List<PatroniNode> nodes;

    public PatroniCluster(Path folder) throws IOException {
        etcd = new Etcd(folder.resolve("etcd"));
        nodes = List.of(
                new PatroniNode("postgresql-0", folder.resolve("postgresql-0"), etcd),
                new PatroniNode("postgresql-1", folder.resolve("postgresql-1"), etcd));
    }

    /** Starts all of it with an empty database; returns when the primary has a synchronous standby. */
    public void start() throws IOException, InterruptedException, SQLException {
        etcd.start();
        for (PatroniNode node : nodes) {
            node.start();
        }
        awaitSynchronous();
        try (Connection connection = connect(primary(), "postgres");
                Statement sql = connection.createStatement()) {
            var _ = sql.execute("CREATE DATABASE " + DATABASE);
        }
        var _ = Migrations.migrate(settings(primary().port));
    }

    public List<PatroniNode> nodes() {
        return nodes;
    }

    public PatroniNode primary() {
        return nodes.stream()
                .filter(PatroniNode::isPrimary)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no primary"));
    }

    /** Waits until another node than this one is the primary. */
    public void awaitPromotion(PatroniNode lost) throws IOException, InterruptedException {
        ServerProcess.await(
                "a standby is promoted",
                PATIENCE,
                () -> nodes.stream().anyMatch(node -> !node.equals(lost) && node.isPrimary()));
    }

    /** Waits until nothing that is committed can be lost with the primary. */
    public void awaitSynchronous() throws IOException, InterruptedException {
        ServerProcess.await(
                "PostgreSQL has a synchronous standby",
                PATIENCE,
                () -> nodes.stream().anyMatch(PatroniNode::isSynchronous)
                        && nodes.stream().anyMatch(PatroniNode::isPrimary));
    }

    /** Starts what was killed, and waits until it follows. */
    public void mend() throws IOException, InterruptedException {
        for (PatroniNode node : nodes) {
            if (!node.isAlive()) {
                node.start();
            }
        }
        awaitSynchronous();
    }

    /** How a gateway reaches the database at a port of 127.0.0.1. */
    public static DatabaseSettings settings(int port) {
        return new DatabaseSettings(
                URI.create("postgresql://127.0.0.1:" + port + "/" + DATABASE),
                PatroniNode.USER,
                PatroniNode.PASSWORD,
                4,
                TIMEOUT);
    }

    /** The first column of a query, asked of the primary. */
    public List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect(primary(), DATABASE);
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static Connection connect(PatroniNode node, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + node.port + "/" + database, PatroniNode.USER, PatroniNode.PASSWORD);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (PatroniNode node : nodes) {
            node.close();
        }
        etcd.close();
    }
}
