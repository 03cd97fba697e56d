package io.passgate.demo.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.testing.RawAnswer;
import io.passgate.testing.browser.PhoneStage;
import io.passgate.testing.gateway.IssuingGateways;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider's side of the phone: whom it answers, what it takes, and what it says when the gateway does not. */
final class PhoneTest {
    private static final String CONSENT = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String PROOF = "a.b-_.c";
    private static final List<String> ALL =
            List.of("people", "doses", "consents", "withdrawals", "devices", "passes", "certificates");

    private ScriptedIssuing gateway;
    private RunningPhone phone;

    @BeforeEach
    void start() throws IOException {
        gateway = new ScriptedIssuing();
        phone = RunningPhone.start(PhoneStage.plan(gateway.port()));
    }

    @AfterEach
    void stop() {
        phone.close();
        gateway.close();
    }

    private RawAnswer send(String head, String body) throws IOException {
        String length = "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n";
        return RawAnswer.to(phone.port(), head + length + "\r\n" + body).orElseThrow();
    }

    private String own() {
        return "127.0.0.1:" + phone.port();
    }

    private static String head(String what, String host, String more) {
        return "POST /phone/" + what + " HTTP/1.1\r\nHost: " + host + "\r\n" + more;
    }

    private static String origin(String origin) {
        return "Origin: " + origin + "\r\nContent-Type: application/json\r\n";
    }

    private RawAnswer ask(String what, JsonObject body, String... proofs) throws IOException {
        StringBuilder more = new StringBuilder(origin("http://" + own()));
        for (String proof : proofs) {
            more.append("DPoP: ").append(proof).append("\r\n");
        }
        return send(head(what, own(), more.toString()), body.encode());
    }

    private static String problem(RawAnswer answer) {
        return new JsonObject(answer.body()).getString("problem");
    }

    private String person() throws IOException {
        RawAnswer made = ask("people", new JsonObject());
        assertThat(made.status()).isEqualTo(200);
        return new JsonObject(made.body()).getString("person");
    }

    private String consenting() throws IOException {
        String person = person();
        gateway.says(201, "{\"consent\":\"" + CONSENT + "\"}");
        assertThat(ask("consents", at(person).put("scope", "all")).status()).isEqualTo(200);
        var _ = gateway.asked();
        return person;
    }

    private static JsonObject at(String person) {
        return new JsonObject().put("person", person).put("provider", "kakao");
    }

    @Test
    void everyAnswer_isNotToBeKept_andHasNoToken() throws IOException {
        String person = consenting();
        gateway.says(200, "{}");
        for (String what : ALL) {
            RawAnswer answer = ask(what, at(person).put("scope", "all"), PROOF);
            assertThat(answer.headers())
                    .as(what)
                    .containsEntry("cache-control", "no-store")
                    .containsEntry("x-content-type-options", "nosniff")
                    .doesNotContainKey("access-control-allow-origin");
            assertThat(answer.headers() + answer.body()).doesNotContain("token-of");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "null", "http://127.0.0.1:1", "https://OWN", "http://OWN.evil.example"})
    void aPostOfAnotherPage_isRefused_beforeAnythingIsDone(String other) throws IOException {
        for (String what : ALL) {
            String origin = origin(other.replace("OWN", own()));
            RawAnswer answer = send(head(what, own(), origin), "{}");
            assertThat(answer.status()).as(what).isEqualTo(403);
            assertThat(problem(answer)).isEqualTo("another-page");
        }
        assertThat(gateway.asked()).isEmpty();
    }

