package io.passgate.http.server;

import static io.passgate.http.response.ProblemsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.http.Api;
import io.passgate.http.response.ProblemType;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.api.RawConnection;
import io.passgate.testing.api.RunningApi;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What becomes of requests for which there is no room: the engine's queue is full of payloads behind one at its gate. */
final class HeldRequestsTest {
    private static final String TOKEN = RunningApi.token(Role.VERIFIER);
    private static final int QUEUED = 64;

    /** Room for 16 requests that are held, beside small bodies. */
    private static final long ROOM = 33L * BodyRoom.HELD_BYTES;

    private static RunningApi full(Duration shedDelay, long room, List<CompletableFuture<HttpResponse<String>>> taken) {
        ApiLimits limits = new ApiLimits(
                RunningApi.MAX_BODY,
                room,
                room,
                1_024,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                shedDelay,
                Duration.ofSeconds(30));
        RunningApi running = new RunningApi(QUEUED, limits, new PolicyCatalog(List.of()));
        taken.add(running.postAsync(RunningApi.payloads(1)));
        running.gate.awaitArrival();
        taken.add(running.postAsync(RunningApi.payloads(QUEUED)));
        RunningApi.until(() -> running.engine.queued() == QUEUED);
        return running;
    }

    private static String whole() {
        return "content-length: " + RunningApi.MAX_BODY;
    }

    private static void untilHeld(RunningApi running, int count) {
        RunningApi.until(() -> running.api.bytesUnderWay(Api.Part.VERIFYING) >= (long) count * BodyRoom.HELD_BYTES);
    }

    private static void untilNoneIsUnderWay(RunningApi running) {
        RunningApi.until(() -> running.api.bytesUnderWay(Api.Part.VERIFYING) == 0);
    }

