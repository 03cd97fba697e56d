package io.passgate.rehearsal.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.app.Administration;
import io.passgate.app.DefaultFormats;
import io.passgate.app.config.ConfigFile;
import io.passgate.dpop.ProofMaker;
import io.passgate.format.Decoded;
import io.passgate.format.Formats;
import io.passgate.model.Algorithm;
import io.passgate.model.Credential;
import io.passgate.model.OpaqueId;
import io.passgate.model.Slice;
import io.passgate.rehearsal.BaselineNode;
import io.passgate.rehearsal.GatewayNode;
import io.passgate.revocation.RevocationHashes;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The baseline takes a gateway's requests, and does what it is there for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BaselineIT {
    private static final String HTU = "https://pass.example/entry";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final TestProvider provider = TestProvider.named("kakao");
    private final TestIssuer issuer = TestIssuer.of(
            Algorithm.ES256,
            TestCertificate.named("XX").valid(today.minus(Duration.ofDays(9)), today.plus(Duration.ofDays(9))));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TestStores stores;
    private BaselineNode baseline;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        stores = new TestStores(folder.resolve("stores"));
        stores.empty();
        Path config = Files.writeString(folder.resolve("passgate.yaml"), stores.configuration(folder));
        Instant end = today.plus(Duration.ofDays(1));
        try (Administration administration = Administration.open(ConfigFile.read(config), folder)) {
            var _ = administration.run(adminCommands -> adminCommands.addClients(Stream.of(
                            new Client("museum", Role.FACILITY, end),
                            new Client("cinema", Role.FACILITY, end),
                            new Client("airline", Role.VERIFIER, end),
                            new Client("kakao", Role.PROVIDER, end))
                    .map(client -> new ClientToken(TokenHash.ofToken(token(client.name())), client))
                    .toList()));
            var _ = administration.run(
                    adminCommands -> adminCommands.addSigners(List.of(provider.signer(), issuer.signer())));
        }
        baseline = new BaselineNode(
                folder.resolve("baseline"),
                GatewayNode.Stores.of(stores.database(), stores.redis.uri()),
                new byte[32],
                HTU,
                List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"));
        baseline.start();
        baseline.awaitReady();
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        http.close();
        baseline.close();
        stores.close();
    }

    private static String token(String client) {
        return "token-of-" + client;
    }

    private HttpResponse<String> post(String client, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + baseline.port + path))
                .header("authorization", "Bearer " + token(client))
                .header("content-type", "application/json")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            var _ = request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonObject checkIn(String facility, String key, String... payloads)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(facility, "/v1/check-ins", asked(payloads), "idempotency-key", key);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static String asked(String... payloads) {
        return new JsonObject()
                .put("payloads", new JsonArray(List.of(payloads)))
                .encode();
    }

    /** What is said of each payload: the verdict, and behind a slash the reason. */
    private static List<String> said(JsonObject answer) {
        return answer.getJsonArray("results").stream()
                .map(JsonObject.class::cast)
                .map(result -> result.getString("verdict")
                        + (result.containsKey("reason") ? "/" + result.getString("reason") : ""))
                .toList();
    }

    private long visits() throws SQLException {
        return stores.number("SELECT count(*) FROM baseline_visit");
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    @Test
    void pass_isLetInOnce_andAskedAgainWithItsKeyItIsTheSameVisit() throws Exception {
        long before = visits();
        String pass = provider.pass(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        String first = key();

        assertThat(said(checkIn("museum", first, pass))).containsExactly("accepted");
        JsonObject again = checkIn("museum", first, pass);
        assertThat(said(again)).containsExactly("accepted");
        assertThat(again.getBoolean("repeated")).isTrue();
        assertThat(said(checkIn("cinema", first, pass))).containsExactly("refused/already_used");
        assertThat(said(checkIn("museum", key(), pass))).containsExactly("refused/already_used");
        assertThat(visits()).isEqualTo(before + 1);
    }

    @Test
    void batch_isAnsweredInItsOrder() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String pass = provider.pass(now);

        assertThat(said(checkIn(
                        "museum",
                        key(),
                        pass,
                        TestProvider.withBrokenSignature(provider.pass(now)),
                        provider.pass(now.minusSeconds(60)),
                        "hello",
                        TestProvider.named("naver").pass(now),
                        provider.pass(now),
                        pass)))
                .containsExactly(
                        "accepted",
                        "refused/signature_invalid",
                        "refused/expired",
                        "refused/not_a_credential",
                        "refused/signer_unknown",
                        "accepted",
                        "refused/already_used");
    }

    private String card() {
        return issuer.card(CardSpec.vaccination(
                        "EU/1/20/1528",
                        2,
                        2,
                        LocalDate.ofInstant(today, ZoneOffset.UTC).minusDays(60))
                .issuedAt(today.minus(Duration.ofDays(1)))
                .expiresAt(today.plus(Duration.ofDays(5))));
    }

    @Test
    void certificate_isAcceptedUntilItIsRevoked_andLetInByAPolicyOnly() throws Exception {
        String card = card();
        assertThat(said(verify(asked(card)))).containsExactly("accepted");
        assertThat(said(verify(new JsonObject()
                        .put("payloads", new JsonArray().add(card))
                        .put("policy", "kr")
                        .encode())))
                .containsExactly("accepted");
        assertThat(said(checkIn("museum", key(), card))).containsExactly("refused/wallet_not_admitted");

        stores.sql("INSERT INTO revocation (hash, kind, kid, expires_at) VALUES ('\\x"
                + HexFormat.of().formatHex(revocationHash(card)) + "', 0, '', now() + interval '1 day')");
        assertThat(said(verify(asked(card, card())))).containsExactly("refused/revoked", "accepted");
    }

    private static byte[] revocationHash(String card) {
        Slice text = Slice.of(card.getBytes(StandardCharsets.US_ASCII));
        Decoded decoded = new Formats(DefaultFormats.usual()).newDecoder().decode(text);
        assertThat(decoded).isInstanceOf(Decoded.Well.class);
        Credential credential = ((Decoded.Well) decoded).credential();
        return new RevocationHashes()
                .ofSignature(credential.algorithm(), credential.signature())
                .toByteArray();
    }

    private JsonObject verify(String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("airline", "/v1/verifications", body);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    @Test
    void consent_isTaken_andThePassOfItsPhoneIsLetIn() throws Exception {
        String asked = new JsonObject()
                .put("holder", "connecting-information-of-somebody")
                .encode();
        HttpResponse<String> given = post("kakao", "/v1/consents", asked);
        assertThat(given.statusCode()).isEqualTo(201);
        String consent = new JsonObject(given.body()).getString("consent");
        assertThat(new JsonObject(given.body()).getJsonArray("scope"))
                .containsExactly("vaccination", "recovery", "test", "exemption", "age");
        assertThat(post("kakao", "/v1/consents", asked).statusCode()).isEqualTo(200);

        ProofMaker phone = ProofMaker.fresh();
        stores.sql("UPDATE consent SET device = '\\x"
                + HexFormat.of().formatHex(phone.key().toByteArray()) + "' WHERE id = '\\x"
                + HexFormat.of()
                        .formatHex(OpaqueId.ofText(consent).orElseThrow().toByteArray()) + "'");
        String wanted = new JsonObject().put("consent", consent).encode();
        String proof = phone.proof(HTU, consent);
        HttpResponse<String> made = post("kakao", "/v1/passes", wanted, "DPoP", proof);
        assertThat(made.statusCode()).isEqualTo(200);
        JsonObject pass = new JsonObject(made.body());

        assertThat(said(checkIn("museum", key(), pass.getString("payload")))).containsExactly("accepted");
        for (String bad : List.of(
                proof,
                ProofMaker.fresh().proof(HTU, consent),
                phone.proof("https://elsewhere.example", consent),
                phone.proof(HTU, consent, Instant.now().minusSeconds(90), "late"),
                phone.proof(HTU, consent) + "A",
                "nonsense")) {
            assertThat(post("kakao", "/v1/passes", wanted, "DPoP", bad).statusCode())
                    .as(bad)
                    .isEqualTo(403);
        }

        String second = new JsonObject(post("kakao", "/v1/passes", wanted, "DPoP", phone.proof(HTU, consent))
                        .body())
                .getString("payload");
        JsonObject seen =
                checkIn("cinema", key(), second).getJsonArray("results").getJsonObject(0);
        assertThat(seen.getString("verdict")).isEqualTo("accepted");
        assertThat(seen.getJsonArray("duplicateHolder")).containsExactly("facility");
    }

    @Test
    void whoMayNotAsk_orAsksForNothing_isToldSo() throws Exception {
        assertThat(post("nobody", "/v1/verifications", asked("hello")).statusCode())
                .isEqualTo(401);
        assertThat(post("museum", "/v1/verifications", asked("hello")).statusCode())
                .isEqualTo(403);
        assertThat(post("airline", "/v1/verifications", "{\"payloads\":").statusCode())
                .isEqualTo(400);
        assertThat(post("airline", "/v1/verifications", "{\"payloads\":[1]}").statusCode())
                .isEqualTo(400);
        assertThat(post("museum", "/v1/check-ins", asked("hello")).statusCode()).isEqualTo(400);
    }
}
