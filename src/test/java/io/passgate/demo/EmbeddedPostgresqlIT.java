package io.passgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed at work is gone, and starts again in its folder. */
final class EmbeddedPostgresqlIT {
    /** A backend that computes ends when it is done, not when its server is gone. */
    private static final String WORK = "SELECT count(*) FROM generate_series(1, 5000000)";

    @Test
    @Timeout(120)
    void aServerKilledAtWork_isGone_andStartsAgain(@TempDir Path folder)
            throws IOException, SQLException, InterruptedException {
        try (EmbeddedPostgresql server = new EmbeddedPostgresql(folder, TestStores.freePort())) {
            server.start();
            Thread working = Thread.ofPlatform().start(() -> work(server));
            try (Connection connection = connect(server);
                    Statement sql = connection.createStatement()) {
                while (!isAtWork(sql)) {
                    Thread.onSpinWait();
                }
            }
            server.kill();
            assertThat(server.process()).isEmpty();
            server.kill();
            server.start();
            try (Connection connection = connect(server)) {
                assertThat(connection.isValid(1)).isTrue();
            }
            working.join();
        }
    }

    private static Connection connect(EmbeddedPostgresql server) throws SQLException {
        return DriverManager.getConnection("jdbc:" + server.uri("postgres"), EmbeddedPostgresql.USER, "postgres");
    }

    private static void work(EmbeddedPostgresql server) {
        try (Connection connection = connect(server);
                Statement sql = connection.createStatement()) {
            var _ = sql.execute(WORK);
        } catch (SQLException killed) {
            // As is wanted.
        }
    }

    private static boolean isAtWork(Statement sql) throws SQLException {
        try (var rows =
                sql.executeQuery("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query = '" + WORK + "'")) {
            return rows.next();
        }
    }
}
