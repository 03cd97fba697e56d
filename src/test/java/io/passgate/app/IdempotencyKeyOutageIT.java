package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.InvalidConfig;
import io.passgate.app.config.TestConfig;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.KeyedCheckIns;
import io.passgate.testing.gateway.SharedGateways;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One Idempotency-Key and many requests, where nobody remembers keys: a used pass stays used all the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IdempotencyKeyOutageIT {
    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private KeyedCheckIns doors;

    @BeforeAll
    void startServers() throws IOException {
        stores = new TestStores(folder);
    }

    @AfterAll
    void stopServers() throws IOException {
        stores.close();
    }

    @BeforeEach
    void empty() throws IOException, SQLException, InvalidConfig {
        doors = new KeyedCheckIns(stores, Files.createTempDirectory(folder, "gateways"));
    }

    @AfterEach
    void close() {
        doors.close();
    }

    @Test
    void withoutRedis_aPassUnderAUsedKeyIsAlreadyUsed_andARetryIsRepeated() throws SQLException {
        int here = doors.gateway();
        int there = doors.gateway();
        String before = doors.pass();
        assertThat(doors.saidTo(here, "before", before)).containsExactly("accepted");
        assertThat(doors.rows()).isEqualTo(1);
        stores.redis.kill();
        assertThat(doors.saidTo(here, "before", before))
                .as("from Redis's time")
                .containsExactly("accepted", "repeated");
        assertThat(doors.saidTo(here, "before", before, doors.pass())).containsExactly("already_used", "accepted");
        reuse(here, there);
        assertThat(stores.number("SELECT count(*) FROM entry_log")).isEqualTo(2 + 6);
    }

    @Test
    void withoutBoth_aPassUnderAUsedKeyIsAlreadyUsed_andARetryIsRepeated()
            throws IOException, SQLException, InterruptedException {
        TestConfig config = doors.country.config().with("entryLog.spoolFile", "spool");
        int here = doors.gateway(config);
        stores.redis.kill();
        stores.postgresql.kill();
        reuse(here, here);
        stores.postgresql.start();
        SharedGateways.until(
                "the spool is empty", () -> isEmpty(doors.country.folder().resolve("spool")));
        assertThat(stores.number("SELECT count(*) FROM entry_log")).isEqualTo(6);
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** One key for other payloads, where nobody remembers keys; six visits. */
    private void reuse(int here, int there) {
        String pass = doors.pass();
        String companion = doors.pass();
        String certificate = doors.certificate();
        assertThat(doors.saidTo(here, "constant", pass)).containsExactly("accepted");
        assertThat(doors.saidTo(there, "constant", pass)).containsExactly("accepted", "repeated");
        assertThat(doors.saidTo(there, "constant", pass, companion)).containsExactly("already_used", "accepted");
        assertThat(doors.saidTo(here, "constant", pass, companion))
                .containsExactly("already_used", "accepted", "repeated");
        assertThat(doors.saidTo(here, "constant", companion, pass)).containsExactly("already_used", "already_used");
        assertThat(doors.saidTo(there, "constant", pass, pass)).containsExactly("already_used", "already_used");
        assertThat(doors.saidTo(here, "constant", pass, doors.pass())).containsExactly("already_used", "accepted");
        assertThat(doors.saidTo(here, "constant", certificate)).containsExactly("accepted");
        assertThat(doors.saidTo(there, "constant", certificate)).containsExactly("accepted", "repeated");
        assertThat(doors.saidTo(there, "constant", doors.anotherCertificate()))
                .as("another visitor")
                .containsExactly("accepted");
        List<String> turned = new ArrayList<>(List.of(doors.pass(), pass));
        assertThat(doors.saidTo(here, "constant", turned.toArray(String[]::new)))
                .containsExactly("accepted", "already_used");
        Collections.reverse(turned);
        assertThat(doors.saidTo(here, "constant", turned.toArray(String[]::new)))
                .containsExactly("already_used", "already_used");
    }
}