    @Test
    void aPostWithoutAnOrigin_orWithTwo_isRefused() throws IOException {
        String json = "Content-Type: application/json\r\n";
        assertThat(send(head("people", own(), json), "{}").status()).isEqualTo(403);
        String twice = "Origin: http://" + own() + "\r\n";
        assertThat(send(head("people", own(), json + twice + twice), "{}").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:PORT"})
    void aNameThatWasMadeToLeadHere_isNotAnswered(String name) throws IOException {
        String host = name.replace("PORT", Integer.toString(phone.port()));
        for (String path : List.of("/phone", "/web/x/phone.js", "/phone/people")) {
            RawAnswer page = RawAnswer.to(phone.port(), "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .orElseThrow();
            assertThat(page.status()).as(path).isEqualTo(421);
        }
        assertThat(send(head("people", host, origin("http://" + host)), "{}").status())
                .isEqualTo(421);
    }

    @Test
    void localhost_isThisMachineToo() throws IOException {
        String host = "localhost:" + phone.port();
        assertThat(send(head("people", host, origin("http://" + host)), "{}").status())
                .isEqualTo(200);
        assertThat(send(head("people", host, origin("http://" + own())), "{}").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
    void onlyJsonIsTaken(String type) throws IOException {
        String headers = "Origin: http://" + own() + "\r\nContent-Type: " + type + "\r\n";
        assertThat(send(head("people", own(), headers), "{}").status()).isEqualTo(415);
    }

    @Test
    void otherMethods_areNotTaken() throws IOException {
        for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS")) {
            RawAnswer answer = RawAnswer.to(
                            phone.port(), method + " /phone/people HTTP/1.1\r\nHost: " + own() + "\r\n\r\n")
                    .orElseThrow();
            assertThat(answer.status()).as(method).isEqualTo(405);
        }
    }

    @Test
    void aBodyOfFourKilobytes_isTaken_andNoLargerOne() throws IOException {
        JsonObject body = new JsonObject().put("filling", "");
        int room = 4_096 - body.encode().length();
        assertThat(ask("people", body.put("filling", "x".repeat(room))).status())
                .isEqualTo(200);
        assertThat(ask("people", body.put("filling", "x".repeat(room + 1))).status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "7", "{", "{\"firstDose\":-1}", "{\"firstDose\":3651}", "{\"firstDose\":\"3\"}"
            })
    void whatThePageNeverSends_isMalformed(String body) throws IOException {
        RawAnswer answer = send(head("people", own(), origin("http://" + own())), body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(problem(answer)).isEqualTo("malformed");
        assertThat(gateway.asked()).isEmpty();
    }

    @Test
    void aProviderOrScopeThatIsNone_isMalformed() throws IOException {
        String person = person();
        assertThat(problem(ask("consents", at(person).put("scope", "some")))).isEqualTo("malformed");
        assertThat(problem(
                        ask("consents", at(person).put("provider", "registrar").put("scope", "all"))))
                .isEqualTo("malformed");
        assertThat(problem(ask("consents", at(person).put("provider", 7).put("scope", "all"))))
                .isEqualTo("malformed");
        assertThat(gateway.asked()).isEmpty();
    }

    @Test
    void somebodyWhoIsNotKnown_isToldSo() throws IOException {
        for (String unknown : List.of(CONSENT, "nobody", "")) {
            RawAnswer answer = ask("consents", at(unknown).put("scope", "all"));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(problem(answer)).isEqualTo("person-unknown");
        }
    }

    @Test
    void consents_areAskedForInTheProvidersName_andItsPersonIsInNoAddress() throws IOException {
        String person = person();
        gateway.says(201, "{\"consent\":\"" + CONSENT + "\"}");
        RawAnswer given = ask("consents", at(person).put("scope", "entry"));
        assertThat(new JsonObject(given.body()).getString("htu")).isEqualTo(IssuingGateways.htu("kakao"));
        assertThat(gateway.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.line()).isEqualTo("POST /v1/consents");
            assertThat(asked.authorization()).isEqualTo("Bearer " + IssuingGateways.token("kakao"));
            JsonObject body = new JsonObject(asked.body());
            assertThat(body.getJsonArray("scope")).isEqualTo(new JsonArray());
            assertThat(body.getString("holder")).hasSize(88).doesNotContain(person);
        });
        assertThat(given.body()).doesNotContain("holder");
    }

    @Test
    void aProof_isPassedOnAsItIs_andWithoutOneNobodyIsAsked() throws IOException {
        String person = consenting();
        gateway.says(201, "{\"device\":\"x\",\"replaced\":false}");
        assertThat(ask("devices", at(person), PROOF).status()).isEqualTo(200);
        assertThat(gateway.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.proofs()).containsExactly(PROOF));
        for (String what : List.of("devices", "passes", "certificates")) {
            assertThat(problem(ask(what, at(person)))).isEqualTo("proof-missing");
            assertThat(problem(ask(what, at(person), PROOF, PROOF))).isEqualTo("proof-invalid");
            assertThat(problem(ask(what, at(person), "a b"))).isEqualTo("proof-invalid");
            assertThat(problem(ask(what, at(person), "x".repeat(2_049)))).isEqualTo("proof-invalid");
        }
        assertThat(gateway.asked()).isEmpty();
    }

    @Test
    void withoutAConsent_thereIsNothing() throws IOException {
        String person = person();
        for (String what : List.of("withdrawals", "devices", "passes", "certificates")) {
            RawAnswer answer = ask(what, at(person), PROOF);
            assertThat(answer.status()).as(what).isEqualTo(404);
            assertThat(problem(answer)).isEqualTo("consent-unknown");
        }
        assertThat(gateway.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"proof-late,403", "device-key-mismatch,403", "consent-unknown,404", "nothing-to-certify,422"})
    void whatIsTheMatterWithThePhone_isTold(String problem, int status) throws IOException {
        String person = consenting();
        gateway.says(status, "{\"type\":\"urn:passgate:problem:" + problem + "\"}");
        RawAnswer answer = ask("passes", at(person), PROOF);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(problem(answer)).isEqualTo(problem);
        assertThat(answer.headers()).doesNotContainKey("retry-after");
        assertThat(new JsonObject(answer.body()).getLong("now")).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"401,unauthenticated", "403,forbidden", "429,too-many-requests", "500,gateway-fault", "503,overloaded"})
    void aFaultOfOurs_isNeverThePersons(int status, String problem) throws IOException {
        String person = consenting();
        gateway.says(status, "{\"type\":\"urn:passgate:problem:" + problem + "\"}", "3");
        for (String what : List.of("passes", "devices", "certificates", "withdrawals")) {
            RawAnswer answer = ask(what, at(person), PROOF);
            assertThat(answer.status()).as(what).isEqualTo(503);
            assertThat(problem(answer)).isEqualTo("try-again");
            assertThat(answer.headers()).containsEntry("retry-after", "3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "{", "<html></html>", "{}", "[]", ""})
    void anAnswerThatIsNone_isNotKnowing(String garbled) throws IOException {
        String person = consenting();
        gateway.says(200, garbled);
        assertThat(problem(ask("passes", at(person), PROOF))).isEqualTo("try-again");
    }

    @Test
    void aGatewayThatIsAway_isNotKnowing_andAWaitIsWithinBounds() throws IOException {
        String person = consenting();
        gateway.says(503, "{}", "9999");
        assertThat(ask("passes", at(person), PROOF).headers()).containsEntry("retry-after", "5");
        gateway.close();
        RawAnswer answer = ask("passes", at(person), PROOF);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(problem(answer)).isEqualTo("try-again");
        assertThat(answer.headers()).containsEntry("retry-after", "1");
    }

    @Test
    void aConsentThatIsGoneAlready_isWithdrawn() throws IOException {
        String person = consenting();
        gateway.says(404, "{\"type\":\"urn:passgate:problem:consent-unknown\"}");
        assertThat(ask("withdrawals", at(person)).status()).isEqualTo(200);
        assertThat(gateway.asked())
                .extracting(ScriptedIssuing.Asked::line)
                .containsExactly("DELETE /v1/consents/" + CONSENT);
        assertThat(problem(ask("passes", at(person), PROOF))).isEqualTo("consent-unknown");
    }

    @Test
    void dosesAreGivenOneAfterTheOther_andOnesThatFailedCanBeSentAgain() throws IOException {
        gateway.says(200, "{\"records\":[{}]}");
        RawAnswer made = ask("people", new JsonObject().put("firstDose", 3));
        JsonObject person = new JsonObject().put("person", new JsonObject(made.body()).getString("person"));
        assertThat(new JsonObject(made.body()).getInteger("recorded")).isEqualTo(1);
        assertThat(problem(ask("doses", person.copy().put("daysAgo", 20)))).isEqualTo("no-such-dose");
        assertThat(problem(ask("doses", person.copy().put("daysAgo", 3)))).isEqualTo("no-such-dose");
        gateway.says(503, "{}");
        assertThat(problem(ask("doses", person.copy().put("daysAgo", 0)))).isEqualTo("try-again");
        gateway.says(200, "{\"records\":[{}]}");
        assertThat(ask("doses", person.copy().put("daysAgo", 0)).status()).isEqualTo(200);
        assertThat(problem(ask("doses", person.copy().put("daysAgo", 0)))).isEqualTo("no-such-dose");
        List<JsonObject> records = gateway.asked().stream()
                .map(asked ->
                        new JsonObject(asked.body()).getJsonArray("records").getJsonObject(0))
                .toList();
        assertThat(records).extracting(record -> record.getInteger("dose")).containsExactly(1, 2, 2);
        assertThat(records.get(1).getString("id"))
                .isEqualTo(records.get(2).getString("id"))
                .isNotEqualTo(records.get(0).getString("id"));
    }

    @Test
    void aPersonWhoseFirstDoseIsNotRecorded_isNotMade() throws IOException {
        gateway.says(503, "{}");
        RawAnswer answer = ask("people", new JsonObject().put("firstDose", 3));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("person\"");
    }

    @Test
    void aHeadThatIsTooLarge_isRefused() throws IOException {
        String large = origin("http://" + own()) + "X-Filling: " + "x".repeat(20_000) + "\r\n";
        assertThat(send(head("people", own(), large), "{}").status()).isEqualTo(431);
    }

    @Test
    void aPortThatIsTaken_isNamed() {
        PhonePlan same = new PhonePlan(
                phone.port(),
                URI.create("http://127.0.0.1:1"),
                PhoneStage.plan(1).tokens(),
                "registrar",
                PhoneStage.plan(1).providers(),
                PhoneStage.plan(1).clock());
        assertThatThrownBy(() -> RunningPhone.start(same))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("port " + phone.port() + " of /phone");
    }

    @Test
    void aPlan_needsATokenOfEverybody_andSaysNone() {
        PhonePlan plan = PhoneStage.plan(1);
        assertThat(plan.toString()).doesNotContain("token-of");
        assertThatThrownBy(
                        () -> new PhonePlan(0, plan.issuing(), plan.tokens(), "nobody", plan.providers(), plan.clock()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
