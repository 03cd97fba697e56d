package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Doors over a real PostgreSQL and a real Redis: who is let in, once, and what is written down of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorIT {
    private static final Instant START = Instant.parse("2021-07-12T03:00:00Z");
    private static final Optional<String> NONE = Optional.empty();
    private static final int TRIALS = 1_000;

    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private IssuingGateways country;
    private int here;
    private int there;
    private int holders;

    @BeforeAll
    void start() throws IOException, SQLException {
        stores = new TestStores(folder);
        stores.empty();
        country = new IssuingGateways(stores, Files.createDirectory(folder.resolve("gateways")), START);
        here = country.start();
        there = country.start();
        country.time.advance(Duration.ofSeconds(1));
    }

    @AfterAll
    void stop() throws IOException {
        country.close();
        stores.close();
    }

    /** A holder with two doses, the second one 20 days ago. */
    private String holder() {
        String ci = "ZG9vcnMgYW5kIGhvbGRlcnM" + holders++;
        List<JsonObject> doses = new ArrayList<>();
        for (int dose = 1; dose <= 2; dose++) {
            doses.add(new JsonObject()
                    .put("id", ci + dose)
                    .put("kind", "immunization")
                    .put("holder", ci)
                    .put("product", "EU/1/20/1528")
                    .put("dose", dose)
                    .put("of", 2)
                    .put("date", dose == 1 ? "2021-06-01" : "2021-06-22"));
        }
        Answer recorded = country.send(
                here, "registrar", "POST", "/v1/records", IssuingGateways.records(doses.toArray(JsonObject[]::new)));
        assertThat(recorded.status()).as("%s", recorded).isEqualTo(200);
        return ci;
    }

    private String pass(String provider, String ci) {
        return country.passOf(here, provider, country.consent(here, provider, ci));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static String said(JsonObject result) {
        return (result.getString("verdict") + " " + result.getString("reason", "")).strip();
    }

    /** Rows once everything that was let in so far is there. */
    private long rows() throws SQLException {
        SharedGateways.until("empty streams", () -> {
            try {
                return stores.entriesOnTheirWay() == 0;
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
        return stores.number("SELECT count(*) FROM entry_log");
    }

    @Test
    void aPass_isUsedOnce_andALostAnswerIsTheSameAgain() throws SQLException {
        long before = rows();
        String pass = pass("kakao", holder());
        String key = key();
        JsonObject first = country.checkIn(here, "museum", key, NONE, pass);
        assertThat(said(first)).isEqualTo("accepted");
        assertThat(first.getString("oneTime")).isEqualTo("shared");
        assertThat(first.getBoolean("complete")).isTrue();
        assertThat(first.getBoolean("waitOver")).isTrue();
        assertThat(first.getString("text")).isEqualTo("Vaccination is complete, and 14 days have passed since.");
        assertThat(first.containsKey("doses")).isFalse();
        assertThat(country.checkIn(there, "museum", key, NONE, pass))
                .as("asked again")
                .isEqualTo(first);
        assertThat(said(country.checkIn(there, "museum", key(), NONE, pass))).isEqualTo("refused already_used");
        assertThat(said(country.checkIn(here, "cinema", key, NONE, pass)))
                .as("another facility with the same key")
                .isEqualTo("refused already_used");
        assertThat(rows()).isEqualTo(before + 1);
    }

    @Test
    void theSamePassTwiceInOneRequest_isAcceptedOnce() {
        String pass = pass("naver", holder());
        Answer answer = country.checkIn(here, "museum", key(), NONE, List.of(pass, pass));
        JsonArray results = answer.json().getJsonArray("results");
        assertThat(said(results.getJsonObject(0))).isEqualTo("accepted");
        assertThat(said(results.getJsonObject(1))).isEqualTo("refused already_used");
    }

    @Test
    void whatThePolicyRefuses_isNotUsedUp() {
        String ci = "b25lIGRvc2Ugb25seQ" + holders++;
        JsonObject dose = new JsonObject()
                .put("id", ci)
                .put("kind", "immunization")
                .put("holder", ci)
                .put("product", "EU/1/20/1528")
                .put("dose", 1)
                .put("of", 2)
                .put("date", "2021-06-01");
        assertThat(country.send(here, "registrar", "POST", "/v1/records", IssuingGateways.records(dose))
                        .status())
                .isEqualTo(200);
        String pass = pass("toss", ci);
        JsonObject refused = country.checkIn(here, "museum", key(), Optional.of("kr"), pass);
        assertThat(said(refused)).isEqualTo("refused vaccination_incomplete");
        assertThat(refused.getBoolean("complete")).isFalse();
        JsonObject accepted = country.checkIn(here, "museum", key(), NONE, pass);
        assertThat(said(accepted)).isEqualTo("accepted");
        assertThat(accepted.getBoolean("complete")).isFalse();
        assertThat(accepted.getString("text")).isEqualTo("Checked in. Vaccination is not complete yet.");
    }

    @Test
    void aHospitalSeesEachDose() {
        JsonObject result = country.checkIn(here, IssuingGateways.HOSPITAL, key(), NONE, pass("kakao", holder()));
        assertThat(result.getJsonArray("doses").encode())
                .isEqualTo("[{\"product\":\"EU/1/20/1528\",\"dose\":1,\"of\":2,\"date\":\"2021-06-01\"},"
                        + "{\"product\":\"EU/1/20/1528\",\"dose\":2,\"of\":2,\"date\":\"2021-06-22\"}]");
    }

    @Test
    void theSameHolder_atTwoProvidersOrFacilities_isSaid_withinTheWindowOnly() {
        String ci = holder();
        String kakao = country.consent(here, "kakao", ci);
        String naver = country.consent(here, "naver", ci);
        assertThat(country.checkIn(here, "museum", key(), NONE, country.passOf(here, "kakao", kakao))
                        .containsKey("duplicateHolder"))
                .isFalse();
        country.time.advance(Duration.ofSeconds(15));
        String key = key();
        String second = country.passOf(here, "naver", naver);
        JsonObject atNaver = country.checkIn(there, "museum", key, NONE, second);
        assertThat(said(atNaver)).isEqualTo("accepted");
        assertThat(atNaver.getJsonArray("duplicateHolder")).containsExactly("provider");
        assertThat(country.checkIn(here, "museum", key, NONE, second))
                .as("asked again")
                .isEqualTo(atNaver);
        country.time.advance(Duration.ofSeconds(16));
        assertThat(country.checkIn(there, "museum", key(), NONE, country.passOf(here, "kakao", kakao))
                        .containsKey("duplicateHolder"))
                .as("a second after the window")
                .isFalse();
        country.time.advance(Duration.ofSeconds(60));
        JsonObject elsewhere = country.checkIn(here, "cinema", key(), NONE, country.passOf(here, "kakao", kakao));
        assertThat(elsewhere.getJsonArray("duplicateHolder")).containsExactly("facility");
        country.time.advance(Duration.ofSeconds(61));
        assertThat(country.checkIn(here, "museum", key(), NONE, country.passOf(here, "kakao", kakao))
                        .containsKey("duplicateHolder"))
                .isFalse();
    }

    @Test
    void aPassShownAtTwoGatewaysAtOnce_isAcceptedExactlyOnce() throws SQLException {
        long before = rows();
        String consent = country.consent(here, "kakao", holder());
        for (int trial = 0; trial < TRIALS; trial++) {
            String pass = country.passOf(here, "kakao", consent);
            CompletableFuture<String> one =
                    CompletableFuture.supplyAsync(() -> said(country.checkIn(here, "museum", key(), NONE, pass)));
            CompletableFuture<String> other =
                    CompletableFuture.supplyAsync(() -> said(country.checkIn(there, "museum", key(), NONE, pass)));
            assertThat(List.of(one.join(), other.join()))
                    .as("trial %d", trial)
                    .containsExactlyInAnyOrder("accepted", "refused already_used");
        }
        assertThat(rows()).isEqualTo(before + TRIALS);
    }

    @Test
    void aTraceFindsTheVisit_andNamesPassesByProviderOnly() throws SQLException {
        country.time.advance(Duration.ofSeconds(1));
        Instant from = country.time.instant();
        String ci = holder();
        Optional<String> consent = Optional.of(country.consent(here, "coov", ci));
        Answer made = IssuingGateways.insist(() -> country.pass(here, "coov", consent, NONE));
        long before = rows();
        assertThat(said(country.checkIn(here, "cinema", key(), NONE, made.json().getString("payload"))))
                .isEqualTo("accepted");
        country.time.advance(Duration.ofSeconds(1));
        assertThat(rows()).isEqualTo(before + 1);
        Answer trace = country.trace(there, "cinema", from, country.time.instant());
        assertThat(trace.status()).as("%s", trace).isEqualTo(200);
        assertThat(trace.json().getJsonArray("providers").encode())
                .isEqualTo(
                        "[{\"provider\":\"coov\",\"passes\":[\"" + made.json().getString("id") + "\"]}]");
        assertThat(country.trace(there, "museum", from, country.time.instant())
                        .json()
                        .getJsonArray("providers"))
                .isEmpty();
    }
}
