package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.api.RawConnection;
import io.passgate.testing.api.RunningApi;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code POST /v1/verifications} answers to good requests. */
final class VerificationsTest {
    private static final String GOOD = RunningApi.ISSUER.card(CardSpec.vaccination());
    private static final String ACCEPTED =
            "{\"verdict\":\"accepted\",\"validUntil\":\"2022-07-12T00:00:00Z\",\"format\":\"eu-dcc\""
                    + ",\"text\":\"유효한 QR 코드입니다.\"}";
    private static final String NO_CREDENTIAL =
            said("{\"verdict\":\"refused\",\"reason\":\"not_a_credential\"", "이 코드는 증명서가 아닙니다.");
    private static final String NOT_GENUINE =
            said("{\"verdict\":\"refused\",\"reason\":\"signature_invalid\",\"format\":\"eu-dcc\"", "진짜가 아닌 QR 코드입니다.");
    private static final String UNREADABLE = said(
            "{\"verdict\":\"refused\",\"reason\":\"base45_invalid\",\"format\":\"hcert\"",
            "읽을 수 없는 QR 코드입니다. QR 코드를 다시 보여 주세요.");
    private static final String STALE = said(
            "{\"verdict\":\"indeterminate\",\"reason\":\"trust_stale\",\"format\":\"eu-dcc\"",
            "지금은 확인할 수 없습니다. 방문자의 잘못이 아닙니다. 잠시 후 다시 시도해 주세요.");

    private static final RunningApi RUNNING = RunningApi.open();

    @AfterAll
    static void stop() {
        RUNNING.close();
    }

    /** A result with its sentence. */
    private static String said(String result, String text) {
        return result + ",\"text\":\"" + text + "\"}";
    }

    private static void assertAnswer(String body, String expected) {
        HttpResponse<String> response = RUNNING.post(body);
        assertThat(response.body()).isEqualTo(expected);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    }

    private static String results(String... results) {
        return "{\"results\":[" + String.join(",", results) + "]}";
    }

    @Test
    void eachPayload_getsItsResult_inOrder() {
        String broken = TestCards.withBrokenSignature(GOOD);
        assertAnswer(
                "{\"payloads\":[\"" + GOOD + "\",\"x\",\"" + broken + "\",\"HC1:%\",\"\",\"" + GOOD + "\"]}",
                results(ACCEPTED, NO_CREDENTIAL, NOT_GENUINE, UNREADABLE, NO_CREDENTIAL, ACCEPTED));
    }

    @Test
    void aPayloadMayBeEscaped_asJsonAllows() {
        StringBuilder escaped = new StringBuilder();
        GOOD.chars().forEach(character -> escaped.append(String.format("\\u%04x", character)));
        assertAnswer("{\"payloads\":[\"" + escaped + "\"]}", results(ACCEPTED));
        assertAnswer("{\"payloads\":[\"" + GOOD.replace("/", "\\/") + "\"]}", results(ACCEPTED));
        assertAnswer(" {\n\t\"\\u0070ayloads\" : [ \"" + GOOD + "\" ] }\r\n", results(ACCEPTED));
    }

    /** As scanners deliver it: typed, with the key that ends a line, or read from a file of another system. */
    @Test
    void blanksAroundAPayload_areTakenOff_howeverJsonWritesThem() {
        for (String blanks : List.of(
                " ",
                "\\n",
                "\\r",
                "\\r\\n",
                "\\t ",
                "\\u000a",
                "\\u0020",
                "\\ufeff",
                "\\uFEFF\\r\\n",
                "\\u00a0",
                "\ufeff",
                "\u00a0 ")) {
            for (String text : List.of(blanks + GOOD, GOOD + blanks, blanks + GOOD + blanks)) {
                assertAnswer("{\"payloads\":[\"" + text + "\",\"x\"]}", results(ACCEPTED, NO_CREDENTIAL));
            }
        }
    }

    @Test
    void blanksInsideAPayload_areAnError() {
        for (String blank : List.of("\\n", "\\t", "\\ufeff", "\u00a0", "\\u3000")) {
            assertAnswer(
                    "{\"payloads\":[\"" + GOOD.substring(0, 30) + blank + GOOD.substring(30) + "\"]}",
                    results(UNREADABLE));
        }
    }

    @Test
    void aCharacterOutsideAscii_isNotTakenForAnother() {
        // U+0148, U+0248 and so on have the low byte of H.
        assertAnswer("{\"payloads\":[\"" + GOOD.replace('H', '\u0148') + "\"]}", results(NO_CREDENTIAL));
        assertAnswer("{\"payloads\":[\"\uD83D\uDE00\",\"\\ud83d\"]}", results(NO_CREDENTIAL, NO_CREDENTIAL));
        String inside = GOOD.substring(0, 20) + (char) (GOOD.charAt(20) + 0x100) + GOOD.substring(21);
        assertAnswer("{\"payloads\":[\"" + inside + "\"]}", results(UNREADABLE));
    }

    @Test
    void asManyPayloadsAsAllowed_areJudged() {
        String body = RUNNING.post(RunningApi.payloads(1_024)).body();
        assertThat(body.split("not_a_credential", -1)).hasSize(1_025);
    }

    @Test
    void aMediaTypeWithParameters_isFine() {
        for (String type : new String[] {
            "application/json; charset=utf-8",
            "Application/JSON",
            "application/json;charset=UTF-8",
            "application/json ;x=y"
        }) {
            HttpResponse<String> response = RUNNING.send(RUNNING.post(BodyPublishers.ofString(RunningApi.payloads(1)))
                    .setHeader("content-type", type));
            assertThat(response.statusCode()).as(type).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-GB, ko;q=0.5|en|This code is not a certificate.",
                "fr|ko|이 코드는 증명서가 아닙니다.",
                "en;q=1e9,-,;q=|ko|이 코드는 증명서가 아닙니다."
            })
    void theSentence_isInTheLanguageThatIsAskedFor(String asked, String language, String text) {
        HttpResponse<String> response =
                RUNNING.send(RUNNING.post(BodyPublishers.ofString("{\"payloads\":[\"https://example.com/menu\"]}"))
                        .header("accept-language", asked));
        assertThat(response.body())
                .isEqualTo(results(said("{\"verdict\":\"refused\",\"reason\":\"not_a_credential\"", text)));
        assertThat(response.headers().firstValue("content-language")).hasValue(language);
        assertThat(response.headers().allValues("vary")).contains("accept-language");
    }

    @Test
    void aStaleTrustList_isIndeterminate() {
        TrustSnapshot before = RUNNING.trust;
        try {
            RUNNING.trust = new TrustSnapshot(TrustList.empty(), RunningApi.NOON, RunningApi.NOON);
            assertAnswer("{\"payloads\":[\"" + GOOD + "\"]}", results(STALE));
        } finally {
            RUNNING.trust = before;
        }
    }

    @Test
    void aConnection_isGoodForTheNextRequest_afterAProblem() throws IOException {
        String token = RunningApi.token(Role.VERIFIER);
        String body = RunningApi.payloads(2);
        String good = RawConnection.headers(token, "content-length: " + body.length()) + body;
        try (RawConnection connection = new RawConnection(RUNNING.port)) {
            String unread = RawConnection.headers("wrong", "content-length: " + body.length()) + body;
            connection.say(unread + good + unread + good);
            assertThat(connection.status()).isEqualTo(401);
            assertThat(connection.status()).isEqualTo(200);
            assertThat(connection.status()).isEqualTo(401);
            assertThat(connection.status()).isEqualTo(200);
        }
    }
}
