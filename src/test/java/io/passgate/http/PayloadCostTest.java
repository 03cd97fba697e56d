package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Client;
import io.passgate.access.ClientDirectory;
import io.passgate.access.RateLimits;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.engine.EngineLimits;
import io.passgate.http.connection.TrustedProxies;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.CardSpec;
import io.passgate.testing.ManualTime;
import io.passgate.testing.api.RawConnection;
import io.passgate.testing.api.RunningApi;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A client pays for what its payloads cost, and nobody else does. */
final class PayloadCostTest {
    /** Not Base45 after the prefix: as dear as a payload that is refused while it is decoded may be. */
    private static final String DEAR = "HC1:6BF";

    private static final RateLimits.Limit UNITS = new RateLimits.Limit(100, 1_024);

    private static RunningApi running(Function<ManualTime, RateLimits> rates) {
        RunningApi running = new RunningApi(
                new EngineLimits(
                        1,
                        256,
                        64,
                        16_384,
                        8_192,
                        RunningApi.MAX_WAIT,
                        RunningApi.MAX_WAIT,
                        new EngineLimits.SlowPath(1, 16_384)),
                RunningApi.limits(64 * RunningApi.MAX_BODY),
                new PolicyCatalog(List.of()),
                RunningApi.usualConnections(),
                TrustedProxies.none(),
                RunningApi.HASTY,
                rates);
        running.clients = () -> Optional.of(ClientDirectory.of(Map.of(
                TokenHash.ofToken("costly"), new Client("costly", Role.VERIFIER, RunningApi.TOKENS_END),
                TokenHash.ofToken("honest"), new Client("honest", Role.VERIFIER, RunningApi.TOKENS_END))));
        return running;
    }

    private static RunningApi running() {
        return running(time -> new RateLimits(RunningApi.generous(), Map.of(Role.VERIFIER, UNITS), Set.of(), time));
    }

    private static CompletableFuture<HttpResponse<String>> post(RunningApi running, String token, String body) {
        return running.sendAsync(running.request("/v1/verifications")
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static String payloads(int count, String payload) {
        return "{\"payloads\":[\"" + (payload + "\",\"").repeat(count - 1) + payload + "\"]}";
    }

    private static void assertLimited(HttpResponse<String> response, String seconds) {
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("too-many-requests");
        assertThat(response.headers().firstValue("retry-after")).hasValue(seconds);
    }

    @Test
    void whoseCostIsUsedUp_waitsUntilItIsPaid_andOthersDoNot() {
        try (RunningApi running = running()) {
            running.gate.open();
            assertThat(post(running, "costly", payloads(512, DEAR)).join().statusCode())
                    .isEqualTo(200);
            assertLimited(post(running, "costly", payloads(1, "x")).join(), "36");
            assertThat(post(running, "honest", payloads(512, "x")).join().statusCode())
                    .isEqualTo(200);
            running.time.advance(Duration.ofSeconds(36));
            assertThat(post(running, "costly", payloads(1, "x")).join().statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void beforeAnythingIsKnown_aPayloadIsAUnit() {
        try (RunningApi running = running()) {
            CompletableFuture<HttpResponse<String>> standing = post(running, "costly", payloads(1_000, "x"));
            running.gate.awaitArrival();
            assertLimited(post(running, "costly", payloads(25, "x")).join(), "1");
            CompletableFuture<HttpResponse<String>> more = post(running, "costly", payloads(24, "x"));
            running.gate.open();
            assertThat(standing.join().statusCode()).isEqualTo(200);
            assertThat(more.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoLeavesBeforeTheAnswer_pays() throws IOException {
        try (RunningApi running = running()) {
            try (RawConnection leaving = new RawConnection(running.port)) {
                String body = payloads(512, DEAR);
                leaving.say(RawConnection.headers("costly", "content-length: " + body.length()) + body);
                running.gate.awaitArrival();
            }
            RunningApi.until(() -> running.answered.isEmpty() && !running.abandoned.isEmpty());
            running.gate.open();
            RunningApi.until(() -> running.heard.verdicts.size() == 512);
            RunningApi.until(
                    () -> post(running, "costly", payloads(1, "x")).join().statusCode() == 429);
        }
    }

    @Test
    void whatIsNotTaken_costsNothing() {
        try (RunningApi running = running()) {
            running.gate.open();
            for (int i = 0; i < 20; i++) {
                String body = payloads(500, "x");
                assertThat(post(running, "costly", body.substring(0, body.length() - 1) + ",\"policy\":\"none\"}")
                                .join()
                                .statusCode())
                        .isEqualTo(400);
            }
            assertThat(post(running, "costly", payloads(1_024, "x")).join().statusCode())
                    .isEqualTo(200);
        }
    }

    /** Two who send full requests of dear payloads as fast as they are answered, beside one honest client. */
    @Test
    void besideACostlyClientAtFullSpeed_anHonestOneIsAnswered() throws InterruptedException {
        String card = RunningApi.ISSUER.card(CardSpec.vaccination());
        try (RunningApi running = running(time -> new RateLimits(
                RunningApi.generous(),
                Map.of(Role.VERIFIER, new RateLimits.Limit(20_000, 20_000)),
                Set.of(),
                System::nanoTime))) {
            running.gate.open();
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger limited = new AtomicInteger();
            List<Thread> costly = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                costly.add(Thread.ofPlatform().daemon().start(() -> {
                    while (!over.get()) {
                        int status = post(running, "costly", payloads(700, DEAR))
                                .join()
                                .statusCode();
                        assertThat(status).isIn(200, 429, 503);
                        limited.addAndGet(status == 429 ? 1 : 0);
                    }
                }));
            }
            RunningApi.until(() -> limited.get() > 0);
            long longestNs = 0;
            for (int i = 0; i < 200; i++) {
                long startedNs = System.nanoTime();
                assertThat(post(running, "honest", payloads(1, card)).join().statusCode())
                        .isEqualTo(200);
                longestNs = Math.max(longestNs, System.nanoTime() - startedNs);
            }
            over.set(true);
            for (Thread thread : costly) {
                thread.join();
            }
            assertThat(Duration.ofNanos(longestNs)).isLessThan(Duration.ofSeconds(1));
        }
    }
}
