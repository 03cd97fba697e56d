package io.passgate.testing.story;

import io.passgate.image.Pictures;
import io.passgate.model.Algorithm;
import io.passgate.testing.NeedleSearch;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.api.OpenApiDocument;
import io.passgate.testing.gateway.IssuingGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What happens to a gateway before it is searched: every route, with holders' secrets in each place where a client can
 * put one.
 */
public final class PrivacyStory {
    private static final int HOLDERS = 4;
    static final int MOST_PAYLOADS = 1_024;

    /** Characters of a code that is not too fine for a small picture. */
    private static final int MOST_DRAWN = 900;

    private final PrivacyTraffic traffic;
    private final Map<String, Set<String>> routes;
    private final List<PrivacyHolder> holders = new ArrayList<>();
    private final List<TestIssuer> issuers = new ArrayList<>();

    public PrivacyStory(PrivacyTraffic traffic, Map<String, Set<String>> routes) {
        this.traffic = traffic;
        this.routes = routes;
        for (int i = 0; i < HOLDERS; i++) {
            holders.add(new PrivacyHolder(i));
        }
        Instant now = Instant.now();
        for (Algorithm algorithm : Algorithm.values()) {
            issuers.add(TestIssuer.of(
                    algorithm,
                    TestCertificate.named("XX").valid(now.minus(Duration.ofDays(9)), now.plus(Duration.ofDays(99)))));
        }
    }

    /** All that may be found nowhere. */
    public NeedleSearch secrets() {
        NeedleSearch search = new NeedleSearch(OpenApiDocument.text());
        for (int i = 0; i < HOLDERS; i++) {
            holders.get(i).hideIn(search, "holder " + i, holders.get((i + 1) % HOLDERS));
        }
        search.add("a stranger's token", PrivacyRefusals.STRANGERS_TOKEN);
        for (String client : List.of("kakao", "pass", "registrar", "verifier", "admin", "museum", "hospital")) {
            search.add("the token of " + client, IssuingGateways.token(client));
        }
        return search;
    }

    /** Each route in every way that a client gets one wrong, and what is no route. */
    public void everythingThatIsRefused() throws IOException {
        new PrivacyRefusals(traffic, holders.getFirst()).all(routes);
    }

    /** Every route as it is meant, and the largest requests last. */
    public void everythingThatIsWanted() {
        var _ = traffic.ask(200, "verifier", "GET /v1/signers", "");
        var _ = traffic.ask(200, "verifier", "GET /openapi.yaml", "");
        for (String page : List.of("GET /door", "GET /docs", "GET /docs/openapi.json")) {
            var _ = traffic.send(IssuingGateways.token("museum"), "", page, "?policy=" + holders.getFirst().given, "");
        }
        trust();
        for (PrivacyHolder holder : holders) {
            issueTo(holder);
        }
        List<String> payloads = new ArrayList<>();
        holders.forEach(holder -> {
            issuers.forEach(issuer -> payloads.add(holder.cardOf(issuer)));
            payloads.addAll(holder.passes);
            payloads.addAll(holder.certificates);
            payloads.add(TestCards.withBrokenSignature(holder.certificates.getFirst()));
        });
        verify(payloads);
        checkIn(payloads);
        showPictures(payloads);
        Instant now = Instant.now();
        var _ = traffic.ask(
                200,
                IssuingGateways.TRACER,
                "POST /v1/traces",
                new JsonObject()
                        .put("case", "outbreak-7")
                        .put("facility", "museum")
                        .put("from", now.minusSeconds(600).toString())
                        .put("until", now.plusSeconds(600).toString())
                        .encode());
    }

    private void trust() {
        JsonArray signers = new JsonArray();
        issuers.forEach(issuer -> signers.add(
                new JsonObject().put("certificate", Base64.getEncoder().encodeToString(issuer.certificateDer()))));
        var _ = traffic.ask(
                201,
                "admin",
                "POST /v1/signers",
                new JsonObject().put("signers", signers).encode());
        TestIssuer leaving = TestIssuer.ec256("YY");
        JsonArray one = new JsonArray()
                .add(new JsonObject().put("certificate", Base64.getEncoder().encodeToString(leaving.certificateDer())));
        String id = PrivacyTraffic.json(traffic.ask(
                        201,
                        "admin",
                        "POST /v1/signers",
                        new JsonObject().put("signers", one).encode()))
                .getJsonArray("signers")
                .getJsonObject(0)
                .getString("id");
        var _ = traffic.askOf(204, "admin", "DELETE /v1/signers/{id}", id);
        JsonArray revocations = new JsonArray()
                .add(new JsonObject()
                        .put("kind", "signature")
                        .put("hash", "AAAAAAAAAAAAAAAAAAAAAA==")
                        .put("expiresAt", Instant.now().plusSeconds(900).toString()));
        String revocation = PrivacyTraffic.json(traffic.ask(
                        201,
                        "admin",
                        "POST /v1/revocations",
                        new JsonObject().put("revocations", revocations).encode()))
                .getJsonArray("ids")
                .getString(0);
        var _ = traffic.askOf(204, "admin", "DELETE /v1/revocations/{id}", revocation);
    }

