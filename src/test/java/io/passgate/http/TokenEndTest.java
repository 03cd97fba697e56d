package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.testing.api.RunningApi;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who has a token hears of its end a week before. */
final class TokenEndTest {
    private static final RunningApi RUNNING = RunningApi.open();

    @AfterAll
    static void stop() {
        RUNNING.close();
    }

    private static void isAt(Instant instant) {
        RUNNING.time.advance(Duration.between(RUNNING.time.instant(), instant));
    }

    private static Optional<String> end(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        return response.headers().firstValue("token-expires");
    }

    @Test
    void inTheLastWeek_everyAnswerToATokenTellsItsEnd_andNoOther() {
        Instant week = RunningApi.TOKENS_END.minus(Duration.ofDays(7));
        isAt(week);
        assertThat(end(RUNNING.post(RunningApi.payloads(1)), 200)).isEmpty();
        isAt(week.plusMillis(1));
        assertThat(end(RUNNING.post(RunningApi.payloads(1)), 200)).hasValue("2021-09-01T00:00:00Z");
        assertThat(end(RUNNING.post("{"), 400)).hasValue("2021-09-01T00:00:00Z");
        assertThat(end(
                        RUNNING.send(RUNNING.post(BodyPublishers.ofString("{}"))
                                .setHeader("authorization", "Bearer nobody-has-this-token")),
                        401))
                .isEmpty();
        assertThat(end(
                        RUNNING.send(RUNNING.post(BodyPublishers.ofString("{}"))
                                .setHeader("authorization", "Bearer " + RunningApi.token(Role.TRACER))),
                        403))
                .isEmpty();
        isAt(RunningApi.TOKENS_END);
        assertThat(end(RUNNING.post(RunningApi.payloads(1)), 401)).isEmpty();
    }
}
