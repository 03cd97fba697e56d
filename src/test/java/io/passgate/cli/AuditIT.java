package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code passgate audit verify} on what a gateway has audited. */
final class AuditIT {
    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static Path config(Path own, TestStores stores) throws IOException {
        var _ = Files.writeString(own.resolve("audit-key"), KEY);
        var _ = Files.writeString(own.resolve("database"), "postgres\n");
        return Files.writeString(
                own.resolve("passgate.yaml"),
                String.join(
                        "\n",
                        "http: {host: 127.0.0.1, port: 0, eventLoops: 1}",
                        "management: {port: 0}",
                        "policies: " + Path.of("config", "policies").toAbsolutePath(),
                        "database: {uri: '" + stores.database().uri() + "', user: "
                                + stores.database().user() + ", passwordFile: database}",
                        "redis: {endpoints: ['" + stores.redis.uri() + "']}",
                        "audit: {keyFile: audit-key, headFile: heads}",
                        ""));
    }

    @Test
    void aRegisteredKey_isInTheChain_andWhatIsDoneToItIsFound(@TempDir Path folder)
            throws IOException, SQLException, InterruptedException {
        try (TestStores stores = new TestStores(folder.resolve("stores"))) {
            stores.empty();
            Path own = Files.createDirectory(folder.resolve("own"));
            Path config = config(own, stores);
            Cli none = Cli.run("audit", "verify", "--config", config.toString());
            assertThat(none.out()).contains("0 entries, the last one 0, 0 heads: no fault");
            assertThat(none.exitCode()).isZero();
            stores.sql("INSERT INTO audit_pending (at, kind, actor, detail)"
                    + " SELECT timestamptz '2021-07-12', 'purge', 'gateway', n::text FROM generate_series(1, 3) n");
            try (var gateway =
                    io.passgate.app.Gateway.start(io.passgate.app.config.ConfigFile.read(config), own, false)) {
                assertThat(gateway.port()).isPositive();
                long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (stores.number("SELECT count(*) FROM audit") < 3) {
                    assertThat(System.nanoTime() - deadlineNs).isNegative();
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
            Cli whole = Cli.run("audit", "verify", "--config", config.toString());
            assertThat(whole.out()).contains("3 entries, the last one 3,").contains("no fault");
            assertThat(whole.exitCode()).isZero();
            byte[] heads = Files.readAllBytes(own.resolve("heads"));
            Files.delete(own.resolve("heads"));
            Cli headless = Cli.run("audit", "verify", "--config", config.toString());
            assertThat(headless.out()).contains("heads is not there, and a cut tail would not be found");
            assertThat(headless.exitCode()).isEqualTo(1);
            var _ = Files.write(own.resolve("heads"), heads);
            stores.sql("ALTER TABLE audit DISABLE TRIGGER audit_only_added_to");
            stores.sql("DELETE FROM audit WHERE sequence = 3");
            stores.sql("UPDATE audit_head SET sequence = 2, mac = (SELECT mac FROM audit WHERE sequence = 2)");
            stores.sql("UPDATE audit SET actor = 'nobody' WHERE sequence = 1");
            Cli cut = Cli.run("audit", "verify", "--config", config.toString());
            assertThat(cut.lines())
                    .contains(
                            "edited: entry 1 is not as it was written", "cut tail: the entries from 3 on are missing");
            assertThat(cut.exitCode()).isEqualTo(1);
            var _ = Files.writeString(own.resolve("heads"), "nonsense\n");
            Cli broken = Cli.run("audit", "verify", "--config", config.toString());
            assertThat(broken.out()).contains("line 1 is no head of the audit").contains("edited: entry 1");
            assertThat(broken.exitCode()).isEqualTo(1);
            assertThat(cut.out() + cut.err() + broken.err()).doesNotContain(KEY);
        }
    }
}
