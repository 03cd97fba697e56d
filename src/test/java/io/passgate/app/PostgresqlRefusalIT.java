package io.passgate.app;

import static io.passgate.testing.gateway.SharedGateways.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.demo.EmbeddedPostgresql;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.SharedGateways;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that runs and refuses: readiness and metrics say what, the log the SQLSTATE and never the server's words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresqlRefusalIT {
    /** No superuser: those are refused nothing. */
    private static final String USER = "gate";

    private static final String UP = "{\"status\":\"up\"";
    private static final String WRITABLE = "passgate_store_writable{store=\"postgresql\"} ";
    private static final String REACHED = "passgate_store_up{store=\"postgresql\"} ";

    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private SharedGateways all;
    private Gateway gateway;
    private CapturedLogs logs;

    @BeforeAll
    void startServers() throws IOException, SQLException {
        stores = new TestStores(folder);
        stores.empty();
        stores.sql("CREATE ROLE gate LOGIN PASSWORD 'postgres'");
        stores.sql("GRANT postgres TO gate");
        Path access = folder.resolve("postgresql").resolve("pg_hba.conf");
        var _ = Files.writeString(access, "host all gate 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
        stores.sql("SELECT pg_reload_conf()");
    }

    @AfterAll
    void stopServers() throws IOException {
        stores.close();
    }

    @BeforeEach
    void begin() throws IOException, SQLException {
        stores.empty();
        all = new SharedGateways(stores, Files.createTempDirectory(folder, "gateways"));
        gateway = all.gateway(all.config("").with("database.user", USER));
        until(
                "all is well",
                () -> all.metrics(gateway).contains(WRITABLE + "1.0")
                        && all.ready(gateway).equals(UP + "}"));
        logs = new CapturedLogs();
    }

    @AfterEach
    void end() {
        logs.close();
        all.close();
    }

    private int revoke() {
        String revocation = "{\"revocations\":[{\"kind\":\"signature\",\"hash\":\""
                + Base64.getEncoder().encodeToString(new byte[16]) + "\",\"expiresAt\":\""
                + all.start.plus(Duration.ofDays(1)) + "\"}]}";
        return all.send(gateway, all.admin, "POST", "/v1/revocations", revocation)
                .statusCode();
    }

    private void disconnect() throws SQLException {
        stores.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + USER + "'");
    }

    private void assertLogged(String sqlState, String serversWords) {
        assertThat(logs.lines()).anyMatch(line -> line.contains("SQLSTATE " + sqlState));
        assertThat(logs.lines()).noneMatch(line -> line.contains(serversWords));
    }

    private void assertWell() {
        until("a change that is taken", () -> revoke() == 201);
        until("the end of the warning", () -> all.ready(gateway).equals(UP + "}"));
        assertThat(all.metrics(gateway)).contains(WRITABLE + "1.0").contains(REACHED + "1.0");
    }

    @Test
    void readOnly_isSaid_andVerificationGoesOn() throws SQLException {
        stores.sql("ALTER SYSTEM SET default_transaction_read_only = on");
        stores.sql("SELECT pg_reload_conf()");
        until("a change that is refused", () -> revoke() == 503);
        until("the warning", () -> all.ready(gateway).contains("PostgreSQL takes no changes: it is read-only"));
        assertThat(all.ready(gateway)).startsWith(UP);
        assertThat(all.metrics(gateway)).contains(WRITABLE + "0.0").contains(REACHED + "1.0");
        assertThat(all.verify(gateway, all.card)).contains("\"accepted\"");
        assertLogged("25006", "cannot execute");
        stores.sql("ALTER SYSTEM RESET default_transaction_read_only");
        stores.sql("SELECT pg_reload_conf()");
        assertWell();
    }

    @Test
    void readOnlyForNewConnectionsOnly_isSaidByWhatIsRefused() throws SQLException {
        stores.sql("ALTER ROLE gate SET default_transaction_read_only = on");
        disconnect();
        until("a change that is refused", () -> revoke() == 503);
        until("the metric", () -> all.metrics(gateway).contains(WRITABLE + "0.0"));
        stores.sql("ALTER ROLE gate RESET default_transaction_read_only");
        disconnect();
        assertWell();
    }

    @Test
    void aStandby_isSaid_untilItIsPromoted() throws IOException, SQLException {
        stores.postgresql.close();
        var _ = Files.createFile(folder.resolve("postgresql").resolve("standby.signal"));
        stores.postgresql.start();
        until("the warning", () -> all.ready(gateway).contains("PostgreSQL takes no changes: it is a standby"));
        assertThat(all.ready(gateway)).startsWith(UP);
        assertThat(all.metrics(gateway)).contains(WRITABLE + "0.0").contains(REACHED + "1.0");
        assertThat(all.verify(gateway, all.card)).contains("\"accepted\"");
        assertThat(stores.number("SELECT pg_promote()::int")).isOne();
        assertWell();
    }

    @Test
    void tooManyConnections_areSaid() throws SQLException {
        stores.sql("ALTER ROLE gate CONNECTION LIMIT 0");
        disconnect();
        assertRefused("there are too many connections", "53300", "too many connections for role");
        stores.sql("ALTER ROLE gate CONNECTION LIMIT -1");
        assertWell();
    }

    @Test
    void aWrongPassword_isSaid() throws SQLException {
        stores.sql("ALTER ROLE gate PASSWORD 'another'");
        disconnect();
        assertRefused("this gateway's user or password is wrong", "28P01", "authentication failed");
        stores.sql("ALTER ROLE gate PASSWORD 'postgres'");
        assertWell();
    }

    @Test
    void aServerThatShutsDown_isSaid() throws IOException, SQLException, InterruptedException {
        String url = "jdbc:" + stores.database().uri();
        try (Connection keeps = DriverManager.getConnection(url, EmbeddedPostgresql.USER, "postgres");
                Statement statement = keeps.createStatement()) {
            assertThat(stores.postgresql.process().orElseThrow().destroy()).isTrue();
            until("nobody is let in any more", () -> isRefused(url));
            var _ = statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + USER + "'");
            assertRefused("it is starting up or shutting down", "57P03", "the database system is");
        }
        List<ProcessHandle> server = stores.postgresql.process().stream().toList();
        for (ProcessHandle process : server) {
            var _ = process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
        stores.postgresql.close();
        stores.postgresql.start();
        assertWell();
    }

    private static boolean isRefused(String url) {
        try (Connection taken = DriverManager.getConnection(url, EmbeddedPostgresql.USER, "postgres")) {
            return taken.isClosed();
        } catch (SQLException refused) {
            return true;
        }
    }

    private void assertRefused(String words, String sqlState, String serversWords) {
        until("the warning", () -> all.ready(gateway).contains(words + " (SQLSTATE " + sqlState + ")"));
        assertThat(all.ready(gateway)).startsWith(UP);
        until("the metric", () -> all.metrics(gateway).contains(REACHED + "0.0"));
        assertThat(all.verify(gateway, all.card)).contains("\"accepted\"");
        assertLogged(sqlState, serversWords);
    }
}