    @Test
    void whenThereIsRoomAgain_heldRequestsGoOn() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (RunningApi running = full(Duration.ofSeconds(10), ROOM, answers)) {
            for (int i = 0; i < 10; i++) {
                answers.add(running.postAsync(RunningApi.payloads(1)));
            }
            untilHeld(running, 10);
            assertThat(answers).noneMatch(CompletableFuture::isDone);
            assertThat(running.engine.queued()).isEqualTo(QUEUED);
            running.gate.open();
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            untilNoneIsUnderWay(running);
        }
    }

    @Test
    void whatHasWaitedForLong_goesOnOnceNothingElseIsToBeDone() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (RunningApi running = full(Duration.ofSeconds(10), ROOM, answers)) {
            for (int i = 0; i < 10; i++) {
                answers.add(running.postAsync(RunningApi.payloads(1)));
            }
            untilHeld(running, 10);
            long fromNs = System.nanoTime();
            RunningApi.until(
                    () -> System.nanoTime() - fromNs > Duration.ofMillis(300).toNanos());
            running.gate.open();
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            untilNoneIsUnderWay(running);
        }
    }

    @Test
    void whenThereIsNone_theyAreShedAtTheEndOfTheirTime_andTheirConnectionsGoOn() throws IOException {
        Duration delay = Duration.ofMillis(300);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (RunningApi running = full(delay, ROOM, answers);
                RawConnection held = new RawConnection(running.port)) {
            String body = RunningApi.payloads(1);
            long from = System.nanoTime();
            held.say(RawConnection.headers(TOKEN, "content-length: " + body.length()) + body);
            assertThat(held.status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThanOrEqualTo(delay);
            running.gate.open();
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            held.say(RawConnection.headers(TOKEN, "content-length: " + body.length()) + body);
            assertThat(held.status()).isEqualTo(200);
        }
    }

    @Test
    void ofABodyThatIsOnItsWay_nothingIsAskedFor_untilThereIsRoom() throws IOException {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (RunningApi running = full(Duration.ofSeconds(10), ROOM, answers);
                RawConnection held = new RawConnection(running.port)) {
            String body = RunningApi.payloads(1);
            held.say(RawConnection.headers(TOKEN, "content-length: " + body.length() + "\r\nexpect: 100-continue"));
            untilHeld(running, 1);
            running.gate.open();
            assertThat(held.status()).isEqualTo(100);
            held.say(body);
            assertThat(held.status()).isEqualTo(200);
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        }
    }

    @Test
    void beyondTheRoom_theyAreShedAtOnce() throws IOException {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        List<RawConnection> held = new ArrayList<>();
        try (RunningApi running = full(Duration.ofSeconds(10), ROOM, answers)) {
            for (int i = 0; i < 16; i++) {
                held.add(new RawConnection(running.port).say(RawConnection.headers(TOKEN, "content-length: 1000")));
            }
            untilHeld(running, 16);
            assertProblem(running.post(RunningApi.payloads(1)), ProblemType.OVERLOADED);
            held.removeFirst().close();
            RunningApi.until(() -> running.api.bytesUnderWay(Api.Part.VERIFYING) < 16L * BodyRoom.HELD_BYTES);
            answers.add(running.postAsync(RunningApi.payloads(1)));
            untilHeld(running, 16);
            running.gate.open();
            for (RawConnection left : held) {
                left.close();
            }
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            untilNoneIsUnderWay(running);
        }
    }

    private static String body() {
        String json = RunningApi.payloads(1);
        return json + " ".repeat(RunningApi.MAX_BODY - json.length());
    }

    private static String chunked(String text) {
        return text.chars()
                .mapToObj(one -> "1\r\n" + (char) one + "\r\n")
                .collect(Collectors.joining("", "", "0\r\n\r\n"));
    }

    /** In hundreds of pieces, and with the next request behind them. */
    @Test
    void aBodyInPieces_waitsUnread_andComesWhole_andSoDoesTheNextRequest() throws IOException {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (RunningApi running = full(Duration.ofSeconds(10), ROOM, answers);
                RawConnection inChunks = new RawConnection(running.port);
                RawConnection inPieces = new RawConnection(running.port)) {
            String next = RawConnection.headers(TOKEN, whole()) + body();
            inChunks.say(RawConnection.headers(TOKEN, "transfer-encoding: chunked") + chunked(body()) + next);
            inPieces.say(RawConnection.headers(TOKEN, whole()));
            for (String piece : body().split("(?<=\\G.{100})")) {
                inPieces.say(piece);
            }
            inPieces.say(next);
            untilHeld(running, 2);
            running.gate.open();
            for (RawConnection held : List.of(inChunks, inPieces)) {
                assertThat(held.status()).isEqualTo(200);
                assertThat(held.status()).as("the next one").isEqualTo(200);
            }
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            untilNoneIsUnderWay(running);
        }
    }

    @Test
    void aBodyInPieces_isReadIntoNothing_onceItsRequestIsShed() throws IOException {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (RunningApi running = full(Duration.ofMillis(100), ROOM, answers);
                RawConnection held = new RawConnection(running.port)) {
            held.say(RawConnection.headers(TOKEN, "transfer-encoding: chunked") + chunked(body()));
            assertThat(held.status()).isEqualTo(503);
            running.gate.open();
            held.say(RawConnection.headers(TOKEN, whole()) + body());
            assertThat(held.status()).isEqualTo(200);
        }
    }

    /** What a client sends beyond the room is left in the sockets: it cannot send all. */
    @Test
    void ofALargeBody_littleIsRead() throws IOException {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (RunningApi running = full(Duration.ofSeconds(10), ROOM, answers);
                RawConnection large = RawConnection.withSmallWindow(running.port)) {
            large.say(RawConnection.headers(TOKEN, "transfer-encoding: chunked"));
            untilHeld(running, 1);
            String piece = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
            int sent = 0;
            while (large.sayWhatFits(piece)) {
                sent++;
                assertThat(sent).as("of 16 KiB").isLessThan(2_000);
            }
            assertThat(running.publicPort.heldBytes())
                    .as("it is charged, and no answer")
                    .isZero();
        }
    }

    @Test
    void whoLeavesMeanwhile_isForgotten() throws IOException {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (RunningApi running = full(Duration.ofSeconds(1), ROOM, answers)) {
            RawConnection leaving = new RawConnection(running.port);
            leaving.say(RawConnection.headers(TOKEN, "content-length: 1000"));
            untilHeld(running, 1);
            leaving.close();
            RunningApi.until(() -> running.api.bytesUnderWay(Api.Part.VERIFYING) < BodyRoom.HELD_BYTES);
            running.gate.open();
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            untilNoneIsUnderWay(running);
        }
    }

    @Test
    void withoutADelay_nothingIsHeld() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (RunningApi running = full(Duration.ZERO, ROOM, answers)) {
            assertProblem(running.post(RunningApi.payloads(1)), ProblemType.OVERLOADED);
            assertThat(running.heard.faults).isEmpty();
        }
    }

    @Test
    void stoppedMeanwhile_itAnswersThemNevertheless() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (RunningApi running = full(Duration.ofMillis(500), ROOM, answers)) {
            CompletableFuture<HttpResponse<String>> held = running.postAsync(RunningApi.payloads(1));
            untilHeld(running, 1);
            var _ = running.stop();
            assertThat(held.join().statusCode()).isEqualTo(503);
            running.gate.open();
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        }
    }
}
