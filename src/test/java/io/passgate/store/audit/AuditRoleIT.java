package io.passgate.store.audit;

import static io.passgate.store.feed.ChangeFeedFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.store.DatabaseSettings;
import io.passgate.store.Migrations;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.TestStores;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As whom the audit is written. Roles are of a whole server, so that each test has one of its own. */
final class AuditRoleIT {
    private static final AuditKey KEY = new AuditKey(new byte[32]);

    @TempDir
    private Path folder = Path.of("");

    private TestStores stores;
    private Vertx vertx;

    @BeforeEach
    void start() throws IOException, SQLException {
        stores = new TestStores(folder);
        stores.empty();
        stores.sql("DROP OWNED BY passgate_audit");
        stores.sql("DROP ROLE passgate_audit");
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() throws IOException {
        await(vertx.close());
        stores.close();
    }

    /** A new database of a user. */
    private DatabaseSettings database(String name, String owner) throws SQLException {
        stores.sql("CREATE DATABASE " + name + " OWNER " + owner);
        return new DatabaseSettings(stores.postgresql.uri(name), owner, "", 4, Duration.ofSeconds(10));
    }

    private Pool pool(DatabaseSettings database) {
        return PgBuilder.pool()
                .connectingTo(database.connectOptions())
                .using(vertx)
                .build();
    }

    private static long append(Pool pool, AuditChain chain) {
        AuditEvent event = AuditEvent.of(AuditEvent.Kind.PURGE, Instant.EPOCH, "gateway", Map.of());
        return await(pool.withTransaction(connection -> chain.append(connection, List.of(event))))
                .sequence();
    }

    private static long warnings(CapturedLogs logs) {
        return logs.lines().stream()
                .filter(line -> line.contains("without the role"))
                .count();
    }

    @Test
    void aUserWhoMayMakeNoRole_writesTheAuditWithoutOne_alsoWhenItComesLater() throws SQLException {
        stores.sql("CREATE ROLE plain LOGIN");
        DatabaseSettings database = database("plain", "plain");
        assertThat(Migrations.migrate(database)).isPositive();
        Pool pool = pool(database);
        AuditChain chain = new AuditChain(KEY);
        try (CapturedLogs logs = new CapturedLogs()) {
            assertThat(append(pool, chain)).isEqualTo(1);
            assertThat(append(pool, chain)).isEqualTo(2);
            assertThat(warnings(logs)).isEqualTo(1);
            stores.sql("CREATE ROLE passgate_audit NOLOGIN");
            stores.sql("GRANT passgate_audit TO plain");
            assertThat(append(pool, chain)).as("granted, but nothing to it").isEqualTo(3);
        }
    }

    @Test
    void aSchemaOfTheUsersName_isFoundByTheRoleToo() throws SQLException {
        stores.sql("CREATE ROLE own LOGIN CREATEROLE");
        DatabaseSettings database = database("own", "own");
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + database.uri(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            var _ = statement.execute("CREATE SCHEMA own");
        }
        assertThat(Migrations.migrate(database)).isPositive();
        try (CapturedLogs logs = new CapturedLogs()) {
            assertThat(append(pool(database), new AuditChain(KEY))).isEqualTo(1);
            assertThat(warnings(logs)).isZero();
        }
    }

    @Test
    void databasesThatAreMigratedAtOnce_shareTheRole() throws SQLException {
        List<DatabaseSettings> databases = List.of(
                database("a", "postgres"),
                database("b", "postgres"),
                database("c", "postgres"),
                database("d", "postgres"));
        List<CompletableFuture<Integer>> migrations = databases.stream()
                .flatMap(database -> IntStream.range(0, 2)
                        .mapToObj(gateway -> CompletableFuture.supplyAsync(() -> Migrations.migrate(database))))
                .toList();
        migrations.forEach(migration ->
                assertThat(migration.orTimeout(60, TimeUnit.SECONDS).join()).isNotNegative());
        try (CapturedLogs logs = new CapturedLogs()) {
            for (DatabaseSettings database : databases) {
                assertThat(append(pool(database), new AuditChain(KEY))).isEqualTo(1);
            }
            assertThat(warnings(logs)).isZero();
        }
    }

    @Test
    void theTransactionGoesOnAsWhoItWas() throws SQLException {
        DatabaseSettings database = database("e", "postgres");
        assertThat(Migrations.migrate(database)).isPositive();
        Pool pool = pool(database);
        String user = await(pool.withTransaction(connection -> new AuditChain(KEY)
                .append(connection, List.of(AuditEvent.of(AuditEvent.Kind.PURGE, Instant.EPOCH, "gateway", Map.of())))
                .compose(appended ->
                        connection.query("SELECT current_user::text").execute())
                .map(rows -> rows.iterator().next().getString(0))));
        assertThat(user).isEqualTo("postgres");
    }
}
