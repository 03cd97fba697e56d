package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.checkin.CheckInResult;
import io.passgate.checkin.Traces;
import io.passgate.http.checkin.CheckInTexts;
import io.passgate.http.json.JsonBytes;
import io.passgate.http.verify.Language;
import io.passgate.model.OpaqueId;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Vaccinated;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.testing.TestProvider;
import io.passgate.testing.api.RunningApi;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/check-ins} and {@code POST /v1/traces}, as far as they go without a store. */
final class CheckInsTest {
    private static final TestProvider PROVIDER = TestProvider.named("kakao");
    private static RunningApi running;

    @BeforeAll
    static void start() {
        running = RunningApi.open();
        running.trust = TrustSnapshot.given(TrustList.of(List.of(PROVIDER.signer())));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static HttpRequest.Builder checkIn(Role role, String body) {
        return running.request("/v1/check-ins")
                .header("authorization", "Bearer " + RunningApi.token(role))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static String body(String... payloads) {
        return "{\"payloads\":[\"" + String.join("\",\"", payloads) + "\"]}";
    }

    private static JsonObject result(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body()).getJsonArray("results").getJsonObject(0);
    }

    private static String pass() {
        return PROVIDER.pass(running.time.instant());
    }

    @Test
    void aKeyOf1To64VisibleCharacters_isRequired_andNothingIsUsedWithout() {
        String pass = pass();
        assertThat(running.send(checkIn(Role.FACILITY, body(pass))).statusCode())
                .isEqualTo(400);
        for (String wrong : List.of("a b", "x".repeat(65))) {
            HttpResponse<String> refused =
                    running.send(checkIn(Role.FACILITY, body(pass)).header("idempotency-key", wrong));
            assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
            assertThat(refused.body()).contains("Idempotency-Key").doesNotContain(wrong);
        }
        for (String right : List.of("1", "~".repeat(64))) {
            assertThat(result(running.send(checkIn(Role.FACILITY, body(pass())).header("idempotency-key", right)))
                            .getString("verdict"))
                    .isEqualTo("accepted");
        }
        assertThat(result(running.send(checkIn(Role.FACILITY, body(pass)).header("idempotency-key", "late")))
                        .getString("verdict"))
                .isEqualTo("accepted");
    }

    @Test
    void theAnswersLanguage_isTheOneAskedFor_andKoreanWithout() {
        Map<String, String> asked =
                Map.of("en", "en", "en-US,ko;q=0.5", "en", "ko", "ko", "de, ko;q=0.1", "ko", "fr", "ko");
        asked.forEach((header, language) -> {
            HttpResponse<String> response = running.send(checkIn(Role.FACILITY, body(pass()))
                    .header("idempotency-key", "language")
                    .header("accept-language", header));
            assertThat(response.headers().firstValue("content-language"))
                    .as(header)
                    .hasValue(language);
            assertThat(result(response).getString("text"))
                    .isEqualTo(language.equals("en") ? "Checked in." : "출입이 확인되었습니다.");
        });
    }

    @Test
    void whatCannotBeWrittenDown_isIndeterminate_andNobodysFault() {
        running.doors.isLost = true;
        try {
            JsonObject result = result(running.send(checkIn(Role.FACILITY, body(pass()))
                    .header("idempotency-key", "lost")
                    .header("accept-language", "en")));
            assertThat(result.getString("verdict")).isEqualTo("indeterminate");
            assertThat(result.getString("reason")).isEqualTo("entry_log_unavailable");
            assertThat(result.getString("text")).contains("not the visitor's fault");
        } finally {
            running.doors.isLost = false;
        }
    }

    @Test
    void whenTooManyWaitForAStore_aRequestIsShedUnread() {
        running.doors.isFull = true;
        try {
            HttpResponse<String> shed =
                    running.send(checkIn(Role.FACILITY, body(pass())).header("idempotency-key", "full"));
            assertThat(shed.statusCode()).isEqualTo(503);
            assertThat(shed.headers().firstValue("retry-after")).isPresent();
        } finally {
            running.doors.isFull = false;
        }
    }

    /** An answer as it would be given for a verdict. */
    private static String text(Language language, Verdict verdict, Optional<Vaccinated> vaccinated) {
        VerificationResult verificationResult = new VerificationResult(
                Optional.empty(), Optional.empty(), new PolicyResult.NotAsked(), verdict, vaccinated);
        JsonBytes json = new JsonBytes(100);
        CheckInTexts.in(language).append(json, new CheckInResult(verificationResult, Optional.empty(), Set.of()));
        return json.toBuffer().toString();
    }

    @Test
    void everyReason_hasASentenceInBothLanguages_andWhatIsOurFaultIsNeverTheHolders() {
        for (Language language : Language.values()) {
            List<String> ours = new ArrayList<>();
            Set<String> theirs = new HashSet<>();
            for (Reason reason : Reason.values()) {
                boolean isOurs = reason.culprit() == Reason.Culprit.GATEWAY;
                String text = text(
                        language,
                        isOurs ? new Verdict.Indeterminate(reason) : new Verdict.Refused(reason),
                        Optional.empty());
                assertThat(text)
                        .as("%s", reason)
                        .startsWith("\"")
                        .endsWith("\"")
                        .hasSizeGreaterThan(10);
                if (isOurs) {
                    ours.add(text);
                } else {
                    theirs.add(text);
                }
            }
            assertThat(ours).isNotEmpty().noneMatch(theirs::contains);
            assertThat(ours).noneMatch(text -> text.contains("accin") || text.contains("접종"));
            Set<String> standings = new HashSet<>();
            for (boolean complete : new boolean[] {true, false}) {
                for (boolean waitOver : new boolean[] {true, false}) {
                    standings.add(text(
                            language,
                            new Verdict.Accepted(0),
                            Optional.of(new Vaccinated(complete, complete && waitOver, List.of()))));
                }
            }
            standings.add(text(language, new Verdict.Accepted(0), Optional.empty()));
            assertThat(standings).hasSize(4);
        }
    }

    private static HttpResponse<String> trace(String body) {
        return running.send(running.request("/v1/traces")
                .header("authorization", "Bearer " + RunningApi.token(Role.TRACER))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static String question(String caseNumber, Duration length) {
        return new JsonObject()
                .put("case", caseNumber)
                .put("facility", "museum")
                .put("from", RunningApi.NOON.toString())
                .put("until", RunningApi.NOON.plus(length).toString())
                .encode();
    }

    @Test
    void aTrace_isWhatWasAsked_andBoundedToADay() {
        OpaqueId pass = OpaqueId.of(new byte[16]);
        running.doors.trace = new Traces.Trace.Found(Map.of("kakao", List.of(pass)), 2);
        HttpResponse<String> found = trace(question("2021-0801-7", Duration.ofDays(1)));
        assertThat(found.statusCode()).isEqualTo(200);
        JsonObject answer = new JsonObject(found.body());
        assertThat(answer.getJsonArray("providers").encode())
                .isEqualTo("[{\"provider\":\"kakao\",\"passes\":[\"" + pass.text() + "\"]}]");
        assertThat(answer.getInteger("walletVisits")).isEqualTo(2);
        assertThat(running.doors.asked.getLast().tracer()).isEqualTo(Role.TRACER.code());
        int asked = running.doors.asked.size();
        for (String wrong : List.of(
                question("2021-0801-7", Duration.ofDays(1).plusNanos(1)),
                question("2021-0801-7", Duration.ZERO),
                question("2021-0801-7", Duration.ofHours(-1)),
                question("Hong Gildong", Duration.ofHours(1)),
                question("", Duration.ofHours(1)),
                "{}",
                "{\"case\":\"7\",\"facility\":\"museum\",\"from\":\"now\",\"until\":\"then\"}")) {
            assertThat(trace(wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(running.doors.asked).hasSize(asked);
    }

    @Test
    void tooManyVisits_orALostStore_isAProblem() {
        running.doors.trace = new Traces.Trace.TooMany();
        HttpResponse<String> many = trace(question("7", Duration.ofHours(1)));
        assertThat(many.statusCode()).isEqualTo(422);
        assertThat(many.body()).contains("too-many-visits");
        running.doors.isLost = true;
        try {
            HttpResponse<String> lost = trace(question("7", Duration.ofHours(1)));
            assertThat(lost.statusCode()).isEqualTo(503);
            assertThat(lost.body()).contains("traces-unavailable");
        } finally {
            running.doors.isLost = false;
        }
    }
}
