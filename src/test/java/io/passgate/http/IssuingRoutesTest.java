package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.dpop.ProofMaker;
import io.passgate.issuance.ConsentScope;
import io.passgate.issuance.ConsentState;
import io.passgate.model.OpaqueId;
import io.passgate.registry.HealthRecord;
import io.passgate.registry.RecordChange;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.api.FakeIssuing;
import io.passgate.testing.api.Mood;
import io.passgate.testing.api.RunningApi;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What registrars and providers send, and what is said of a request that cannot be carried out. */
final class IssuingRoutesTest {
    private static final String DOSE =
            "'id':'a','kind':'immunization','holder':'Q0k=','product':'EU/1/20/1528','dose':1,'of':2,'date':'2021-06-01'";

    private final RunningApi running = RunningApi.open();

    @AfterEach
    void close() {
        running.close();
    }

    private HttpRequest.Builder request(Role role, String path) {
        return running.request(path)
                .header("authorization", "Bearer " + RunningApi.token(role))
                .header("content-type", "application/json");
    }

    /** Single quotes stand for double ones. */
    private HttpResponse<String> post(Role role, String path, String body) {
        return running.send(request(role, path).POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private HttpResponse<String> records(String... records) {
        return post(Role.REGISTRAR, "/v1/records", "{'records':[{" + String.join("},{", records) + "}]}");
    }

    private HttpResponse<String> delete(String path) {
        return running.send(request(Role.PROVIDER, path).DELETE());
    }

    private static String problem(HttpResponse<String> response) {
        String type = new JsonObject(response.body()).getString("type", "none");
        return type.substring(type.lastIndexOf(':') + 1);
    }

    private static String detail(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("detail", "");
    }

    private String consent() {
        HttpResponse<String> given = post(Role.PROVIDER, "/v1/consents", "{'holder':'Q0k='}");
        return new JsonObject(given.body()).getString("consent");
    }

    @Test
    void everyKindOfRecord_isTaken_withTheHolderMadeUnreadable() {
        HttpResponse<String> answer = records(
                DOSE,
                "'id':'b','revision':7,'kind':'recovery','holder':'Q0k=','positiveOn':'2021-03-01','releasedOn':'2021-03-11',"
                        + "'country':'US'",
                "'id':'c','kind':'test','holder':'Q0k=','type':'LP6464-4','testedAt':'2021-07-01T00:00:00Z',"
                        + "'result':'260415000'",
                "'id':'d','kind':'exemption','holder':'Q0k='",
                "'id':'e','kind':'exemption','holder':'Q0k=','until':'2021-12-31'",
                "'id':'f','kind':'birth_year','holder':'Q0k=','year':1985",
                "'id':'g','revision':2,'kind':'deleted'");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getJsonArray("records"))
                .hasSize(7)
                .contains(new JsonObject().put("id", "a").put("outcome", "created"))
                .endsWith(new JsonObject().put("id", "g").put("outcome", "deleted"));
        List<Optional<HealthRecord>> entries = running.issuing.changes.stream()
                .map(change -> change.content().map(RecordChange.Content::healthRecord))
                .toList();
        assertThat(entries)
                .containsExactly(
                        Optional.of(
                                new HealthRecord.Immunization("EU/1/20/1528", 1, 2, LocalDate.of(2021, 6, 1), "KR")),
                        Optional.of(
                                new HealthRecord.Recovery(LocalDate.of(2021, 3, 1), LocalDate.of(2021, 3, 11), "US")),
                        Optional.of(new HealthRecord.Test(
                                "LP6464-4", Instant.parse("2021-07-01T00:00:00Z"), "260415000", "KR")),
                        Optional.of(new HealthRecord.Exemption(Optional.empty())),
                        Optional.of(new HealthRecord.Exemption(Optional.of(LocalDate.of(2021, 12, 31)))),
                        Optional.of(new HealthRecord.BirthYear(1985)),
                        Optional.empty());
        assertThat(running.issuing.changes.get(1).revision()).isEqualTo(7);
        assertThat(running.issuing.changes.getFirst().content().orElseThrow().holder())
                .isEqualTo(running.issuing.pepper.holder("Q0k="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'id':'a','kind':'CANARY','holder':'Q0k='",
                "'id':'CANARY CANARY','kind':'exemption','holder':'Q0k='",
                "'id':'a','kind':'exemption','holder':''",
                "'id':'a','kind':'exemption','holder':'CANARY CANARY'",
                "'id':'a','kind':'exemption'",
                "'kind':'exemption','holder':'Q0k='",
                "'id':'a','holder':'Q0k='",
                "'id':'a','kind':'exemption','holder':'Q0k=','CANARY':1",
                "'id':'a','kind':'exemption','holder':'Q0k=','until':'CANARY'",
                "'id':'a','kind':'exemption','holder':'Q0k=','revision':0",
                "'id':'a','kind':'exemption','holder':'Q0k=','revision':1.5",
                "'id':'a','kind':'exemption','holder':'Q0k=','revision':99999999999",
                "'id':'a','kind':'birth_year','holder':'Q0k=','year':1899",
                "'id':'a','kind':'birth_year','holder':'Q0k=','year':'CANARY'",
                "'id':'a','kind':'birth_year','holder':'Q0k='",
                "'id':'a','kind':'immunization','holder':'Q0k=','product':'x','dose':0,'of':2,'date':'2021-06-01'",
                "'id':'a','kind':'immunization','holder':'Q0k=','product':'x','dose':1,'of':2,'date':'2021-02-30'",
                "'id':'a','kind':'immunization','holder':'Q0k=','product':'CANARY!','dose':1,'of':2,'date':'2021-06-01'",
                "'id':'a','kind':'recovery','holder':'Q0k=','positiveOn':'2021-03-02','releasedOn':'2021-03-01'",
                "'id':'a','kind':'test','holder':'Q0k=','type':'x','testedAt':'2021-07-01','result':'y'",
                "'id':'a','kind':'deleted','holder':'Q0k='"
            })
    void oneWrongRecord_isNamed_andNothingIsDone(String wrong) {
        HttpResponse<String> answer = records("'id':'z','kind':'exemption','holder':'Q0k='", wrong);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(detail(answer)).contains("records[1]").doesNotContain("CANARY");
        assertThat(running.issuing.changes).isEmpty();
    }

    @Test
    void theSameRecordTwice_isRefused_andSoIsOneMoreThanAThousand() {
        assertThat(detail(records(DOSE, DOSE))).contains("records[1]", "twice");
        String[] thousand = IntStream.range(0, 1_000)
                .mapToObj(i -> "'id':'" + i + "','kind':'deleted'")
                .toArray(String[]::new);
        assertThat(post(
                                Role.REGISTRAR,
                                "/v1/records",
                                "{'records':[" + String.join(",", Collections.nCopies(1_001, "1")) + "]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(records(thousand).statusCode()).isIn(200, 413);
    }

    @Test
    void aConsent_isOnePerHolder_withTheScopeThatIsGiven() {
        HttpResponse<String> first = post(Role.PROVIDER, "/v1/consents", "{'holder':'Q0k='}");
        assertThat(first.statusCode()).isEqualTo(201);
        JsonObject given = new JsonObject(first.body());
        assertThat(given.getJsonArray("scope")).containsExactly("vaccination", "recovery", "test", "exemption", "age");
        HttpResponse<String> again =
                post(Role.PROVIDER, "/v1/consents", "{'holder':'Q0k=','scope':['age'],'at':'2021-06-01T00:00:00Z'}");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(again.body()).getString("consent")).isEqualTo(given.getString("consent"));
        OpaqueId id = OpaqueId.ofText(given.getString("consent")).orElseThrow();
        assertThat(running.issuing.standings.get(id))
                .extracting(ConsentState::scope)
                .isEqualTo(EnumSet.of(ConsentScope.AGE));
        assertThat(delete("/v1/consents/" + given.getString("consent")).statusCode())
                .isEqualTo(204);
        assertThat(problem(delete("/v1/consents/" + given.getString("consent"))))
                .isEqualTo("consent-unknown");
        assertThat(problem(delete("/v1/consents/CANARY"))).isEqualTo("consent-unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'holder':7}",
                "{'holder':'Q0k=','scope':'CANARY'}",
                "{'holder':'Q0k=','scope':['CANARY']}",
                "{'holder':'Q0k=','scope':[1]}",
                "{'holder':'Q0k=','scope':['age','age','age','age','age','age']}",
                "{'holder':'Q0k=','at':'CANARY'}",
                "{'holder':'Q0k=','at':'2999-01-01T00:00:00Z'}",
                "{'holder':'Q0k=','at':'2018-12-31T23:59:59Z'}",
                "{'holder':'Q0k=','at':'-1000000000-01-01T00:00:00Z'}",
                "{'holder':'Q0k=','CANARY':1}"
            })
    void aConsentThatCannotBeRead_isRefused(String body) {
        HttpResponse<String> answer = post(Role.PROVIDER, "/v1/consents", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("CANARY");
        assertThat(running.issuing.standings).isEmpty();
    }

    private HttpResponse<String> withProof(String path, String body, ProofMaker phone, String consent) {
        String proof = phone.proof(
                FakeIssuing.HTU,
                consent,
                running.time.instant(),
                UUID.randomUUID().toString());
        return running.send(request(Role.PROVIDER, path)
                .header("DPoP", proof)
                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    @Test
    void aDevice_isRegisteredByItsOwnProof() {
        String consent = consent();
        ProofMaker phone = ProofMaker.fresh();
        String body = "{'consent':'" + consent + "'}";
        assertThat(problem(post(Role.PROVIDER, "/v1/devices", body))).isEqualTo("proof-missing");
        HttpResponse<String> registered = withProof("/v1/devices", body, phone, consent);
        assertThat(registered.statusCode()).isEqualTo(201);
        assertThat(new JsonObject(registered.body()))
                .isEqualTo(
                        new JsonObject().put("device", phone.key().thumbprint()).put("replaced", false));
        assertThat(problem(withProof("/v1/devices", "{}", phone, consent))).isEqualTo("malformed-request");
        String other = OpaqueId.ofText("AAAAAAAAAAAAAAAAAAAAAA").orElseThrow().text();
        assertThat(problem(withProof("/v1/devices", "{'consent':'" + other + "'}", phone, other)))
                .isEqualTo("consent-unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "*/*, application/json",
        "image/png, image/png",
        "image/svg+xml, image/svg+xml",
        "image/*, image/png",
        "'application/json;q=0, image/png', image/png",
        "'text/html, image/svg+xml;q=0.9', image/svg+xml",
        "'image/png;q=0.1, application/json', application/json"
    })
    void aPass_comesAsWhatIsAccepted(String accept, String type) {
        HttpResponse<String> answer = running.send(
                request(Role.PROVIDER, "/v1/passes").header("accept", accept).POST(BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(200);
        HttpHeaders headers = answer.headers();
        assertThat(headers.firstValue("content-type")).hasValue(type);
        assertThat(headers.firstValue("cache-control")).hasValue("no-store");
        if (type.startsWith("image")) {
            assertThat(headers.firstValue("passgate-pass").flatMap(OpaqueId::ofText))
                    .isPresent();
            assertThat(headers.firstValue("passgate-expires")).isPresent();
        }
    }

    @Test
    void onlyAPictureThatABrowserRuns_hasAPolicy_andMayDoNothing() {
        for (String type : List.of("image/svg+xml", "image/png", "application/json")) {
            HttpHeaders headers = running.send(request(Role.PROVIDER, "/v1/passes")
                            .header("accept", type)
                            .POST(BodyPublishers.ofString("{}")))
                    .headers();
            assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(headers.firstValue("content-security-policy").orElse(""))
                    .as(type)
                    .isEqualTo(type.equals("image/svg+xml") ? "default-src 'none'; sandbox" : "");
        }
    }

    @ParameterizedTest
    @CsvSource({"199, 400", "200, 200", "1000, 200", "1001, 400"})
    void aPicturesSize_isInItsBounds(int size, int status) {
        HttpResponse<String> answer = running.send(request(Role.PROVIDER, "/v1/passes")
                .header("accept", "image/png")
                .POST(BodyPublishers.ofString("{\"size\":" + size + "}")));
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void whatNobodyAccepts_isNotAcceptable() {
        HttpResponse<String> answer = running.send(request(Role.PROVIDER, "/v1/passes")
                .header("accept", "text/html")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(post(Role.PROVIDER, "/v1/passes", "{'consent':'CANARY'}").body())
                .contains("malformed-request")
                .doesNotContain("CANARY");
        assertThat(post(Role.PROVIDER, "/v1/passes", "{'consent':null}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void certificates_areMade_keptBeforeTheyAreTold_andRevoked() {
        String consent = consent();
        ProofMaker phone = ProofMaker.fresh();
        assertThat(withProof("/v1/devices", "{'consent':'" + consent + "'}", phone, consent)
                        .statusCode())
                .isEqualTo(201);
        String body = "{'consent':'" + consent + "','birthDate':'1985-05-17','name':{'family':'홍','given':'길동',"
                + "'familyTransliterated':'HONG','givenTransliterated':'GILDONG'}}";
        HttpResponse<String> made = withProof("/v1/certificates", body, phone, consent);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonArray certificates = new JsonObject(made.body()).getJsonArray("certificates");
        assertThat(certificates).hasSize(1);
        String id = certificates.getJsonObject(0).getString("id");
        assertThat(running.issuing.certificates.getFirst().id().text()).isEqualTo(id);
        assertThat(delete("/v1/certificates/" + id).statusCode()).isEqualTo(204);
        assertThat(delete("/v1/certificates/" + id).statusCode()).isEqualTo(404);
        assertThat(delete("/v1/certificates/CANARY").statusCode()).isEqualTo(404);
        running.issuing.changedMeanwhile = true;
        assertThat(problem(withProof("/v1/certificates", body, phone, consent))).isEqualTo("changed-meanwhile");
        for (String wrong : List.of(
                body.replace("HONG", "Hong"),
                body.replace("1985-05-17", "CANARY"),
                body.replace("'family'", "'CANARY'"),
                body.replace(",'name'", ",'CANARY'"))) {
            HttpResponse<String> refused = withProof("/v1/certificates", wrong, phone, consent);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).doesNotContain("CANARY", "GILDONG", "길동");
        }
    }

    @Test
    void whatTheStoreDidNotTake_is503_withoutTheCauseInTheAnswer() {
        try (CapturedLogs logs = new CapturedLogs()) {
            running.issuing.mood = Mood.FAILS;
            HttpResponse<String> answer = records(DOSE);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(problem(answer)).isEqualTo("issuing-unavailable");
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
            assertThat(answer.body()).doesNotContain("CANARY");
            assertThat(logs.lines()).isNotEmpty().noneMatch(line -> line.contains("CANARY"));
        }
    }

    @Test
    void anOldClock_doesNotMakeAConsentOfTheFuture() {
        Instant ahead = running.time.instant().plus(Duration.ofSeconds(60));
        assertThat(post(Role.PROVIDER, "/v1/consents", "{'holder':'Q0k=','at':'" + ahead + "'}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(post(Role.PROVIDER, "/v1/consents", "{'holder':'Q0k=','at':'" + ahead.plusNanos(1) + "'}")
                        .statusCode())
                .isEqualTo(400);
    }
}
