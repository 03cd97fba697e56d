package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.checkin.Traces;
import io.passgate.dpop.ProofMaker;
import io.passgate.http.server.ApiLimits;
import io.passgate.model.OpaqueId;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.TestProvider;
import io.passgate.testing.api.FakeIssuing;
import io.passgate.testing.api.Mood;
import io.passgate.testing.api.RunningApi;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every route that waits for another side: whatever that does, there is an answer, and the room for bodies is whole
 * again.
 */
final class SilentSidesTest {
    private static final TestProvider PROVIDER = TestProvider.named("kakao");
    private static final String HASH = Base64.getEncoder().encodeToString(new byte[16]);

    /** Of 24 bodies of the largest size, as each counts three times. */
    private static final int ROOM = 24 * RunningApi.MAX_BODY;

    private final RunningApi running = hasty();

    private static RunningApi hasty() {
        ApiLimits usual = RunningApi.limits(ROOM);
        ApiLimits hasty = new ApiLimits(
                usual.maxBodyBytes(),
                usual.maxBytesUnderWay(),
                usual.maxBytesPerClient(),
                usual.maxPayloads(),
                usual.bodyPatience(),
                Duration.ofMillis(200),
                usual.shedDelay(),
                usual.idle());
        RunningApi running = new RunningApi(16_384, hasty, new PolicyCatalog(List.of()));
        running.trust = TrustSnapshot.given(TrustList.of(List.of(PROVIDER.signer())));
        running.gate.open();
        return running;
    }

    @AfterEach
    void close() {
        running.close();
    }

    private HttpRequest.Builder request(Role role, String path) {
        return running.request(path)
                .header("authorization", "Bearer " + RunningApi.token(role))
                .header("content-type", "application/json");
    }

    private HttpRequest.Builder post(Role role, String path, String body) {
        return request(role, path).POST(BodyPublishers.ofString(body.replace('\'', '"')));
    }

    private HttpRequest.Builder checkIn() {
        return post(Role.FACILITY, "/v1/check-ins", "{'payloads':['" + PROVIDER.pass(running.time.instant()) + "']}")
                .header("idempotency-key", UUID.randomUUID().toString());
    }

    private static HttpRequest.Builder withProof(HttpRequest.Builder request, RunningApi running, String consent) {
        return request.header(
                "DPoP",
                ProofMaker.fresh()
                        .proof(
                                FakeIssuing.HTU,
                                consent,
                                running.time.instant(),
                                UUID.randomUUID().toString()));
    }

    /** A good request to each route that waits for a store, or for the door. */
    private Map<String, HttpRequest.Builder> requests() {
        String consent = new JsonObject(running.send(post(Role.PROVIDER, "/v1/consents", "{'holder':'Q0k='}"))
                        .body())
                .getString("consent");
        String device = OpaqueId.of(new byte[16]).text();
        Map<String, HttpRequest.Builder> all = new LinkedHashMap<>();
        all.put("check-ins", checkIn());
        all.put(
                "traces",
                post(
                        Role.TRACER,
                        "/v1/traces",
                        "{'case':'7','facility':'x','from':'2021-08-01T00:00:00Z','until':'2021-08-01T01:00:00Z'}"));
        all.put(
                "signers",
                post(
                        Role.TRUST_ADMIN,
                        "/v1/signers",
                        "{'signers':[{'certificate':'"
                                + Base64.getEncoder().encodeToString(RunningApi.ISSUER.certificateDer()) + "'}]}"));
        all.put(
                "a signer",
                request(Role.TRUST_ADMIN, "/v1/signers/" + "0".repeat(32)).DELETE());
        all.put(
                "revocations",
                post(
                        Role.TRUST_ADMIN,
                        "/v1/revocations",
                        "{'revocations':[{'kind':'signature','hash':'" + HASH
                                + "','expiresAt':'2022-01-01T00:00:00Z'}]}"));
        all.put("a revocation", request(Role.TRUST_ADMIN, "/v1/revocations/1").DELETE());
        all.put(
                "records",
                post(
                        Role.REGISTRAR,
                        "/v1/records",
                        "{'records':[{'id':'a','kind':'birth_year','holder':'Q0k=','year':1990}]}"));
        all.put("consents", post(Role.PROVIDER, "/v1/consents", "{'holder':'Q0k='}"));
        all.put(
                "devices",
                withProof(post(Role.PROVIDER, "/v1/devices", "{'consent':'" + consent + "'}"), running, consent));
        all.put(
                "a certificate",
                request(Role.PROVIDER, "/v1/certificates/" + device).DELETE());
        all.put("a consent", request(Role.PROVIDER, "/v1/consents/" + device).DELETE());
        return all;
    }

