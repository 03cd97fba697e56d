package io.passgate.app;

import static io.passgate.testing.gateway.SharedGateways.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.TestConfig;
import io.passgate.store.audit.AuditCheck;
import io.passgate.store.audit.AuditKey;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.Passgate;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways;
import io.passgate.testing.gateway.IssuingGateways.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with another pepper or audit key than the others writes nothing by it, says so, and verifies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SecretsIT {
    private static final String CI = "c2VjcmV0cyBhbmQgdGhlaXIgZmluZ2VycHJpbnRz";
    private static final Optional<String> NONE = Optional.empty();
    private static final byte[] OTHER = new byte[32];

    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private IssuingGateways country;

    @BeforeAll
    void startServers() throws IOException {
        stores = new TestStores(folder.resolve("stores"));
    }

    @AfterAll
    void stopServers() throws IOException {
        stores.close();
    }

    @BeforeEach
    void empty() throws IOException, SQLException {
        stores.empty();
        country = new IssuingGateways(
                stores, Files.createTempDirectory(folder, "gateways"), Instant.parse("2021-07-12T03:00:00Z"));
        var _ = Files.writeString(
                country.folder().resolve("other"), Base64.getEncoder().encodeToString(OTHER));
    }

    @AfterEach
    void close() {
        country.close();
    }

    private TestConfig otherPepper() {
        return country.config().with("issuing.pepperFile", "other");
    }

    private TestConfig otherAuditKey() {
        return country.config().with("audit.keyFile", "other");
    }

    private Answer record(Gateway at, String reference) {
        JsonObject record = new JsonObject()
                .put("id", reference)
                .put("kind", "immunization")
                .put("holder", CI)
                .put("product", "EU/1/20/1528")
                .put("dose", 1)
                .put("of", 2)
                .put("date", "2021-06-01");
        return country.send(at.port(), "registrar", "POST", "/v1/records", IssuingGateways.records(record));
    }

    private Answer consent(Gateway at) {
        return country.send(at.port(), "kakao", "POST", "/v1/consents", new JsonObject().put("holder", CI));
    }

    private Answer pass(Gateway at, Optional<String> consent) {
        return country.pass(at.port(), "kakao", consent, NONE);
    }

    private static void assertIssuingIsOff(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("issuing-unavailable");
    }

    private static String ready(Gateway gateway) {
        URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/health/ready");
        try {
            HttpURLConnection asked = (HttpURLConnection) uri.toURL().openConnection();
            try (InputStream answer =
                    asked.getResponseCode() == 200 ? asked.getInputStream() : asked.getErrorStream()) {
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private boolean isKnown(Gateway gateway, String purpose, String value) {
        return country.metrics(gateway).contains("passgate_secret_known{purpose=\"" + purpose + "\"} " + value);
    }

    /** What the command line changes by this configuration's secrets. */
    private void adopt(String pepperFile) throws IOException, InterruptedException {
        Path config = Files.writeString(country.folder().resolve("adopt.yaml"), """
                database: {uri: "%s", user: %s, passwordFile: password}
                redis: {endpoints: ["%s"]}
                issuing: {pepperFile: %s}
                """.formatted(
                        stores.database().uri(), stores.database().user(), stores.redis.uri(), pepperFile));
        Passgate.Run run = Passgate.run(folder, "", "secrets", "adopt", "--yes", "--config", config.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void withAnotherPepper_nothingIsIssued_nothingIsWritten_andVerificationGoesOn() throws SQLException {
        Gateway right = country.start(country.config());
        assertThat(record(right, "dose-1").status()).isEqualTo(200);
        String consent = consent(right).json().getString("consent");
        String shown = country.passOf(right.port(), "kakao", consent);
        Gateway wrong = country.start(otherPepper());
        assertIssuingIsOff(record(wrong, "dose-2"));
        assertIssuingIsOff(consent(wrong));
        assertIssuingIsOff(pass(wrong, Optional.of(consent)));
        assertIssuingIsOff(pass(wrong, NONE));
        assertThat(stores.number("SELECT count(*) FROM record")).isOne();
        assertThat(stores.number("SELECT count(*) FROM consent")).isOne();
        assertThat(country.verify(wrong.port(), shown, NONE).getString("verdict"))
                .isEqualTo("accepted");
        assertThat(ready(wrong))
                .startsWith("{\"status\":\"up\"")
                .contains("issuing is not ready")
                .contains("pepper");
        assertThat(isKnown(wrong, "pepper", "0.0")).isTrue();
        assertThat(isKnown(wrong, "audit", "1.0")).isTrue();
        assertThat(pass(right, Optional.of(consent)).status()).isEqualTo(200);
        assertThat(ready(right)).isEqualTo("{\"status\":\"up\"}");
        assertThat(isKnown(right, "pepper", "1.0")).isTrue();
        assertThat(country.send(wrong.port(), "kakao", "DELETE", "/v1/consents/" + consent, new JsonObject())
                        .status())
                .as("what is taken back needs no pepper")
                .isEqualTo(204);
    }

    @Test
    void withAnotherPepper_noTagKeyOfTheDayIsMade_thatNobodyElseCouldOpen() throws SQLException {
        Gateway first = country.start(country.config());
        String consent = consent(first).json().getString("consent");
        country.stop(first.port());
        stores.sql("DELETE FROM tag_key");
        Gateway wrong = country.start(otherPepper());
        until("its upkeep", () -> country.metrics(wrong).contains("operation=\"purge\""));
        assertIssuingIsOff(pass(wrong, Optional.of(consent)));
        Gateway right = country.start(country.config());
        assertThat(IssuingGateways.insist(() -> pass(right, Optional.of(consent)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void withAnotherPepper_noHolderIsSaidToBeSeenTwice() throws SQLException {
        Gateway right = country.start(country.config());
        country.time.advance(Duration.ofSeconds(1));
        assertThat(record(right, "dose-1").status()).isEqualTo(200);
        List<String> passes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            passes.add(
                    country.passOf(right.port(), "kakao", consent(right).json().getString("consent")));
        }
        assertThat(seenTwice(right, passes.get(0), passes.get(1))).isTrue();
        stores.sql("UPDATE secret_fingerprint SET fingerprint = decode(repeat('00', 16), 'hex')"
                + " WHERE purpose = 'pepper'");
        until("the difference", () -> ready(right).contains("issuing is not ready"));
        assertThat(seenTwice(right, passes.get(2), passes.get(3))).isFalse();
    }

    private boolean seenTwice(Gateway at, String first, String second) {
        JsonObject unseen =
                country.checkIn(at.port(), "museum", UUID.randomUUID().toString(), NONE, first);
        assertThat(unseen.getString("verdict")).isEqualTo("accepted");
        JsonObject seen = country.checkIn(at.port(), "cinema", UUID.randomUUID().toString(), NONE, second);
        assertThat(seen.getString("verdict")).isEqualTo("accepted");
        return seen.containsKey("duplicateHolder");
    }

    @Test
    void withAnotherAuditKey_nothingIsTracedOrAudited_andTheChainStaysWhole() throws IOException, SQLException {
        Gateway right = country.start(country.config());
        stores.sql("INSERT INTO audit_pending (at, kind, actor, detail) VALUES (now(), 'purge', 'gateway', '{}')");
        until("the first event", () -> audited() > 0);
        country.stop(right.port());
        long before = audited();
        Gateway wrong = country.start(otherAuditKey());
        stores.sql("INSERT INTO audit_pending (at, kind, actor, detail) VALUES (now(), 'purge', 'gateway', '{}')");
        until("a look at what waits", () -> country.metrics(wrong).contains("passgate_audit_pending 1.0"));
        until("what is too old is gone", () -> country.metrics(wrong).contains("operation=\"purge\""));
        Answer traced =
                country.trace(wrong.port(), "museum", country.time.instant().minusSeconds(60), country.time.instant());
        assertThat(traced.status()).as("%s", traced).isEqualTo(503);
        assertThat(traced.problem()).isEqualTo("traces-unavailable");
        assertThat(audited()).isEqualTo(before);
        assertThat(ready(wrong)).startsWith("{\"status\":\"up\"").contains("tracing is not ready");
        assertThat(isKnown(wrong, "audit", "0.0")).isTrue();
        assertThat(consent(wrong).status()).as("issuing goes on").isEqualTo(201);
        Gateway again = country.start(country.config());
        until("what waited", () -> audited() > before);
        assertThat(ready(again)).isEqualTo("{\"status\":\"up\"}");
        AuditKey key = new AuditKey(
                Base64.getDecoder().decode(Files.readString(country.folder().resolve("pepper"))));
        assertThat(faults(key)).isEmpty();
    }

    private long audited() {
        try {
            return stores.number("SELECT count(*) FROM audit");
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private List<AuditCheck.Fault> faults(AuditKey key) {
        List<AuditCheck.Fault> faults = new ArrayList<>();
        Vertx vertx = Vertx.vertx();
        try (AuditCheck check = new AuditCheck(vertx, stores.database(), key)) {
            assertThat(check.check(List.of(), faults::add).entries()).isPositive();
        } finally {
            var _ = vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return faults;
    }

    @Test
    void startedWithoutTheDatabase_itIsHeldAgainstItWhenThatIsBack_andAnAdoptionTurnsItOn()
            throws IOException, InterruptedException, SQLException {
        Gateway right = country.start(country.config());
        assertThat(consent(right).status()).isEqualTo(201);
        stores.postgresql.kill();
        Gateway wrong = country.start(otherPepper());
        assertThat(isKnown(wrong, "pepper", "NaN")).isTrue();
        stores.postgresql.start();
        until("clients and the difference", () -> ready(wrong).matches("\\{\"status\":\"up\".*issuing is not ready.*"));
        assertIssuingIsOff(consent(wrong));
        assertThat(stores.number("SELECT count(*) FROM consent")).isOne();
        try (CapturedLogs logs = new CapturedLogs()) {
            adopt("other");
            until("the adoption, without a restart", () -> ready(wrong).equals("{\"status\":\"up\"}"));
            until("the others are off", () -> ready(right).contains("issuing is not ready"));
            assertThat(logs.lines()).noneMatch(line -> line.contains("AAAAAAAA"));
        }
        String consent = consent(wrong).json().getString("consent");
        assertThat(IssuingGateways.insist(() -> pass(wrong, Optional.of(consent)))
                        .status())
                .as("a fresh tag key of the day")
                .isEqualTo(200);
        assertIssuingIsOff(consent(right));
        until("the adoption is audited", () -> {
            try {
                return stores.texts("SELECT kind || ' ' || detail FROM audit")
                        .contains("secret_adopted {\"purpose\":\"pepper\"}");
            } catch (SQLException failed) {
                throw new AssertionError(failed);
            }
        });
    }

    @Test
    void aDatabaseThatComesBackAsAnother_isNotWrittenTo() throws IOException, InterruptedException, SQLException {
        Gateway here = country.start(country.config());
        assertThat(consent(here).status()).isEqualTo(201);
        stores.postgresql.kill();
        until("it is missed", () -> isKnown(here, "pepper", "NaN"));
        stores.postgresql.start();
        until("it is known again", () -> isKnown(here, "pepper", "1.0"));
        stores.sql("UPDATE secret_fingerprint SET fingerprint = decode(repeat('00', 16), 'hex')"
                + " WHERE purpose = 'pepper'");
        assertIssuingIsOff(record(here, "dose-at-once"));
        assertThat(stores.number("SELECT count(*) FROM record")).isZero();
    }

    @Test
    void ofTwoThatStartAtOnceWithDifferentPeppers_oneIssues() throws SQLException {
        for (int trial = 0; trial < 3; trial++) {
            stores.sql("DELETE FROM secret_fingerprint");
            CompletableFuture<Gateway> one = CompletableFuture.supplyAsync(() -> country.start(country.config()));
            CompletableFuture<Gateway> other = CompletableFuture.supplyAsync(() -> country.start(otherPepper()));
            List<Gateway> both = List.of(
                    one.orTimeout(60, TimeUnit.SECONDS).join(),
                    other.orTimeout(60, TimeUnit.SECONDS).join());
            List<Integer> answers = new ArrayList<>();
            for (Gateway gateway : both) {
                answers.add(consent(gateway).status());
            }
            assertThat(answers).containsOnlyOnce(503);
            assertThat(both.stream().filter(gateway -> isKnown(gateway, "pepper", "1.0")))
                    .hasSize(1);
            both.forEach(gateway -> country.stop(gateway.port()));
        }
    }

    @Test
    void aGatewayWithoutEither_asksForNothing() {
        TestConfig config = country.config()
                .with("issuing.pepperFile", "")
                .with("audit.keyFile", "")
                .with("shutdownPatience", Duration.ofSeconds(5));
        Gateway neither = country.start(config);
        assertThat(ready(neither)).isEqualTo("{\"status\":\"up\"}");
        assertThat(country.metrics(neither)).doesNotContain("passgate_secret_known");
    }
}
