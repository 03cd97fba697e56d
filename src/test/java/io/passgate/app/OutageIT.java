package io.passgate.app;

import static io.passgate.testing.gateway.SharedGateways.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.TokenHash;
import io.passgate.app.config.InvalidConfig;
import io.passgate.app.config.TestConfig;
import io.passgate.model.Algorithm;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.SharedGateways;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a door sees while the stores are gone, to the nanosecond at which that changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OutageIT {
    private static final String ACCEPTED = "\"accepted\"";

    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private SharedGateways all;

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
        all = new SharedGateways(stores, Files.createTempDirectory(folder, "gateways"));
    }

    @AfterEach
    void close() {
        all.close();
    }

    private static String revocation(String kind, byte[] hash, Instant expiresAt) {
        return "{\"revocations\":[{\"kind\":\"" + kind + "\",\"hash\":\""
                + Base64.getEncoder().encodeToString(hash) + "\",\"expiresAt\":\"" + expiresAt + "\"}]}";
    }

    /** Revokes something that no card has. */
    private HttpResponse<String> revokeNothing(Gateway at) {
        return all.send(
                at,
                all.admin,
                "POST",
                "/v1/revocations",
                revocation("signature", new byte[16], all.start.plus(Duration.ofDays(1))));
    }

    private String strangersCard() {
        TestIssuer stranger = TestIssuer.of(
                Algorithm.ES256,
                TestCertificate.named("YY")
                        .valid(all.start.minus(Duration.ofDays(9)), all.start.plus(Duration.ofDays(99))));
        return stranger.card(CardSpec.vaccination()
                .issuedAt(all.start.minus(Duration.ofDays(1)))
                .expiresAt(all.start.plus(Duration.ofDays(50))));
    }

    private void at(Duration afterStart, Duration less) {
        all.time.set(all.start.plus(afterStart).minus(less));
    }

    @Test
    void redisDown_changesArriveByPostgresql_andReadinessSaysSo() throws IOException {
        Gateway here = all.gateway("");
        Gateway there = all.gateway("");
        stores.redis.kill();
        assertThat(revokeNothing(here).statusCode()).isEqualTo(201);
        until("the change at the other", () -> all.metrics(there).contains("passgate_revocations 1.0"));
        assertThat(all.verify(there, all.card)).contains(ACCEPTED);
        until("the warning", () -> all.ready(there).contains("Redis is out of reach"));
        assertThat(all.ready(there)).startsWith("{\"status\":\"up\"");
        assertThat(all.metrics(there)).contains("passgate_store_up{store=\"redis\"} 0.0");
        Gateway fresh = all.gateway("");
        assertThat(all.verify(fresh, all.card)).as("started without Redis").contains(ACCEPTED);
        stores.redis.start();
        until("the end of the warning", () -> all.ready(there).equals("{\"status\":\"up\"}"));
        assertThat(revokeNothing(there).statusCode()).isEqualTo(201);
        until("the next change", () -> all.metrics(here).contains("passgate_feed_sequence{side=\"applied\"} 4.0"));
        assertThat(all.metrics(here)).contains("passgate_revocations 1.0");
    }

    @Test
    void postgresqlDown_snapshotsAreJudgedBy_andChangesAreNotTaken() throws IOException, InterruptedException {
        Gateway here = all.gateway("");
        stores.postgresql.kill();
        assertThat(all.verify(here, all.card)).contains(ACCEPTED);
        HttpResponse<String> refused = revokeNothing(here);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("authority-unavailable");
        until("the warning", () -> all.ready(here).contains("PostgreSQL is out of reach"));
        assertThat(all.ready(here)).startsWith("{\"status\":\"up\"");
        stores.postgresql.start();
        until("a change that is taken", () -> revokeNothing(here).statusCode() == 201);
        until("its arrival", () -> all.metrics(here).contains("passgate_revocations 1.0"));
        until("the end of the warning", () -> all.ready(here).equals("{\"status\":\"up\"}"));
    }

    @Test
    void bothDown_eachListIsJudgedByUntilItIsStale_andNotANanosecondLonger() throws IOException, InterruptedException {
        Gateway here = all.gateway("");
        String stranger = strangersCard();
        stores.redis.kill();
        stores.postgresql.kill();
        Duration nano = Duration.ofNanos(1);

        at(Duration.ofMinutes(5), nano);
        assertThat(all.metrics(here)).contains("passgate_revocations_doubtful 0.0");
        at(Duration.ofMinutes(5), Duration.ZERO);
        assertThat(all.metrics(here)).contains("passgate_revocations_doubtful 1.0");
        assertThat(all.verify(here, all.card)).contains(ACCEPTED);

        at(Duration.ofHours(1), nano);
        assertThat(all.verify(here, stranger)).contains("\"refused\"", "signer_unknown");
        at(Duration.ofHours(1), Duration.ZERO);
        assertThat(all.verify(here, stranger)).contains("\"indeterminate\"", "trust_stale");
        assertThat(all.metrics(here)).contains("passgate_trust_doubtful 1.0");
        assertThat(all.verify(here, all.card)).contains(ACCEPTED);

        at(Duration.ofHours(24), nano);
        assertThat(all.verify(here, all.card)).contains(ACCEPTED);
        assertThat(all.ready(here)).startsWith("{\"status\":\"up\"");
        at(Duration.ofHours(24), Duration.ZERO);
        assertThat(all.verify(here, all.card)).contains("\"indeterminate\"", "revocation_stale");
        assertThat(all.ready(here)).startsWith("{\"status\":\"down\"").contains("the revocation list is stale");
        assertThat(all.metrics(here)).contains("passgate_revocations_stale 1.0", "passgate_trust_stale 0.0");

        at(Duration.ofDays(3), nano);
        assertThat(all.verify(here, all.card)).contains("revocation_stale");
        at(Duration.ofDays(3), Duration.ZERO);
        assertThat(all.verify(here, all.card)).contains("\"indeterminate\"", "trust_stale");
        assertThat(all.ready(here)).contains("the trust list is stale");
        assertThat(all.metrics(here)).contains("passgate_trust_stale 1.0");

        stores.redis.start();
        stores.postgresql.start();
        until("recovery", () -> all.verify(here, all.card).contains(ACCEPTED));
        until("readiness", () -> all.ready(here).equals("{\"status\":\"up\"}"));
    }

    @Test
    void bothDownAtTheStart_theFileIsJudgedBy_whileItIsYoungEnough() throws IOException, InterruptedException {
        all.gateway("snapshot").close();
        stores.redis.kill();
        stores.postgresql.kill();
        at(Duration.ofHours(24), Duration.ofNanos(1));
        Gateway restarted = all.gateway("snapshot");
        assertThat(all.verify(restarted, all.card)).contains(ACCEPTED);
        at(Duration.ofHours(24), Duration.ZERO);
        assertThat(all.verify(restarted, all.card)).contains("revocation_stale");
        restarted.close();
        Gateway tooLate = all.gateway("snapshot");
        assertThat(all.ready(tooLate)).startsWith("{\"status\":\"down\"");
        assertThat(all.verify(tooLate, all.card)).contains("\"indeterminate\"");
        Gateway withNothing = all.gateway("");
        assertThat(all.send(withNothing, all.verifier, "POST", "/v1/verifications", "{}")
                        .statusCode())
                .as("a token is not wrong because we do not know it")
                .isEqualTo(503);
        assertThat(all.ready(withNothing)).contains("no trust list has been loaded");
    }

    private static String passSigner(TestProvider provider) {
        String certificate =
                Base64.getEncoder().encodeToString(provider.issuer().certificateDer());
        return "{\"signers\":[{\"certificate\":\"" + certificate + "\",\"kind\":\"pass\",\"provider\":\"kakao\"}]}";
    }

    @Test
    void aClockFarOffTheStores_keepsAGatewayFromBeingReady_andFromJudgingPasses() {
        TestProvider provider = TestProvider.named("kakao");
        TestConfig config = all.config("")
                .with("clock.warnOffset", Duration.ofSeconds(5))
                .with("clock.hardOffset", Duration.ofSeconds(30));
        Instant really = Instant.now();
        all.time.set(really);
        try (Gateway right = all.gateway(config)) {
            until(
                    "the clocks are compared",
                    () -> all.metrics(right)
                            .lines()
                            .noneMatch(line -> line.matches("passgate_clock_offset_seconds.* NaN")));
            assertThat(all.ready(right)).isEqualTo("{\"status\":\"up\"}");
            assertThat(all.send(right, all.admin, "POST", "/v1/signers", passSigner(provider))
                            .statusCode())
                    .isEqualTo(201);
        }
        all.time.set(Instant.now().plusSeconds(15));
        try (Gateway fast = all.gateway(config)) {
            until("the warning", () -> all.ready(fast).contains("clock differs"));
            assertThat(all.ready(fast)).startsWith("{\"status\":\"up\"");
            assertThat(all.verify(fast, all.card)).contains(ACCEPTED);
            assertThat(all.verify(fast, provider.pass(all.time.instant()))).contains(ACCEPTED);
        }
        Instant ahead = Instant.now().plusSeconds(90);
        all.time.set(ahead);
        try (Gateway faster = all.gateway(config)) {
            until("not ready", () -> all.ready(faster).startsWith("{\"status\":\"down\""));
            assertThat(all.ready(faster)).contains("this gateway's clock is off");
            assertThat(all.verify(faster, provider.pass(ahead))).contains("\"indeterminate\"", "\"clock_off\"");
            assertThat(all.verify(faster, all.card)).contains(ACCEPTED);
        }
    }

    @Test
    void noTokenAndNoPassword_isInLogsMetricsOrAnswers() throws IOException, InterruptedException {
        String canary = "CANARY-PASSWORD";
        List<String> said = new ArrayList<>();
        try (CapturedLogs logs = new CapturedLogs()) {
            Gateway here = all.gateway("snapshot");
            said.add(revokeNothing(here).body());
            said.add(all.send(here, canary, "POST", "/v1/revocations", canary).body());
            said.add(
                    all.send(here, all.admin, "POST", "/v1/revocations", canary).body());
            stores.redis.kill();
            stores.postgresql.kill();
            said.add(revokeNothing(here).body());
            until("the warning", () -> all.ready(here).contains("out of reach"));
            said.add(all.ready(here));
            said.add(all.metrics(here));
            TestConfig wrong = all.config("")
                    .with("database.passwordFile", all.file("canary", canary).toString());
            try (Gateway refused = Gateway.start(wrong.build(), folder, false, all.time)) {
                said.add(all.ready(refused));
            }
            said.addAll(logs.lines());
        }
        assertThat(said)
                .hasSizeGreaterThan(10)
                .noneMatch(text -> text.contains(all.admin)
                        || text.contains(all.verifier)
                        || text.contains(canary)
                        || text.contains(TokenHash.ofToken(all.admin).toHex()));
    }

    @Test
    void aRevocationMadeAtOneGateway_isRefusedByTheOther_andAcceptedAgainAfterItsRemoval() {
        Gateway here = all.gateway("");
        Gateway there = all.gateway("");
        assertThat(all.verify(there, all.card)).contains(ACCEPTED);
        byte[] uci = new io.passgate.revocation.RevocationHashes()
                .ofUci(CardSpec.UCI)
                .toByteArray();
        HttpResponse<String> added = all.send(
                here,
                all.admin,
                "POST",
                "/v1/revocations",
                revocation("uci", uci, all.start.plus(Duration.ofDays(30))));
        assertThat(added.statusCode()).isEqualTo(201);
        until("refusal at the other", () -> all.verify(there, all.card).contains("\"reason\":\"revoked\""));
        String id = added.body().replaceAll("[^0-9]", "");
        assertThat(all.send(here, all.admin, "DELETE", "/v1/revocations/" + id, "")
                        .statusCode())
                .isEqualTo(204);
        until("acceptance again", () -> all.verify(there, all.card).contains(ACCEPTED));
    }
}