    private void issueTo(PrivacyHolder holder) {
        var _ = traffic.ask(
                200, "registrar", "POST /v1/records", holder.records().encode());
        String gone = consent(holder, "coov");
        var _ = traffic.askOf(204, "coov", "DELETE /v1/consents/{id}", gone);
        String consent = consent(holder, "pass");
        String body = new JsonObject().put("consent", consent).encode();
        var _ = traffic.ask(201, "pass", "POST /v1/devices", body, "dpop", holder.proof("pass", consent));
        for (String type : List.of("image/png", "image/svg+xml")) {
            holder.pictures.add(traffic.ask(
                            200, "pass", "POST /v1/passes", body, "accept", type, "dpop", holder.proof("pass", consent))
                    .body());
        }
        for (int i = 0; i < 3; i++) {
            holder.passes.add(PrivacyTraffic.json(
                            traffic.ask(200, "pass", "POST /v1/passes", body, "dpop", holder.proof("pass", consent)))
                    .getString("payload"));
        }
        JsonArray certificates = PrivacyTraffic.json(traffic.ask(
                        201,
                        "pass",
                        "POST /v1/certificates",
                        holder.certificateWish(consent).encode(),
                        "dpop",
                        holder.proof("pass", consent)))
                .getJsonArray("certificates");
        for (int i = 0; i < certificates.size(); i++) {
            holder.certificates.add(certificates.getJsonObject(i).getString("payload"));
        }
        var _ = traffic.askOf(
                204,
                "pass",
                "DELETE /v1/certificates/{id}",
                certificates.getJsonObject(0).getString("id"));
    }

    private String consent(PrivacyHolder holder, String provider) {
        return PrivacyTraffic.json(traffic.ask(
                        201,
                        provider,
                        "POST /v1/consents",
                        new JsonObject().put("holder", holder.ci).encode()))
                .getString("consent");
    }

    private static String payloads(List<String> payloads, int count) {
        JsonArray many = new JsonArray();
        for (int i = 0; i < count; i++) {
            many.add(payloads.get(i % payloads.size()));
        }
        return new JsonObject().put("payloads", many).encode();
    }

    private void verify(List<String> payloads) {
        for (int count : List.of(1, 64, MOST_PAYLOADS)) {
            var _ = traffic.ask(200, "verifier", "POST /v1/verifications", payloads(payloads, count));
        }
        for (String policy : List.of("kr", "eu")) {
            String body = new JsonObject(payloads(payloads, payloads.size()))
                    .put("policy", policy)
                    .encode();
            var _ = traffic.ask(200, "verifier", "POST /v1/verifications", body);
        }
        String escaped = payloads(payloads, payloads.size())
                .replace("HC1:", "HC\\u0031:")
                .replace("KP1:", "K\\u00501:");
        var _ = traffic.ask(200, "verifier", "POST /v1/verifications", escaped);
        for (String payload : payloads) {
            var _ = traffic.ask(200, "verifier", "POST /v1/verifications", payloads(List.of(payload), 1));
        }
    }

    private void checkIn(List<String> payloads) {
        for (String facility : List.of(IssuingGateways.HOSPITAL, "museum")) {
            String all = new JsonObject(payloads(payloads, payloads.size()))
                    .put("policy", "kr")
                    .encode();
            var _ = traffic.ask(200, facility, "POST /v1/check-ins", all, key()[0], key()[1]);
            var _ = traffic.ask(
                    200, facility, "POST /v1/check-ins", payloads(payloads, MOST_PAYLOADS), key()[0], key()[1]);
        }
    }

    /** Those that were issued, and certificates as somebody photographs them. */
    private void showPictures(List<String> payloads) {
        List<byte[]> pictures = new ArrayList<>();
        holders.forEach(holder -> pictures.add(holder.pictures.getFirst()));
        payloads.stream()
                .filter(payload -> payload.length() < MOST_DRAWN)
                .forEach(payload -> pictures.add(Pictures.jpeg(Pictures.code(payload, 500))));
        for (byte[] picture : pictures) {
            String[] type = {"content-type", "image/png"};
            var _ = traffic.askOfPicture(200, "verifier", "POST /v1/verifications", picture, type);
            var _ = traffic.askOfPicture(
                    200, "museum", "POST /v1/check-ins", picture, type[0], type[1], key()[0], key()[1]);
        }
    }

    private static String[] key() {
        return new String[] {"idempotency-key", UUID.randomUUID().toString()};
    }

    /** What still works is done, and what needs a store that is down is asked for all the same. */
    public void everythingWithoutStores() {
        List<String> payloads =
                holders.stream().flatMap(holder -> holder.certificates.stream()).toList();
        checkIn(payloads);
        verify(payloads);
        for (PrivacyHolder holder : holders) {
            String body =
                    new JsonObject().put("consent", "AAAAAAAAAAAAAAAAAAAAAA").encode();
            for (String route : List.of("POST /v1/devices", "POST /v1/passes")) {
                var _ = traffic.send(
                        IssuingGateways.token("pass"),
                        "",
                        route,
                        "",
                        body,
                        "dpop",
                        holder.proof("pass", "AAAAAAAAAAAAAAAAAAAAAA"));
            }
            var _ = traffic.send(
                    IssuingGateways.token("registrar"),
                    "",
                    "POST /v1/records",
                    "",
                    holder.records().encode());
            var _ = traffic.send(
                    IssuingGateways.token("kakao"),
                    "",
                    "POST /v1/consents",
                    "",
                    new JsonObject().put("holder", holder.ci).encode());
            var _ = traffic.send(
                    IssuingGateways.token("pass"),
                    "",
                    "POST /v1/certificates",
                    "",
                    holder.certificateWish("AAAAAAAAAAAAAAAAAAAAAA").encode(),
                    "dpop",
                    holder.proof("pass", "AAAAAAAAAAAAAAAAAAAAAA"));
        }
    }
}
