package io.passgate.app;

import static io.passgate.testing.gateway.SharedGateways.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is in Redis and does not get into PostgreSQL is counted, with the age of the oldest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EntriesWaitingIT {
    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private IssuingGateways country;
    private Gateway gateway;

    @BeforeAll
    void startServers() throws IOException {
        stores = new TestStores(folder.resolve("stores"));
    }

    @AfterAll
    void stopServers() throws IOException {
        stores.close();
    }

    @BeforeEach
    void start() throws IOException, SQLException {
        stores.empty();
        country = new IssuingGateways(
                stores, Files.createTempDirectory(folder, "gateways"), Instant.parse("2021-07-12T03:00:00Z"));
        gateway = country.start(country.config());
        country.time.advance(Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        country.close();
    }

    private double metric(String name) {
        Matcher value =
                Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE).matcher(country.metrics(gateway));
        assertThat(value.find()).as(name).isTrue();
        return Double.parseDouble(value.group(1));
    }

    private String ready() {
        URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/health/ready");
        try (InputStream answer = uri.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private void checkIn(String pass) {
        assertThat(country.checkIn(gateway.port(), "museum", UUID.randomUUID().toString(), Optional.empty(), pass)
                        .getString("verdict"))
                .isEqualTo("accepted");
    }

    private String pass() {
        return IssuingGateways.insist(() -> country.pass(gateway.port(), "kakao", Optional.empty(), Optional.empty()))
                .json()
                .getString("payload");
    }

    /** A batch without a visit that has been in a stream since 1970. */
    private void plantAnOldBatch() throws IOException {
        boolean isPlanted = IntStream.range(0, 16).anyMatch(shard -> {
            try {
                return stores.redisCommand("XADD", "passgate:{" + shard + "}:entries", "1000-0", "e", "\"\"")
                        .startsWith("$");
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
        assertThat(isPlanted).isTrue();
    }

    @Test
    void whilePostgresqlIsDown_entriesAreCountedAndTimed_untilTheyAreCarried()
            throws IOException, InterruptedException, SQLException {
        String first = pass();
        String second = pass();
        until("a first look", () -> metric("passgate_entries_waiting") == 0);
        assertThat(metric("passgate_entries_waiting_seconds")).isZero();
        stores.postgresql.kill();
        checkIn(first);
        until("the first", () -> metric("passgate_entries_waiting") == 1);
        until("its age", () -> metric("passgate_entries_waiting_seconds") > 1.5);
        checkIn(second);
        until("both", () -> metric("passgate_entries_waiting") == 2);
        assertThat(metric("passgate_entries_waiting_seconds")).isBetween(1.5, 60.0);
        assertThat(ready()).doesNotContain("entries wait in Redis");
        plantAnOldBatch();
        until("the old one", () -> metric("passgate_entries_waiting_seconds") > 60);
        assertThat(metric("passgate_entries_waiting")).isEqualTo(3);
        until("the warning", () -> ready().contains("entries wait in Redis"));
        stores.postgresql.start();
        until("they are carried", () -> metric("passgate_entries_waiting") == 0);
        assertThat(metric("passgate_entries_waiting_seconds")).isZero();
        assertThat(stores.number("SELECT count(*) FROM entry_log")).isEqualTo(2);
    }

    @Test
    void whileRedisIsDown_nobodySaysThatNothingWaits() throws IOException {
        until("a first look", () -> metric("passgate_entries_waiting") == 0);
        stores.redis.kill();
        until("no answer", () -> Double.isNaN(metric("passgate_entries_waiting")));
        assertThat(metric("passgate_entries_waiting_seconds")).isNaN();
        stores.redis.start();
        until("an answer", () -> metric("passgate_entries_waiting") == 0);
    }
}
