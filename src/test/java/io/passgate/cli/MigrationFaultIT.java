package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.Passgate;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a command, and a gateway that starts, say of a schema that cannot be migrated, and by which exit code. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MigrationFaultIT {
    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;

    @BeforeAll
    void start() throws IOException, SQLException {
        stores = new TestStores(folder.resolve("stores"));
        stores.empty();
        stores.sql("CREATE ROLE plain LOGIN PASSWORD 'right'");
        Path access = folder.resolve("stores").resolve("postgresql").resolve("pg_hba.conf");
        var _ = Files.writeString(access, "host all plain 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
        stores.sql("SELECT pg_reload_conf()");
    }

    @AfterAll
    void stop() throws IOException {
        stores.close();
    }

    private String config(String uri, String user, String password) throws IOException {
        var _ = Files.writeString(folder.resolve("database"), password + "\n");
        return Files.writeString(
                        folder.resolve("passgate.yaml"),
                        String.join(
                                "\n",
                                "http: {host: 127.0.0.1, port: 0, eventLoops: 1}",
                                "management: {port: 0}",
                                "policies: " + Path.of("config", "policies").toAbsolutePath(),
                                "database: {uri: '" + uri + "', user: " + user + ", passwordFile: database}",
                                "redis: {endpoints: ['" + stores.redis.uri() + "']}",
                                ""))
                .toString();
    }

    private void assertSaid(int exitCode, String config, String... words) throws IOException, InterruptedException {
        Cli command = Cli.run("token", "create", "--name", "door", "--role", "verifier", "--config", config);
        assertThat(command.err()).contains(words);
        assertThat(command.exitCode()).isEqualTo(exitCode);
        Passgate.Run gateway = Passgate.run(folder, "", "serve", "--config", config);
        assertThat(gateway.err()).contains(words).doesNotContain("permission denied", "authentication failed");
        assertThat(gateway.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void whatTheConfigurationGotWrong_isExitCode2_withTheKey() throws IOException, InterruptedException {
        String uri = stores.database().uri().toString();
        assertSaid(2, config(uri, "plain", "wrong"), "passgate: database.passwordFile: ", "SQLSTATE 28P01");
        assertSaid(
                2,
                config(stores.postgresql.uri("missing").toString(), "postgres", "any"),
                "passgate: database.uri: ",
                "SQLSTATE 3D000");
    }

    @Test
    void whatPostgresqlRefuses_isExitCode1_withTheMigration() throws IOException, InterruptedException, SQLException {
        stores.sql("CREATE DATABASE closed");
        assertSaid(
                1,
                config(stores.postgresql.uri("closed").toString(), "plain", "right"),
                "could not be migrated, at V1 (SQLSTATE 42501)",
                "GRANT CREATE");
        stores.sql("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '2'");
        assertSaid(1, config(stores.database().uri().toString(), "postgres", "any"), "at V2", "from another file");
    }
}
