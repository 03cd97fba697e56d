package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.TestConfig;
import io.passgate.dpop.ProofMaker;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways;
import io.passgate.testing.gateway.IssuingGateways.Answer;
import io.passgate.testing.gateway.SharedGateways;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a provider gets while the stores are gone: a pass of the newest record, or none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IssuingOutageIT {
    private static final String CI = "CANARYCIw9iY3RpbmcgaW5mb3JtYXRpb24=";
    private static final String PROVIDER = "pass";

    @TempDir
    private static Path folder = Path.of("");

    private final ProofMaker phone = ProofMaker.fresh();
    private TestStores stores;
    private IssuingGateways country;
    private int here;
    private int there;
    private String consent = "";

    @BeforeAll
    void startServers() throws IOException {
        stores = new TestStores(folder);
    }

    @AfterAll
    void stopServers() throws IOException {
        stores.close();
    }

    @BeforeEach
    void enrol() throws IOException, SQLException {
        stores.empty();
        country = new IssuingGateways(
                stores, Files.createTempDirectory(folder, "gateways"), Instant.parse("2021-07-12T03:00:00Z"));
        here = country.start();
        there = country.start();
        assertThat(record(1).status()).isEqualTo(200);
        consent = country.consent(here, PROVIDER, CI);
        assertThat(country.register(here, PROVIDER, consent, phone).status()).isEqualTo(201);
        for (int gateway : List.of(here, there)) {
            Answer first = IssuingGateways.insist(() -> pass(gateway, proof()));
            assertThat(first.status()).as("%s", first).isEqualTo(200);
        }
    }

    @AfterEach
    void close() {
        country.close();
    }

    private Answer record(int dose) {
        JsonObject record = new JsonObject()
                .put("id", "dose-" + dose)
                .put("kind", "immunization")
                .put("holder", CI)
                .put("product", "EU/1/20/1528")
                .put("dose", dose)
                .put("of", 2)
                .put("date", "2021-06-0" + dose);
        return country.send(here, "registrar", "POST", "/v1/records", IssuingGateways.records(record));
    }

    private Optional<String> proof() {
        return Optional.of(country.proof(phone, PROVIDER, consent));
    }

    private Answer pass(int at, Optional<String> proof) {
        return country.pass(at, PROVIDER, Optional.of(consent), proof);
    }

    private Answer certificates(int at) {
        JsonObject name = new JsonObject().put("familyTransliterated", "HONG").put("givenTransliterated", "GILDONG");
        JsonObject body =
                new JsonObject().put("consent", consent).put("name", name).put("birthDate", "1985");
        return country.send(at, PROVIDER, "POST", "/v1/certificates", body, proof(), "application/json");
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("issuing-unavailable");
        assertThat(answer.response().headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void redisDown_passesAreMade_andEachGatewayRemembersProofsAlone() throws IOException {
        Optional<String> shared = proof();
        assertThat(pass(here, shared).json().getString("jti")).isEqualTo("shared");
        assertThat(pass(there, shared).problem()).isEqualTo("proof-replayed");
        stores.redis.kill();
        Optional<String> local = proof();
        assertThat(pass(here, local).json().getString("jti")).isEqualTo("local");
        assertThat(pass(here, local).problem()).isEqualTo("proof-replayed");
        assertThat(pass(here, shared).problem()).as("used before").isEqualTo("proof-replayed");
        assertThat(certificates(there).status()).isEqualTo(201);
        stores.redis.start();
        SharedGateways.until("Redis is asked again", () -> {
            country.time.advance(Duration.ofMillis(1));
            return "shared".equals(pass(here, proof()).json().getString("jti"));
        });
    }

    @Test
    void postgresqlDown_nothingIsMadeOfAnOldRecord() throws IOException, InterruptedException {
        assertThat(pass(here, proof()).status()).isEqualTo(200);
        stores.postgresql.kill();
        assertUnavailable(pass(here, proof()));
        assertUnavailable(certificates(here));
        assertUnavailable(country.registerOnce(here, PROVIDER, consent, phone));
        assertUnavailable(record(2));
        assertUnavailable(country.send(here, PROVIDER, "POST", "/v1/consents", new JsonObject().put("holder", CI)));
        assertUnavailable(country.send(here, PROVIDER, "DELETE", "/v1/consents/" + consent, new JsonObject()));
        assertUnavailable(
                country.send(here, PROVIDER, "DELETE", "/v1/certificates/AAAAAAAAAAAAAAAAAAAAAA", new JsonObject()));
        Answer entryOnly = country.pass(here, "kakao", Optional.empty(), Optional.empty());
        assertThat(entryOnly.status()).as("what shows no record needs none").isEqualTo(200);
        assertThat(country.verify(there, entryOnly.json().getString("payload"), Optional.empty())
                        .getString("verdict"))
                .isEqualTo("accepted");
        stores.postgresql.start();
        SharedGateways.until("recovery", () -> pass(here, proof()).status() == 200);
    }

    @Test
    void bothDown_nothingIsMadeOfARecord() throws IOException, InterruptedException {
        stores.redis.kill();
        stores.postgresql.kill();
        assertUnavailable(pass(here, proof()));
        assertUnavailable(certificates(here));
        stores.redis.start();
        stores.postgresql.start();
        SharedGateways.until("recovery", () -> pass(here, proof()).status() == 200);
    }

    @Test
    void ownClockOff_nothingIsMade_andPassesAreIndeterminate() {
        String shown = pass(here, proof()).json().getString("payload");
        TestConfig config = country.config()
                .with("clock.warnOffset", Duration.ofSeconds(5))
                .with("clock.hardOffset", Duration.ofSeconds(30));
        int wrong = country.start(config).port();
        SharedGateways.until(
                "the clocks are compared", () -> pass(wrong, proof()).status() == 503);
        assertUnavailable(certificates(wrong));
        assertUnavailable(country.pass(wrong, "kakao", Optional.empty(), Optional.empty()));
        JsonObject result = country.verify(wrong, shown, Optional.empty());
        assertThat(result.getString("verdict")).isEqualTo("indeterminate");
        assertThat(result.getString("reason")).isEqualTo("clock_off");
        assertThat(country.verify(there, shown, Optional.empty()).getString("verdict"))
                .isEqualTo("accepted");
        String wallet = certificates(here)
                .json()
                .getJsonArray("certificates")
                .getJsonObject(0)
                .getString("payload");
        assertThat(country.verify(wrong, wallet, Optional.empty()).getString("verdict"))
                .as("what lives for months is judged as ever")
                .isEqualTo("accepted");
    }

    @Test
    void withoutAKey_nothingIsMade_andTheAnswerSaysSo() throws IOException {
        TestConfig config = country.config().with("issuing.keystore", "").with("issuing.keystorePasswordFile", "");
        int keyless = country.start(config).port();
        assertUnavailable(pass(keyless, proof()));
        assertUnavailable(certificates(keyless));
        assertThat(country.consent(keyless, PROVIDER, CI)).isEqualTo(consent);
    }

    @Test
    void nothingOfAHolder_isInLogsMetricsOrErrors() throws IOException, InterruptedException {
        List<String> said = new ArrayList<>();
        try (CapturedLogs logs = new CapturedLogs()) {
            said.add(pass(here, Optional.of("CANARY")).toString());
            said.add(country.send(here, PROVIDER, "POST", "/v1/consents", new JsonObject().put("holder", CI + " "))
                    .toString());
            said.add(country.send(here, "registrar", "POST", "/v1/records", new JsonObject().put("records", CI))
                    .toString());
            stores.postgresql.kill();
            said.add(pass(here, proof()).toString());
            said.add(record(2).toString());
            said.addAll(logs.lines());
            stores.postgresql.start();
        }
        assertThat(said).hasSizeGreaterThan(5).noneMatch(text -> text.contains("CANARY") || text.contains(consent));
    }
}
