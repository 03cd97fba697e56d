package io.passgate.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.http.response.AuthenticationFailure;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.ManualTime;
import io.passgate.testing.api.RunningApi;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of requests whose token does not open their route, and of the others from the same address. */
final class FailedAuthenticationsTest {
    private static final Duration DELAY = Duration.ofMillis(960);

    private static FailedAuthentications.Limits limits(Duration delay, int waiting) {
        return new FailedAuthentications.Limits(delay, waiting, 1_000, Duration.ofMillis(50));
    }

    private static HttpRequest.Builder with(RunningApi running, String authorization) {
        return running.post(BodyPublishers.ofString(RunningApi.payloads(1)))
                .setHeader("authorization", "Bearer CANARY" + authorization);
    }

    private static List<Integer> delays(FailedAuthentications failures, String address, int times) {
        InetAddress from = InetAddress.ofLiteral(address);
        return IntStream.range(0, times).map(i -> failures.count(from)).boxed().toList();
    }

    @Test
    void theMoreAnAddressFails_theLongerItWaits_andAMinuteLaterAllIsForgotten() {
        ManualTime time = new ManualTime(RunningApi.NOON);
        FailedAuthentications failures =
                new FailedAuthentications(limits(DELAY, 1), request -> null, (route, status, ns) -> {}, time);
        assertThat(delays(failures, "192.0.2.1", 9)).containsExactly(0, 1, 2, 3, 4, 5, 6, 6, 6);
        assertThat(delays(failures, "192.0.2.2", 2)).as("another one").containsExactly(0, 1);
        time.advance(Duration.ofSeconds(60).minusMillis(1));
        assertThat(delays(failures, "192.0.2.1", 1)).containsExactly(6);
        time.advance(Duration.ofSeconds(60));
        assertThat(delays(failures, "192.0.2.1", 1)).containsExactly(0);
    }

    @Test
    void ofIpv6_allOfANetworkAreOne() {
        FailedAuthentications failures = new FailedAuthentications(
                limits(DELAY, 1), request -> null, (route, status, ns) -> {}, new ManualTime(RunningApi.NOON));
        assertThat(delays(failures, "2001:db8::1", 1)).containsExactly(0);
        assertThat(delays(failures, "2001:db8::ffff:1", 1)).containsExactly(1);
        assertThat(delays(failures, "2001:db8:0:1::1", 1)).containsExactly(0);
        assertThat(failures.count((InetAddress) null)).isZero();
    }

    @Test
    void aGoodToken_waitsForNobodysFailures() {
        try (RunningApi running = new RunningApi(limits(DELAY, 100))) {
            List<CompletableFuture<HttpResponse<String>>> failing = IntStream.range(0, 20)
                    .mapToObj(i -> running.sendAsync(with(running, "x")))
                    .toList();
            RunningApi.until(() -> running.failed.size() == 20);
            long startedNs = System.nanoTime();
            CompletableFuture<HttpResponse<String>> last = running.sendAsync(with(running, "x"));
            RunningApi.until(() -> running.failed.size() == 21);
            assertThat(running.post(RunningApi.payloads(1)).statusCode()).isEqualTo(200);
            assertThat(last).as("the failing one of before waits").isNotDone();
            assertThat(last.join().statusCode()).isEqualTo(401);
            assertThat(System.nanoTime() - startedNs).isGreaterThanOrEqualTo(DELAY.toNanos());
            failing.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(401));
        }
    }

    @Test
    void whatCannotWait_isAnsweredAtOnce_andItsConnectionEnds() {
        try (RunningApi running = new RunningApi(limits(Duration.ofSeconds(8), 1))) {
            // The first has the shortest delay, an eighth of a second.
            List<CompletableFuture<HttpResponse<String>>> failing = IntStream.range(0, 10)
                    .mapToObj(i -> running.sendAsync(with(running, "x")))
                    .toList();
            assertThat(failing.stream().map(CompletableFuture::join))
                    .allMatch(answer -> answer.statusCode() == 401)
                    .anyMatch(answer -> answer.headers().map().containsKey("connection"))
                    .anyMatch(answer -> !answer.headers().map().containsKey("connection"));
        }
    }

    @Test
    void eachIsCountedByItsReason_andLoggedInSum_withoutTheToken() {
        try (CapturedLogs logs = new CapturedLogs();
                RunningApi running = new RunningApi(limits(Duration.ZERO, 0))) {
            assertThat(running.send(with(running, "x").setHeader("authorization", ""))
                            .statusCode())
                    .isEqualTo(401);
            for (String authorization : List.of("CANARY", "Basic CANARY", "Bearer", "Bearer CANARY".repeat(100))) {
                int status = running.send(with(running, "x").setHeader("authorization", authorization))
                        .statusCode();
                assertThat(status).isEqualTo(401);
            }
            assertThat(running.send(with(running, "x")).statusCode()).isEqualTo(401);
            String wrong = "Bearer " + RunningApi.token(Role.TRACER);
            assertThat(running.send(with(running, "x").setHeader("authorization", wrong))
                            .statusCode())
                    .isEqualTo(403);
            running.time.set(RunningApi.TOKENS_END);
            assertThat(running.post("{}").statusCode()).isEqualTo(401);
            assertThat(running.failed)
                    .containsExactly(
                            AuthenticationFailure.MISSING,
                            AuthenticationFailure.MALFORMED,
                            AuthenticationFailure.MALFORMED,
                            AuthenticationFailure.MALFORMED,
                            AuthenticationFailure.MALFORMED,
                            AuthenticationFailure.UNKNOWN,
                            AuthenticationFailure.WRONG_ROLE,
                            AuthenticationFailure.EXPIRED);
            RunningApi.until(() -> sum(logs) == 8);
            assertThat(logs.lines()).noneMatch(line -> line.contains("CANARY") || line.contains("token-of"));
        }
    }

    /** What the lines of the log say together. */
    private static int sum(CapturedLogs logs) {
        return logs.lines().stream()
                .filter(line -> line.contains("authentication failed within PT0.05S: "))
                .flatMap(line -> Arrays.stream(
                        line.substring(line.indexOf("S: ") + 3).strip().split(", ")))
                .mapToInt(part -> Integer.parseInt(part.split(" ")[0]))
                .sum();
    }

    @Test
    void aHundredFailures_takeOneLine() {
        try (CapturedLogs logs = new CapturedLogs();
                RunningApi running =
                        new RunningApi(new FailedAuthentications.Limits(Duration.ZERO, 0, 1, Duration.ofSeconds(5)))) {
            List<CompletableFuture<HttpResponse<String>>> failing = IntStream.range(0, 100)
                    .mapToObj(i -> running.sendAsync(with(running, "x")))
                    .toList();
            failing.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(401));
            RunningApi.until(() -> lines(logs) > 0);
            assertThat(lines(logs)).isEqualTo(1);
            assertThat(logs.lines()).anyMatch(line -> line.contains("100 unknown"));
        }
    }

    private static long lines(CapturedLogs logs) {
        return logs.lines().stream()
                .filter(line -> line.contains("authentication failed"))
                .count();
    }
}
