package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.format.CredentialFormat;
import io.passgate.format.toy.ToyFormat;
import io.passgate.model.Algorithm;
import io.passgate.revocation.RevocationHashes;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.SharedGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway verifies a format that it was handed like its own: with its verdicts, metrics, signers and revocations. */
final class ToyFormatIT {
    private static final TestIssuer MAKER = TestIssuer.of(Algorithm.ES256, TestCertificate.named("YY"));
    private static final TestProvider KAKAO = TestProvider.named("kakao");

    @TempDir
    private static Path folder = Path.of("");

    private static JsonArray verify(SharedGateways gateways, Gateway gateway, String... payloads) {
        String body = new JsonObject()
                .put("payloads", new JsonArray(List.of(payloads)))
                .encode();
        HttpResponse<String> answer = gateways.send(gateway, gateways.verifier, "POST", "/v1/verifications", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body()).getJsonArray("results");
    }

    private static JsonObject entry(TestIssuer issuer, String kind) {
        return new JsonObject()
                .put("certificate", Base64.getEncoder().encodeToString(issuer.certificateDer()))
                .put("kind", kind);
    }

    private static void add(SharedGateways gateways, Gateway gateway) {
        JsonArray signers = new JsonArray()
                .add(entry(MAKER, "toy-maker"))
                .add(entry(KAKAO.issuer(), "pass").put("provider", "kakao"));
        HttpResponse<String> added = gateways.send(
                gateway,
                gateways.admin,
                "POST",
                "/v1/signers",
                new JsonObject().put("signers", signers).encode());
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        SharedGateways.until("three signers", () -> listed(gateways, gateway).size() == 3);
    }

    private static JsonArray listed(SharedGateways gateways, Gateway gateway) {
        return new JsonObject(gateways.send(gateway, gateways.admin, "GET", "/v1/signers", "")
                        .body())
                .getJsonArray("signers");
    }

    private static void revoke(SharedGateways gateways, Gateway gateway, String toy) {
        byte[] hash = new RevocationHashes()
                .ofSignature(Algorithm.ES256, ToyFormat.signature(toy))
                .toByteArray();
        JsonObject entry = new JsonObject()
                .put("kind", "signature")
                .put("hash", Base64.getEncoder().encodeToString(hash))
                .put("expiresAt", gateways.start.plus(Duration.ofDays(30)).toString());
        HttpResponse<String> revoked = gateways.send(
                gateway,
                gateways.admin,
                "POST",
                "/v1/revocations",
                new JsonObject().put("revocations", new JsonArray().add(entry)).encode());
        assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(201);
    }

    /** A result but for its sentence, which is of the reason and of no format. */
    private static JsonObject withoutText(JsonArray results, int number) {
        JsonObject result = results.getJsonObject(number).copy();
        assertThat(String.valueOf(result.remove("text"))).isNotBlank();
        return result;
    }

    private static JsonObject refused(String reason) {
        return new JsonObject().put("verdict", "refused").put("reason", reason).put("format", "toy");
    }

    @Test
    void aFormatOfOneClass_isVerifiedWithTheOthersInOneBatch() throws Exception {
        try (TestStores stores = new TestStores(folder)) {
            stores.empty();
            try (SharedGateways gateways =
                    new SharedGateways(stores, Files.createDirectory(folder.resolve("gateway")))) {
                List<CredentialFormat> formats = new ArrayList<>(DefaultFormats.usual());
                formats.addLast(new ToyFormat());
                Gateway gateway = gateways.gateway(gateways.config(""), formats);
                add(gateways, gateway);
                String toy = ToyFormat.made(MAKER, gateways.start.plus(Duration.ofDays(9)));
                String other = ToyFormat.made(MAKER, gateways.start.plus(Duration.ofDays(8)));
                String old = ToyFormat.made(MAKER, gateways.start.minusSeconds(1));
                String forged = ToyFormat.made(KAKAO.issuer(), gateways.start.plus(Duration.ofDays(9)));

                JsonArray results = verify(
                        gateways,
                        gateway,
                        gateways.card,
                        KAKAO.pass(gateways.start),
                        toy,
                        other,
                        old,
                        forged,
                        "TOY1:%");
                List<String> accepted = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    assertThat(results.getJsonObject(i).getString("verdict"))
                            .as(results.encode())
                            .isEqualTo("accepted");
                    accepted.add(results.getJsonObject(i).getString("format"));
                }
                assertThat(accepted).containsExactly("eu-dcc", "entry-pass", "toy", "toy");
                assertThat(results.getJsonObject(2).getString("validUntil"))
                        .isEqualTo(gateways.start.plus(Duration.ofDays(9)).toString());
                assertThat(results.getJsonObject(2).containsKey("oneTime")).isFalse();
                assertThat(withoutText(results, 4)).isEqualTo(refused("expired"));
                assertThat(withoutText(results, 5)).isEqualTo(refused("signer_kind_mismatch"));
                assertThat(withoutText(results, 6)).isEqualTo(refused("base45_invalid"));
                assertThat(gateways.metrics(gateway))
                        .contains("passgate_payloads_total{format=\"toy\"} 5.0")
                        .contains("passgate_payloads_total{format=\"eu-dcc\"} 1.0")
                        .contains("passgate_payloads_total{format=\"entry-pass\"} 1.0");
                assertThat(listed(gateways, gateway).stream()
                                .map(signer -> ((JsonObject) signer).getString("kind"))
                                .toList())
                        .containsExactlyInAnyOrder("dcc", "pass", "toy-maker");

                revoke(gateways, gateway, toy);
                SharedGateways.until(
                        "the toy is revoked",
                        () -> withoutText(verify(gateways, gateway, toy), 0).equals(refused("revoked")));
                assertThat(verify(gateways, gateway, other).getJsonObject(0).getString("verdict"))
                        .isEqualTo("accepted");
            }
        }
    }
}
