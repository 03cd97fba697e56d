package io.passgate.testing;

import io.passgate.demo.EmbeddedPostgresql;
import io.passgate.demo.EmbeddedRedis;
import io.passgate.store.DatabaseSettings;
import io.passgate.store.Migrations;
import io.passgate.store.RedisSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real PostgreSQL and a real Redis for one test class, with an empty database and an empty Redis for each test. */
public final class TestStores implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    public final EmbeddedPostgresql postgresql;
    public final EmbeddedRedis redis;
    private final Path folder;
    private int databases;
    private String database = "";

    /** @param redisOptions further ones, as {@code redis-server} takes them */
    public TestStores(Path folder, String... redisOptions) throws IOException {
        this.folder = folder;
        postgresql = new EmbeddedPostgresql(folder.resolve("postgresql"), freePort());
        redis = new EmbeddedRedis(folder.resolve("redis"), freePort(), redisOptions);
        postgresql.start();
        redis.start();
    }

    /** Where Redis keeps its append-only file. */
    public Path redisFolder() {
        return folder.resolve("redis");
    }

    /**
     * What a configuration in {@code own} says of these stores and of the shipped policies, as YAML.
     *
     * @param own takes the file of the password
     */
    public String configuration(Path own) throws IOException {
        var _ = Files.writeString(own.resolve("database"), "postgres\n");
        return """
                policies: %s
                database: {uri: "%s", user: %s, passwordFile: database}
                redis: {endpoints: ["%s"]}
                """.formatted(
                        Path.of("config", "policies").toAbsolutePath(),
                        database().uri(),
                        database().user(),
                        redis.uri());
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A new database with the current schema, and a Redis that holds nothing. */
    public void empty() throws IOException, SQLException {
        if (!postgresql.isRunning()) {
            postgresql.start();
        }
        if (!redis.isRunning()) {
            redis.start();
        }
        database = "passgate" + databases++;
        run("postgres", "CREATE DATABASE " + database);
        var _ = Migrations.migrate(database());
        redisCommand("FLUSHALL");
    }

    public DatabaseSettings database() {
        return new DatabaseSettings(postgresql.uri(database), EmbeddedPostgresql.USER, "postgres", 4, TIMEOUT);
    }

    public RedisSettings redisSettings() {
        return new RedisSettings(RedisSettings.Mode.SINGLE, List.of(redis.uri()), "", "", TIMEOUT);
    }

    /** Runs SQL on the test's database. */
    public void sql(String statement) throws SQLException {
        run(database, statement);
    }

    /** The one number that a query on the test's database gives. */
    public long number(String query) throws SQLException {
        String url = "jdbc:" + postgresql.uri(database);
        try (Connection connection = DriverManager.getConnection(url, EmbeddedPostgresql.USER, "postgres");
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            if (!rows.next()) {
                throw new SQLException("no row");
            }
            return rows.getLong(1);
        }
    }

    /** The first column of a query on the test's database. */
    public List<String> texts(String query) throws SQLException {
        String url = "jdbc:" + postgresql.uri(database);
        List<String> texts = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, EmbeddedPostgresql.USER, "postgres");
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private void run(String on, String statement) throws SQLException {
        String url = "jdbc:" + postgresql.uri(on);
        try (Connection connection = DriverManager.getConnection(url, EmbeddedPostgresql.USER, "postgres");
                Statement sql = connection.createStatement()) {
            var _ = sql.execute(statement);
        }
    }

    /** Sends Redis one command of words without spaces, and waits for its answer's first line. */
    public String redisCommand(String... words) throws IOException {
        return redisCommand(redis.port(), String.join(" ", words));
    }

    /** How many scripts' entries are in Redis and not in PostgreSQL yet. */
    public long entriesOnTheirWay() throws IOException {
        long waiting = 0;
        for (int shard = 0; shard < 16; shard++) {
            waiting += Long.parseLong(
                    redisCommand("XLEN", "passgate:{" + shard + "}:entries").substring(1));
        }
        return waiting;
    }

    /** The same to any server. */
    public static String redisCommand(int port, String command) throws IOException {
        return redisAnswer(port, command).lines().findFirst().orElse("");
    }

    /** The whole of a server's answer. */
    public static String redisAnswer(int port, String command) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        redis.close();
        postgresql.close();
    }
}