    private void assertWholeAgain() {
        for (Api.Part part : Api.Part.values()) {
            RunningApi.until(() -> running.api.bytesUnderWay(part) == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Mood.class)
    void everyRoute_isAnswered_whateverItsSideDoes(Mood mood) {
        Map<String, HttpRequest.Builder> requests = requests();
        running.authority.mood = mood;
        running.issuing.mood = mood;
        running.doors.mood = mood;
        try (CapturedLogs logs = new CapturedLogs()) {
            if (mood == Mood.SILENT) {
                // The patience of the route is that of the store and the usual one.
                requests.remove("traces");
            }
            requests.forEach((name, request) -> {
                HttpResponse<String> response = running.send(request);
                if (mood == Mood.ANSWERS) {
                    assertThat(response.statusCode()).as(name).isLessThan(500);
                } else {
                    assertThat(response.statusCode()).as(name).isIn(500, 503);
                    assertThat(response.body())
                            .as(name)
                            .contains("urn:passgate:problem")
                            .doesNotContain("CANARY");
                }
            });
            assertThat(logs.lines()).noneMatch(line -> line.contains("CANARY"));
        }
        assertWholeAgain();
    }

    @Test
    void anAnswerThatCannotBeWritten_isAFault_andTheRoomIsWholeAgain() {
        running.doors.trace = new Traces.Trace.Found(Map.of("\ud800", List.of()), 0);
        HttpResponse<String> response = running.send(post(
                Role.TRACER,
                "/v1/traces",
                "{'case':'7','facility':'x','from':'2021-08-01T00:00:00Z','until':'2021-08-01T01:00:00Z'}"));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("gateway-fault");
        assertWholeAgain();
    }

    /** Header fields and texts as nobody sends them by accident. */
    private List<HttpRequest.Builder> odd() {
        List<HttpRequest.Builder> all = new ArrayList<>();
        for (String language : List.of("-", ";", "--", ",", "*", "q=", "en;q=x", "-;-", "en-", "=;=", "\u00e9", "")) {
            all.add(checkIn().header("accept-language", language));
        }
        for (String accept : List.of("-", ";", "/", "*", ",", "a/", "/b", "image/png;q=x", "a/b/c", ";;")) {
            all.add(post(Role.PROVIDER, "/v1/passes", "{}").header("accept", accept));
        }
        for (String text :
                List.of("\\ud800", "\\udc00", "\\udc00\\ud800", "x\\u0000y", "\\ud83d", "\\uffff", "\u202e")) {
            all.add(post(
                    Role.TRACER,
                    "/v1/traces",
                    "{'case':'7','facility':'" + text
                            + "','from':'2021-08-01T00:00:00Z','until':'2021-08-01T01:00:00Z'}"));
            all.add(post(Role.VERIFIER, "/v1/verifications", "{'payloads':['" + text + "'],'policy':'" + text + "'}"));
            all.add(post(
                    Role.REGISTRAR,
                    "/v1/records",
                    "{'records':[{'id':'" + text + "','kind':'test','holder':'Q0k=','type':'" + text
                            + "','testedAt':'2021-08-01T00:00:00Z','result':'" + text + "'}]}"));
            all.add(post(Role.PROVIDER, "/v1/consents", "{'holder':'" + text + "','scope':['" + text + "']}"));
            all.add(post(Role.TRUST_ADMIN, "/v1/signers", "{'signers':[{'certificate':'" + text + "'}]}"));
            all.add(post(Role.REGISTRAR, "/v1/records", "{'records':[{'" + text + "':1}]}"));
        }
        for (String time : List.of("-999999999-01-01", "+999999999-12-31", "0000-01-01", "+10000-01-01")) {
            all.add(post(
                    Role.TRACER,
                    "/v1/traces",
                    "{'case':'7','facility':'x','from':'" + time + "T00:00:00Z','until':'" + time + "T01:00:00Z'}"));
            all.add(post(
                    Role.REGISTRAR,
                    "/v1/records",
                    "{'records':[{'id':'a','kind':'exemption','holder':'Q0k=','until':'" + time + "'}]}"));
        }
        return all;
    }

    @Test
    void oddRequests_areAnswered_andLeaveTheRoomWhole() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            odd().forEach(request -> answers.add(running.sendAsync(request)));
        }
        assertThat(answers).hasSizeGreaterThan(200);
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).isIn(200, 400, 406, 500, 503);
        }
        assertWholeAgain();
        RunningApi.until(() -> running.send(checkIn()).statusCode() == 200);
    }

    @Test
    void textsThatNoStoreCanKeep_areMalformed_inEveryMemberOfEveryBody() {
        for (String text : List.of("\\ud800", "\\udc00\\ud800", "x\\u0000y", "\\ud83dx")) {
            for (HttpRequest.Builder request : List.of(
                    post(
                            Role.TRACER,
                            "/v1/traces",
                            "{'case':'7','facility':'" + text
                                    + "','from':'2021-08-01T00:00:00Z','until':'2021-08-01T01:00:00Z'}"),
                    post(Role.VERIFIER, "/v1/verifications", "{'payloads':['x'],'policy':'" + text + "'}"),
                    post(
                            Role.REGISTRAR,
                            "/v1/records",
                            "{'records':[{'id':'" + text + "','kind':'birth_year','holder':'Q0k=','year':1990}]}"),
                    post(
                            Role.PROVIDER,
                            "/v1/certificates",
                            "{'consent':'" + OpaqueId.of(new byte[16]).text()
                                    + "','birthDate':'1990','name':{'family':'" + text
                                    + "','familyTransliterated':'A','givenTransliterated':'B'}}"))) {
                HttpResponse<String> response = running.send(request);
                assertThat(response.statusCode()).as(text).isEqualTo(400);
                assertThat(response.body()).contains("malformed-request");
            }
        }
        assertThat(running.doors.asked).isEmpty();
        assertThat(running.issuing.changes).isEmpty();
    }
}
