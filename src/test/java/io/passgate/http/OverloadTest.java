package io.passgate.http;

import static io.passgate.http.response.ProblemsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.http.response.ProblemType;
import io.passgate.http.server.ApiLimits;
import io.passgate.http.server.BodyRoom;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.api.RawConnection;
import io.passgate.testing.api.RunningApi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is shed, when, and what becomes of what was taken. */
final class OverloadTest {
    private static final String TOKEN = RunningApi.token(Role.VERIFIER);
    private static final String EXPECT = "\r\nexpect: 100-continue";

    private static void assertShed(HttpResponse<String> response, ProblemType type) {
        assertProblem(response, type);
        assertThat(response.headers().firstValue("retry-after")).get().isIn("1", "2", "3");
    }

    /** One request stands at the gate, and {@code queued} payloads wait, each in a request of its own. */
    private static List<CompletableFuture<HttpResponse<String>>> fill(RunningApi running, int queued) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        answers.add(running.postAsync(RunningApi.payloads(1)));
        running.gate.awaitArrival();
        for (int i = 0; i < queued; i++) {
            answers.add(running.postAsync(RunningApi.payloads(1)));
        }
        RunningApi.until(() -> running.engine.queued() == queued);
        return answers;
    }

    @Test
    void beyondTheQueue_everythingIsShed_andWhatWasQueuedIsAnsweredAfter() throws IOException {
        try (RunningApi running = RunningApi.gated(5)) {
            List<CompletableFuture<HttpResponse<String>>> answers = fill(running, 5);
            TreeSet<String> waits = new TreeSet<>();
            for (int i = 0; i < 40; i++) {
                HttpResponse<String> shed = running.post(RunningApi.payloads(1));
                assertShed(shed, ProblemType.OVERLOADED);
                waits.add(shed.headers().firstValue("retry-after").orElse(""));
            }
            assertThat(waits).containsExactly("1", "2", "3");
            try (RawConnection unread = new RawConnection(running.port)) {
                unread.say(RawConnection.headers(TOKEN, "content-length: 1000"));
                assertThat(unread.status()).as("before its body").isEqualTo(503);
            }
            assertThat(answers).noneMatch(CompletableFuture::isDone);
            running.gate.open();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.join().statusCode()).isEqualTo(200);
            }
            assertThat(running.post(RunningApi.payloads(1)).statusCode()).isEqualTo(200);
            assertThat(running.heard.verdicts).hasSize(7);
        }
    }

    @Test
    void aRequestThatDoesNotFit_isShed_whileASmallerOneIsTaken() {
        try (RunningApi running = RunningApi.gated(5)) {
            List<CompletableFuture<HttpResponse<String>>> answers = fill(running, 3);
            assertShed(running.post(RunningApi.payloads(3)), ProblemType.OVERLOADED);
            answers.add(running.postAsync(RunningApi.payloads(2)));
            RunningApi.until(() -> running.engine.queued() == 5);
            running.gate.open();
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        }
    }

    @Test
    void aRequestThatWaitedTooLong_isShedUnjudged() {
        try (RunningApi running = RunningApi.gated(5)) {
            List<CompletableFuture<HttpResponse<String>>> answers = fill(running, 1);
            running.time.advance(RunningApi.MAX_WAIT.plusNanos(1));
            running.gate.open();
            assertThat(answers.get(0).join().statusCode()).isEqualTo(200);
            assertShed(answers.get(1).join(), ProblemType.OVERLOADED);
            assertThat(running.heard.verdicts).hasSize(1);
        }
    }

    @Test
    void afterTheEngineClosed_requestsAreSentElsewhere() throws InterruptedException {
        try (RunningApi running = RunningApi.open()) {
            assertThat(running.engine.close(Duration.ofSeconds(20))).isTrue();
            assertShed(running.post(RunningApi.payloads(1)), ProblemType.SHUTTING_DOWN);
        }
    }

    /** An interface with room for two whole bodies. */
    private static RunningApi twoBodies() {
        RunningApi running =
                new RunningApi(16_384, RunningApi.limits(2 * RunningApi.MAX_BODY), new PolicyCatalog(List.of()));
        running.gate.open();
        return running;
    }

    /** A connection whose request has been admitted and whose body is to follow. */
    private static RawConnection admitted(RunningApi running, String framing) throws IOException {
        RawConnection connection = new RawConnection(running.port);
        connection.say(RawConnection.headers(TOKEN, framing + EXPECT));
        assertThat(connection.status()).isEqualTo(100);
        return connection;
    }

    private static String whole() {
        return "content-length: " + RunningApi.MAX_BODY;
    }

    private static String body() {
        String json = RunningApi.payloads(1);
        return json + " ".repeat(RunningApi.MAX_BODY - json.length());
    }

    /** All of a body but its end. */
    private static String most() {
        return body().substring(0, RunningApi.MAX_BODY - 1);
    }

    private static void untilTaken(RunningApi running, long bytes) {
        RunningApi.until(() -> running.api.bytesUnderWay(Api.Part.VERIFYING) == BodyRoom.COPIES * bytes);
    }

    private static void assertRoomForTwo(RunningApi running) throws IOException {
        RunningApi.until(() -> running.post(body()).statusCode() == 200);
        try (RawConnection one = admitted(running, whole());
                RawConnection two = admitted(running, whole())) {
            one.say(most());
            two.say(most());
            untilTaken(running, 2L * most().length());
            assertShed(running.post(RunningApi.payloads(1)), ProblemType.OVERLOADED);
            one.say(" ");
            assertThat(one.status()).isEqualTo(200);
            two.say(" ");
            assertThat(two.status()).isEqualTo(200);
        }
        untilTaken(running, 0);
    }

    @Test
    void bodiesUnderWay_areBounded_announcedOrNot() throws IOException {
        try (RunningApi running = twoBodies()) {
            try (RawConnection announced = admitted(running, whole());
                    RawConnection chunked = admitted(running, "transfer-encoding: chunked")) {
                announced.say(most());
                chunked.say(Integer.toHexString(most().length()) + "\r\n" + most() + "\r\n");
                untilTaken(running, 2L * most().length());
                assertShed(running.post(RunningApi.payloads(1)), ProblemType.OVERLOADED);
                announced.say(" ");
                assertThat(announced.status()).isEqualTo(200);
                assertThat(running.post(body()).statusCode()).isEqualTo(200);
                chunked.say("0\r\n\r\n");
                assertThat(chunked.status()).isEqualTo(200);
            }
            assertRoomForTwo(running);
        }
    }

    @Test
    void whatIsOnlyAnnounced_takesNoRoom() throws IOException {
        List<RawConnection> announcing = new ArrayList<>();
        try (RunningApi running = twoBodies()) {
            for (int i = 0; i < 24; i++) {
                announcing.add(admitted(running, whole()).say("{"));
            }
            untilTaken(running, announcing.size());
            assertThat(running.post(body()).statusCode()).isEqualTo(200);
            for (RawConnection connection : announcing) {
                connection.close();
            }
            untilTaken(running, 0);
        }
    }

    /** Room for four bodies, of which one client may take two. */
    private static RunningApi shared() {
        ApiLimits four = RunningApi.limits(4 * RunningApi.MAX_BODY, Duration.ofSeconds(2));
        RunningApi running = new RunningApi(
                16_384,
                new ApiLimits(
                        four.maxBodyBytes(),
                        four.maxBytesUnderWay(),
                        four.maxBytesUnderWay() / 2,
                        four.maxPayloads(),
                        four.bodyPatience(),
                        four.patience(),
                        four.shedDelay(),
                        four.idle()),
                new PolicyCatalog(List.of()));
        running.gate.open();
        return running;
    }

    private static int asTracer(RunningApi running, String body) {
        return running.send(running.request("/v1/traces")
                        .header("authorization", "Bearer " + RunningApi.token(Role.TRACER))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    @Test
    void aClientThatTakesItsShare_isToldSo_andOthersHaveRoom() throws IOException {
        try (RunningApi running = shared();
                RawConnection one = admitted(running, whole());
                RawConnection two = admitted(running, whole());
                RawConnection three = admitted(running, whole())) {
            one.say(most());
            two.say(most());
            untilTaken(running, 2L * most().length());
            three.say(most());
            assertThat(three.status()).isEqualTo(503);
            untilTaken(running, 2L * most().length());
            HttpResponse<String> refused = running.post(RunningApi.payloads(1));
            assertShed(refused, ProblemType.OVERLOADED);
            assertThat(refused.body()).contains("one client");
            assertThat(asTracer(running, body())).as("whole, and no trace").isEqualTo(400);
            three.say(" " + RawConnection.headers(TOKEN, "content-length: 1") + " ");
            assertThat(three.status()).as("the next on the same connection").isEqualTo(400);
            one.say(" ");
            assertThat(one.status()).isEqualTo(200);
            assertThat(running.post(RunningApi.payloads(1)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatTricklesAfterItWasRefused_endsWithItsTime() throws IOException {
        try (RunningApi running = shared();
                RawConnection tooLarge = admitted(running, "transfer-encoding: chunked")) {
            tooLarge.say(Integer.toHexString(RunningApi.MAX_BODY + 2) + "\r\n" + body() + " ");
            assertThat(tooLarge.status()).isEqualTo(413);
            untilTaken(running, 0);
            tooLarge.say(" \r\n1\r\n");
            assertThat(tooLarge.isClosed()).isTrue();
        }
    }

    @Test
    void whoLeavesBeforeTheAnswer_isChargedForWhatIsStillHeld() throws IOException {
        try (RunningApi running =
                new RunningApi(16_384, RunningApi.limits(2 * RunningApi.MAX_BODY), new PolicyCatalog(List.of()))) {
            try (RawConnection leaving = new RawConnection(running.port)) {
                leaving.say(RawConnection.headers(TOKEN, whole()) + body());
                running.gate.awaitArrival();
            }
            RunningApi.until(() -> running.api.bytesUnderWay(Api.Part.VERIFYING) == RunningApi.MAX_BODY);
            running.gate.open();
            untilTaken(running, 0);
            assertThat(running.post(RunningApi.payloads(1)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void roomComesBack_howeverAnExchangeEnds() throws IOException {
        try (CapturedLogs logs = new CapturedLogs();
                RunningApi running = twoBodies()) {
            for (int i = 0; i < 3; i++) {
                admitted(running, whole()).close();
                RawConnection inTheMiddle = admitted(running, whole());
                inTheMiddle.say(body().substring(0, 100)).close();
                RawConnection chunked = admitted(running, "transfer-encoding: chunked");
                chunked.say("5\r\n12").close();
                RunningApi.until(() -> running.post(body()).statusCode() == 200);
                assertThat(running.post("no JSON").statusCode()).isEqualTo(400);
                assertThat(running.post(body() + " ").statusCode()).isEqualTo(413);
                byte[] tooLarge = (body() + " ").getBytes(StandardCharsets.US_ASCII);
                assertThat(running.send(running.post(
                                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge))))
                                .statusCode())
                        .isEqualTo(413);
                assertThat(running.post("{\"payloads\":[\"x\"],\"policy\":\"no\"}")
                                .statusCode())
                        .isEqualTo(400);
            }
            assertRoomForTwo(running);
            assertThat(logs.lines()).noneMatch(line -> line.contains("SEVERE"));
            assertThat(logs.lines()).anyMatch(line -> line.contains("a client left"));
        }
    }

    @Test
    void aClientThatLeftBeforeItsAnswer_isNotCountedAsAnswered() throws IOException {
        ApiLimits oneBody = RunningApi.limits(RunningApi.MAX_BODY);
        try (RunningApi running = new RunningApi(5, oneBody, new PolicyCatalog(List.of()))) {
            RawConnection leaving = new RawConnection(running.port);
            leaving.say(RawConnection.headers(TOKEN, whole()) + body());
            running.gate.awaitArrival();
            assertThat(running.post("no JSON").statusCode()).isEqualTo(503);
            leaving.close();
            // Its room comes back when the server has noticed.
            RunningApi.until(() -> running.post("no JSON").statusCode() == 400);
            running.gate.open();
            RunningApi.until(() -> running.heard.verdicts.size() == 1);
            assertThat(running.send(running.request("/v1/signers")).statusCode())
                    .isEqualTo(200);
            RunningApi.until(() -> running.answered.contains("/v1/signers 200"));
            assertThat(running.answered)
                    .containsExactlyInAnyOrder("/v1/signers 200", "/v1/verifications 400", "/v1/verifications 503");
        }
    }

    @Test
    void whatIsShedOrUnauthenticated_isNotAskedForItsBody() throws IOException {
        try (RunningApi running = RunningApi.gated(1)) {
            List<CompletableFuture<HttpResponse<String>>> answers = fill(running, 1);
            try (RawConnection shed = new RawConnection(running.port);
                    RawConnection stranger = new RawConnection(running.port)) {
                shed.say(RawConnection.headers(TOKEN, whole() + EXPECT));
                assertThat(shed.status()).isEqualTo(503);
                stranger.say(RawConnection.headers("wrong", whole() + EXPECT));
                assertThat(stranger.status()).isEqualTo(401);
            }
            running.gate.open();
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        }
    }

    @Test
    void aClientThatLeavesBeforeItsAnswer_hurtsNobody() throws IOException {
        try (RunningApi running =
                new RunningApi(16_384, RunningApi.limits(2 * RunningApi.MAX_BODY), new PolicyCatalog(List.of()))) {
            RawConnection leaving = new RawConnection(running.port);
            leaving.say(RawConnection.headers(TOKEN, whole()) + body());
            running.gate.awaitArrival();
            leaving.close();
            RawConnection expiring = new RawConnection(running.port);
            expiring.say(RawConnection.headers(TOKEN, whole()) + body());
            RunningApi.until(() -> running.engine.queued() == 1);
            expiring.close();
            running.time.advance(RunningApi.MAX_WAIT.plusNanos(1));
            running.gate.open();
            assertRoomForTwo(running);
            assertThat(running.heard.faults).isEmpty();
        }
    }

    @Test
    void aBodyThatComesTooSlowly_endsItsConnection_andGivesItsRoomBack() throws IOException {
        ApiLimits limits = RunningApi.limits(RunningApi.MAX_BODY, Duration.ofMillis(200));
        try (RunningApi running = new RunningApi(64, limits, new PolicyCatalog(List.of()))) {
            running.gate.open();
            try (RawConnection slow = new RawConnection(running.port)) {
                slow.say(RawConnection.headers(TOKEN, "content-length: " + RunningApi.MAX_BODY) + "{");
                assertThat(slow.status()).isEqualTo(ProblemType.BODY_TOO_SLOW.status());
                assertThat(slow.isClosed()).isTrue();
            }
            try (RawConnection next = new RawConnection(running.port)) {
                next.say(RawConnection.headers(TOKEN, whole()) + body());
                assertThat(next.status()).isEqualTo(200);
            }
        }
    }
}
