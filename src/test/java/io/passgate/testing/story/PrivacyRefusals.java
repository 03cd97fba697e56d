package io.passgate.testing.story;

import io.passgate.testing.gateway.IssuingGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a gateway refuses, with the secrets of one holder in every place where a client can put something. */
final class PrivacyRefusals {
    static final String STRANGERS_TOKEN = "TOKENOFNOBODYkanariaTOKENOFNOBODYkanariaxyz";

    /** So many times the secrets are more than a body may have. */
    private static final int TOO_OFTEN = 14_000;

    /** What is broken is answered at once, or never. */
    private static final int RAW_PATIENCE_MS = 20;

    private final PrivacyTraffic traffic;
    private final PrivacyHolder holder;

    PrivacyRefusals(PrivacyTraffic traffic, PrivacyHolder holder) {
        this.traffic = traffic;
        this.holder = holder;
    }

    /** Each route in every way that a client gets one wrong, and what is no route. */
    void all(Map<String, Set<String>> routes) throws IOException {
        routes.forEach(this::refuse);
        String path = "/v1/" + holder.family + "/" + holder.birthDate;
        for (String place :
                List.of(path, "/v1/passes" + path, "/metrics" + path, "/health" + path, "/" + holder.given)) {
            var _ = traffic.send(STRANGERS_TOKEN, "", "GET " + place, query(), "");
        }
        var _ = traffic.send(STRANGERS_TOKEN, "", holder.given + " /v1/passes", query(), secretJson());
        String secrets = holder.ci + holder.family + holder.birthDate;
        for (String broken : List.of(
                secrets + "\r\n\r\n",
                "GET /" + secrets + " HTTP/9.9\r\n\r\n",
                "GET /" + secrets.repeat(80) + " HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nhost: x\r\n" + secrets.repeat(100) + ": x\r\n\r\n",
                "POST /v1/passes HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + IssuingGateways.token("kakao")
                        + "\r\ncontent-type: application/json\r\ncontent-length: x" + secrets + "\r\n\r\n",
                "POST /v1/verifications HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                        + IssuingGateways.token("verifier")
                        + "\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n" + secrets
                        + "\r\n\r\n",
                unfinished("/v1/verifications", "verifier", secrets),
                unfinished("/v1/check-ins", "museum", secrets),
                unfinished("/v1/records", "registrar", secrets),
                unfinished("/v1/certificates", "kakao", secrets))) {
            traffic.sayRaw(broken, RAW_PATIENCE_MS);
        }
    }

    /** A body whose sender leaves in the middle of it. */
    private static String unfinished(String path, String client, String secrets) {
        return "POST " + path + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + IssuingGateways.token(client)
                + "\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{\"" + secrets;
    }

    private String query() {
        return "?holder=" + holder.family + "&born=" + holder.birthDate + "&proof=" + holder.given;
    }

    private void refuse(String route, Set<String> roles) {
        String mine = PrivacyTraffic.tokenFor(roles);
        String place = route.replace("{id}", holder.family + holder.birthDate);
        boolean hasBody = route.startsWith("POST");
        for (String body : hasBody ? wrongBodies(member(route)) : List.of("")) {
            var _ = traffic.send(
                    mine,
                    "",
                    place,
                    query(),
                    body,
                    "idempotency-key",
                    UUID.randomUUID().toString(),
                    "dpop",
                    holder.ci + "." + holder.family + "." + holder.given,
                    "x-name",
                    holder.given,
                    "cookie",
                    "who=" + holder.family);
        }
        for (String token : List.of(STRANGERS_TOKEN, holder.ci, IssuingGateways.token("coov"), "")) {
            var _ = traffic.send(token, "", place, query(), hasBody ? secretJson() : "");
        }
        if (hasBody) {
            refuseForItsHeaders(mine, place);
            var _ = traffic.send(mine, "", place, "", secretJson().repeat(TOO_OFTEN));
        }
    }

    private void refuseForItsHeaders(String token, String place) {
        String type = holder.family + "/" + holder.given;
        var _ = traffic.send(token, "", place, "", secretJson(), "content-type", type);
        var _ = traffic.send(
                token,
                "",
                place,
                "",
                secretJson(),
                "idempotency-key",
                UUID.randomUUID().toString(),
                "accept-language",
                holder.given + ",*",
                "accept",
                type);
    }

    /** The array that a route's body has. */
    private static String member(String route) {
        return switch (route) {
            case "POST /v1/records" -> "records";
            case "POST /v1/signers" -> "signers";
            case "POST /v1/revocations" -> "revocations";
            default -> "payloads";
        };
    }

    /** Bodies that are no JSON, have other members, or secrets where they do not belong. */
    private List<String> wrongBodies(String member) {
        JsonObject entry = new JsonObject()
                .put("holder", holder.ci)
                .put("id", holder.given)
                .put("kind", "immunization")
                .put("product", holder.familyHangul)
                .put("hash", holder.ci)
                .put("certificate", holder.ci)
                .put("date", holder.birthDate);
        JsonObject period = new JsonObject()
                .put("case", "a")
                .put("facility", "museum")
                .put("from", holder.birthDate)
                .put("until", holder.ci);
        JsonObject consent = new JsonObject().put("holder", holder.ci);
        return List.of(
                secretJson(),
                secretJson().substring(0, secretJson().length() - 9),
                holder.familyHangul + holder.ci,
                new JsonObject()
                        .put(holder.family, holder.birthDate + holder.givenHangul)
                        .encode(),
                with("payloads", holder.ci).put("policy", holder.family).encode(),
                new JsonObject().put("consent", holder.ci).encode(),
                new JsonObject().put("consent", holder.ci.repeat(90)).encode(),
                new JsonObject().put("holder", holder.ci.repeat(2)).encode(),
                consent.copy().put("scope", new JsonArray().add(holder.given)).encode(),
                consent.copy().put("at", holder.birthDate).encode(),
                new JsonObject()
                        .put("case", holder.familyHangul)
                        .put("facility", holder.ci)
                        .encode(),
                period.encode(),
                with(member, entry).encode(),
                with(member, entry.copy().put("kind", holder.given)).encode(),
                with(member, holder.ci, holder.givenHangul).encode(),
                with(
                                member,
                                Collections.nCopies(PrivacyStory.MOST_PAYLOADS + 1, holder.ci)
                                        .toArray())
                        .encode(),
                "{\"" + member + "\":[" + ("{\"holder\":\"" + holder.ci + "\"},").repeat(900) + "{}]}");
    }

    private static JsonObject with(String member, Object... entries) {
        return new JsonObject().put(member, new JsonArray(List.of(entries)));
    }

    private String secretJson() {
        return new JsonObject()
                .put("consent", "AAAAAAAAAAAAAAAAAAAAAA")
                .put("birthDate", holder.birthDate)
                .put("holder", holder.ci)
                .put(holder.given, holder.family)
                .put("name", new JsonObject().put("family", holder.familyHangul).put("given", holder.givenHangul))
                .encode();
    }
}
