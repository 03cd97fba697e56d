package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.InvalidConfig;
import io.passgate.app.config.TestConfig;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways;
import io.passgate.testing.gateway.IssuingGateways.Answer;
import io.passgate.testing.gateway.SharedGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a door is told while the stores are gone, and what is in the entry log afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CheckInOutageIT {
    private static final Instant START = Instant.parse("2021-07-12T03:00:00Z");
    private static final Optional<String> NONE = Optional.empty();

    @TempDir
    private static Path folder = Path.of("");

    private final TestProvider provider = TestProvider.named("kakao");
    private TestStores stores;
    private IssuingGateways country;

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
        stores.empty();
        country = new IssuingGateways(stores, Files.createTempDirectory(folder, "gateways"), START);
    }

    @AfterEach
    void close() {
        country.close();
    }

    private int gateway() {
        return gateway(country.config());
    }

    private TestConfig spooling() {
        return country.config().with("entryLog.spoolFile", "spool");
    }

    /** A gateway that trusts the provider whose passes a test signs. */
    private int gateway(TestConfig config) {
        int port = country.start(config).port();
        String certificate =
                Base64.getEncoder().encodeToString(provider.issuer().certificateDer());
        JsonObject signer = new JsonObject()
                .put("certificate", certificate)
                .put("kind", "pass")
                .put("provider", "kakao");
        Answer added = country.send(
                port, "admin", "POST", "/v1/signers", new JsonObject().put("signers", new JsonArray().add(signer)));
        assertThat(added.status()).as("%s", added).isEqualTo(201);
        country.time.advance(Duration.ofSeconds(1));
        SharedGateways.until("its signer", () -> said(verify(port, pass())).equals("accepted"));
        return port;
    }

    private JsonObject verify(int port, String pass) {
        return country.verify(port, pass, NONE);
    }

    private String pass() {
        return provider.pass(country.time.instant());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static String said(JsonObject result) {
        return (result.getString("verdict") + " " + result.getString("reason", "") + " "
                        + result.getString("oneTime", ""))
                .replaceAll(" +", " ")
                .strip()
                .replace(" not_checked", "");
    }

    private String checkIn(int port, String key, String pass) {
        return said(country.checkIn(port, "museum", key, NONE, pass));
    }

    private void untilRows(long wanted) {
        SharedGateways.until(wanted + " rows", () -> {
            try {
                return stores.number("SELECT count(*) FROM entry_log") == wanted;
            } catch (SQLException notYet) {
                return false;
            }
        });
    }

    @Test
    void redisDown_postgresqlDecides_andTheAnswerSaysSo() throws IOException {
        int here = gateway();
        int there = gateway();
        stores.redis.kill();
        String pass = pass();
        String key = key();
        assertThat(checkIn(here, key, pass)).isEqualTo("accepted fallback");
        assertThat(checkIn(there, key, pass)).as("asked again elsewhere").isEqualTo("accepted fallback");
        assertThat(checkIn(there, key(), pass)).isEqualTo("refused already_used");
        Answer both = country.checkIn(here, "museum", key(), NONE, List.of(pass(), pass()));
        assertThat(both.json().getJsonArray("results")).hasSize(2);
        untilRows(3);
        stores.redis.start();
        SharedGateways.until("Redis is asked again", () -> {
            country.time.advance(Duration.ofMillis(10));
            return checkIn(here, key(), pass()).equals("accepted shared");
        });
        assertThat(checkIn(here, key(), pass)).as("what Redis was not told of").isEqualTo("refused already_used");
    }

    @Test
    void redisBack_whatItMayHaveForgotten_isAskedOfTheLogOrLeftOpen_for25Seconds() throws IOException {
        int here = gateway();
        String usedInRedis = pass();
        String key = key();
        assertThat(checkIn(here, key, usedInRedis)).isEqualTo("accepted shared");
        String unused = pass();
        untilRows(1);
        stores.redis.kill();
        stores.redis.start();
        country.time.advance(Duration.ofSeconds(1));
        SharedGateways.until("Redis is asked again", () -> {
            country.time.advance(Duration.ofMillis(10));
            return checkIn(here, key(), pass()).equals("accepted shared");
        });
        assertThat(checkIn(here, key, usedInRedis)).as("asked again").isEqualTo("accepted fallback");
        assertThat(checkIn(here, key(), usedInRedis)).isEqualTo("refused already_used");
        assertThat(checkIn(here, key(), unused)).isEqualTo("indeterminate one_time_unknown");
        assertThat(checkIn(here, key(), pass())).as("the next pass").isEqualTo("accepted shared");
    }

    @Test
    void postgresqlDown_redisTakesTheVisits_andTheyAreWrittenDownAfterwards() throws IOException, InterruptedException {
        int here = gateway();
        stores.postgresql.kill();
        String pass = pass();
        assertThat(checkIn(here, key(), pass)).isEqualTo("accepted shared");
        assertThat(checkIn(here, key(), pass)).isEqualTo("refused already_used");
        Instant now = country.time.instant();
        Answer trace = country.trace(here, "museum", now.minusSeconds(5), now.plusSeconds(5));
        assertThat(trace.status()).isEqualTo(503);
        assertThat(trace.problem()).isEqualTo("traces-unavailable");
        stores.postgresql.start();
        untilRows(1);
    }

    @Test
    void bothDown_theSpoolTakesTheVisits_andAnotherProcessWritesThemDown() throws IOException, InterruptedException {
        int here = gateway(spooling());
        stores.redis.kill();
        stores.postgresql.kill();
        String pass = pass();
        String key = key();
        assertThat(checkIn(here, key, pass)).isEqualTo("accepted local");
        assertThat(checkIn(here, key, pass)).as("asked again").isEqualTo("accepted local");
        assertThat(checkIn(here, key(), pass)).isEqualTo("refused already_used");
        country.stop(here);
        stores.redis.start();
        stores.postgresql.start();
        int next = country.start(spooling()).port();
        untilRows(1);
        assertThat(checkIn(next, key(), pass)).isEqualTo("refused already_used");
    }

    @Test
    void bothDown_aFullSpoolAFullDiskOrNone_letsNobodyIn_andIsNobodysFault() throws IOException, InterruptedException {
        TestConfig full = spooling().with("entryLog.spoolBytes", 200);
        int small = gateway(full);
        int none = gateway();
        TestConfig diskFull = country.config().with("entryLog.spoolFile", "full-disk");
        var _ = Files.createSymbolicLink(country.folder().resolve("full-disk"), Path.of("/dev/full"));
        int onFullDisk = gateway(diskFull);
        stores.redis.kill();
        stores.postgresql.kill();
        assertThat(checkIn(small, key(), pass())).isEqualTo("accepted local");
        assertThat(checkIn(small, key(), pass())).isEqualTo("accepted local");
        String third = pass();
        assertThat(checkIn(small, key(), third)).isEqualTo("indeterminate entry_log_unavailable");
        assertThat(checkIn(small, key(), third)).as("not used up").isEqualTo("indeterminate entry_log_unavailable");
        assertThat(checkIn(none, key(), pass())).isEqualTo("indeterminate entry_log_unavailable");
        assertThat(checkIn(onFullDisk, key(), pass())).isEqualTo("indeterminate entry_log_unavailable");
        assertThat(said(verify(onFullDisk, pass()))).as("verification goes on").isEqualTo("accepted");
        stores.redis.start();
        stores.postgresql.start();
        untilRows(2);
        SharedGateways.until("nothing is missing any more", () -> {
            country.time.advance(Duration.ofMillis(1));
            return checkIn(onFullDisk, key(), pass()).startsWith("accepted");
        });
    }

    @Test
    void strict_isAcknowledgedOnceItIsInPostgresql_orOnTheDisk()
            throws IOException, SQLException, InterruptedException {
        TestConfig strict = spooling().with("entryLog.durability", "strict");
        int here = gateway(strict);
        assertThat(checkIn(here, key(), pass())).isEqualTo("accepted shared");
        assertThat(stores.number("SELECT count(*) FROM entry_log")).isEqualTo(1);
        stores.postgresql.kill();
        assertThat(checkIn(here, key(), pass())).isEqualTo("accepted shared");
        assertThat(Files.size(country.folder().resolve("spool"))).isPositive();
        stores.postgresql.start();
        untilRows(2);
    }

    @Test
    void staleLists_andAnUnknownSigner_areToldAsOfAVerification() throws IOException, InterruptedException {
        int here = gateway(spooling());
        TestProvider stranger = TestProvider.named("kakao");
        assertThat(checkIn(here, key(), stranger.pass(country.time.instant()))).isEqualTo("refused signer_unknown");
        stores.redis.kill();
        stores.postgresql.kill();
        country.time.advance(Duration.ofHours(1));
        assertThat(checkIn(here, key(), stranger.pass(country.time.instant()))).isEqualTo("indeterminate trust_stale");
        country.time.advance(Duration.ofHours(71).minusSeconds(3));
        assertThat(checkIn(here, key(), pass())).isEqualTo("accepted local");
        country.time.advance(Duration.ofSeconds(3));
        assertThat(checkIn(here, key(), pass())).isEqualTo("indeterminate trust_stale");
        stores.redis.start();
        stores.postgresql.start();
    }

    @Test
    void ownClockOff_passesAreIndeterminate_andNothingIsPurgedByIt() throws SQLException {
        int here = gateway();
        assertThat(checkIn(here, key(), pass())).isEqualTo("accepted shared");
        untilRows(1);
        TestConfig config = country.config()
                .with("clock.warnOffset", Duration.ofSeconds(5))
                .with("clock.hardOffset", Duration.ofSeconds(30));
        country.time.advance(Duration.ofDays(40));
        int wrong = country.start(config).port();
        SharedGateways.until(
                "the clocks are compared", () -> checkIn(wrong, key(), pass()).equals("indeterminate clock_off"));
        assertThat(country.trace(wrong, "museum", START.minusSeconds(9), START.plusSeconds(9))
                        .status())
                .isEqualTo(503);
    }
}
