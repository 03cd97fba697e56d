package io.passgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.testing.CapturedLogs;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A migration that fails says why, by SQLSTATE and version, and never in the server's words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MigrationsIT {
    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;

    @BeforeAll
    void start() throws IOException, SQLException {
        stores = new TestStores(folder);
        stores.empty();
        stores.sql("CREATE ROLE plain LOGIN PASSWORD 'right'");
        Path access = folder.resolve("postgresql").resolve("pg_hba.conf");
        var _ = Files.writeString(access, "host all plain 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
        stores.sql("SELECT pg_reload_conf()");
    }

    @AfterAll
    void stop() throws IOException {
        stores.close();
    }

    @BeforeEach
    void empty() throws IOException, SQLException {
        stores.empty();
    }

    private DatabaseSettings as(String user, String password) {
        return as(user, password, stores.database().uri());
    }

    private static DatabaseSettings as(String user, String password, URI uri) {
        return new DatabaseSettings(uri, user, password, 2, Duration.ofSeconds(2));
    }

    private static void assertRefused(DatabaseSettings database, String... words) {
        assertThatThrownBy(() -> Migrations.migrate(database))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContainingAny("permission denied", "Migration", "checksum mismatch");
        assertThatThrownBy(() -> Migrations.migrateIfThere(database))
                .as("nor does a gateway start")
                .isInstanceOf(StoreException.class);
    }

    private static void assertWrong(DatabaseSettings database, String... words) {
        assertThatThrownBy(() -> Migrations.migrate(database))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContainingAny("authentication failed", "secret word");
        assertThatThrownBy(() -> Migrations.migrateIfThere(database)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutPermission_atTheFirstMigration() throws SQLException {
        stores.sql("CREATE DATABASE closed");
        URI closed = stores.postgresql.uri("closed");
        assertRefused(
                as("plain", "right", closed), "at V1 (SQLSTATE 42501)", "plain may not make tables", "GRANT CREATE");
    }

    @Test
    void withoutPermission_atALaterMigration() throws SQLException {
        stores.sql("DROP TABLE secret_fingerprint");
        stores.sql("DELETE FROM flyway_schema_history WHERE version = '6'");
        stores.sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO plain");
        assertRefused(as("plain", "right"), "at V6 (SQLSTATE 42501)", "plain may not make tables");
        stores.sql("GRANT CREATE ON SCHEMA public TO plain");
        assertThat(Migrations.migrate(as("plain", "right"))).isOne();
    }

    @Test
    void aWrongPassword_andADatabaseThatIsNotThere_areWrongInTheConfiguration() throws SQLException {
        assertWrong(
                as("plain", "secret word"),
                "database.passwordFile: ",
                "does not let the user plain into",
                "SQLSTATE 28P01");
        URI missing = stores.postgresql.uri("missing");
        assertWrong(as("postgres", "", missing), "database.uri: there is no database", "/missing", "SQLSTATE 3D000");
    }

    @Test
    void aMigrationThatWasChanged_isNamed() throws SQLException {
        stores.sql("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '3'");
        assertRefused(stores.database(), "at V3: V3 was applied from another file than this version's");
    }

    @Test
    void aNewerSchema_isLeftAsItIs_andTheLogSaysSo() throws SQLException {
        stores.sql("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success)"
                + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'postgres', 1, true)");
        try (CapturedLogs logs = new CapturedLogs()) {
            assertThat(Migrations.migrate(stores.database())).isZero();
            assertThat(logs.lines())
                    .anyMatch(line -> line.contains("has V99, which is newer than this version: it is left as it is"));
        }
    }

    @Test
    void tablesOfOthers_areNotMigrated() throws SQLException {
        stores.sql("DROP TABLE flyway_schema_history");
        assertRefused(stores.database(), "it holds tables that are not Passgate's");
    }

    @Test
    void outOfReach_orReadOnly_aGatewayStartsAllTheSame_andTheLogSaysWhy() throws IOException, SQLException {
        URI nobody = URI.create("postgresql://127.0.0.1:" + TestStores.freePort() + "/passgate");
        DatabaseSettings outOfReach = as("plain", "right", nobody);
        assertThatThrownBy(() -> Migrations.migrate(outOfReach))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("(SQLSTATE 08001)", "PostgreSQL is out of reach");
        stores.sql("DROP TABLE secret_fingerprint");
        stores.sql("DELETE FROM flyway_schema_history WHERE version = '6'");
        String name = stores.database().uri().getPath().substring(1);
        stores.sql("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
        try (CapturedLogs logs = new CapturedLogs()) {
            assertThatCode(() -> Migrations.migrateIfThere(outOfReach)).doesNotThrowAnyException();
            assertThatCode(() -> Migrations.migrateIfThere(stores.database())).doesNotThrowAnyException();
            assertThat(logs.lines())
                    .anyMatch(line -> line.contains("(SQLSTATE 08001): PostgreSQL is out of reach"))
                    .anyMatch(line -> line.contains("at V6 (SQLSTATE 25006): PostgreSQL is read-only, or a standby"))
                    .noneMatch(line -> line.contains("cannot execute"));
        }
    }
}
