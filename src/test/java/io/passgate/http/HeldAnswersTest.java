package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.http.connection.ConnectionEnd;
import io.passgate.http.connection.ConnectionLimits;
import io.passgate.http.connection.TrustedProxies;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.api.RawConnection;
import io.passgate.testing.api.RunningApi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a connection may hold: answers that are not taken, requests before their turn, and time. */
final class HeldAnswersTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String DOCUMENT = "GET /openapi.yaml HTTP/1.1\r\nhost: x\r\n\r\n";
    private static final String NOTHING = "GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n";

    private static RunningApi running(ConnectionLimits limits) {
        RunningApi running = new RunningApi(
                16_384,
                RunningApi.limits(4 * RunningApi.MAX_BODY),
                new PolicyCatalog(List.of()),
                limits,
                TrustedProxies.none());
        running.gate.open();
        return running;
    }

    private static ConnectionLimits limits(int connections, long held, Duration request, Duration answer) {
        return new ConnectionLimits(connections, connections, held, held, request, answer);
    }

    /** Sends until nothing is taken any more, or as often as wanted. */
    private static void flood(RawConnection connection, String requests, int times) {
        int sent = 0;
        while (sent < times && connection.sayWhatFits(requests)) {
            sent++;
        }
    }

    @Test
    void answersThatAreNotTaken_holdNoMoreThanOneAndWhatTheSocketTakes() throws IOException {
        try (RunningApi running = running(limits(100, 64 << 20, LONG, LONG))) {
            List<RawConnection> silent = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                RawConnection connection = RawConnection.withSmallWindow(running.port);
                silent.add(connection);
                flood(connection, (i == 2 ? NOTHING : DOCUMENT).repeat(100), 200);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(running.send(running.request("/openapi.yaml")).statusCode())
                        .isEqualTo(200);
                assertThat(running.publicPort.heldBytes()).isLessThan(3 * 400_000L);
            }
            assertThat(running.publicPort.heldBytes()).isPositive();
            for (RawConnection connection : silent) {
                connection.close();
            }
            RunningApi.until(() -> running.publicPort.heldBytes() == 0);
        }
    }

    @Test
    void anAnswerThatIsNotTakenInTime_endsItsConnection() throws IOException {
        try (RunningApi running = running(limits(100, 64 << 20, LONG, Duration.ofMillis(300)))) {
            RawConnection connection = RawConnection.withSmallWindow(running.port);
            flood(connection, DOCUMENT.repeat(100), 200);
            RunningApi.until(() -> running.connected.ends.contains(ConnectionEnd.ANSWER_NOT_TAKEN));
            RunningApi.until(() -> running.publicPort.open() == 0);
            assertThat(running.publicPort.heldBytes()).isZero();
            assertThat(running.send(running.request("/openapi.yaml")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whereAllTogetherHoldTooMuch_theOneGoesThatHasHeldLongest() throws IOException {
        try (RunningApi running = running(limits(100, 300_000, LONG, LONG))) {
            List<RawConnection> silent = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                RawConnection connection = RawConnection.withSmallWindow(running.port);
                silent.add(connection);
                flood(connection, DOCUMENT.repeat(100), 200);
            }
            RunningApi.until(() -> running.connected.ends.contains(ConnectionEnd.HELD_TOO_MUCH));
            assertThat(running.publicPort.heldBytes()).isLessThanOrEqualTo(300_000);
            assertThat(running.send(running.request("/openapi.yaml")).statusCode())
                    .isEqualTo(200);
            for (RawConnection connection : silent) {
                connection.close();
            }
        }
    }

    @Test
    void aRequestThatTricklesIn_getsItsAnswer_andTheConnectionEnds() throws IOException {
        try (RunningApi running = running(limits(100, 64 << 20, Duration.ofMillis(300), LONG));
                RawConnection head = new RawConnection(running.port);
                RawConnection line = new RawConnection(running.port)) {
            line.say("GE");
            assertThat(head.say("GET / HTTP/1.1\r\nhost: x\r\na: ").status()).isEqualTo(408);
            assertThat(head.isClosed()).isTrue();
            assertThat(line.status()).isEqualTo(408);
            assertThat(line.isClosed()).isTrue();
            assertThat(running.connected.ends)
                    .containsOnly(ConnectionEnd.REQUEST_TOO_SLOW)
                    .hasSize(2);
            assertThat(running.connected.refused).containsExactly(408, 408);
            assertThat(running.send(running.request("/nothing")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aBodyThatTricklesInAfterAnEarlyAnswer_endsItsConnection() throws IOException {
        try (RunningApi running = running(limits(100, 64 << 20, Duration.ofMillis(300), LONG))) {
            for (String path : List.of("/nothing", "/v1/verifications")) {
                try (RawConnection connection = new RawConnection(running.port)) {
                    String head = "POST " + path + " HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n";
                    assertThat(connection.say(head).status()).isIn(401, 404);
                    connection.say("x");
                    assertThat(connection.isClosed()).isTrue();
                }
            }
            RunningApi.until(() -> running.publicPort.open() == 0);
        }
    }

    @Test
    void aConnectionTooMany_takesThePlaceOfTheOldestThatHasShownNoToken() throws IOException {
        try (RunningApi running = running(limits(10, 64 << 20, LONG, LONG));
                RawConnection known = new RawConnection(running.port)) {
            String good = RawConnection.headers("token-of-verifier", "content-length: 18") + "{\"payloads\":[\"x\"]}";
            assertThat(known.say(good).status()).isEqualTo(200);
            List<RawConnection> silent = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                silent.add(new RawConnection(running.port));
            }
            for (RawConnection gone : silent.subList(0, 21)) {
                assertThat(gone.isClosed()).isTrue();
            }
            assertThat(known.say(good).status()).isEqualTo(200);
            assertThat(silent.getLast().say(good).status()).isEqualTo(200);
            assertThat(running.publicPort.open()).isEqualTo(10);
            for (RawConnection connection : silent) {
                connection.close();
            }
            RunningApi.until(() -> running.publicPort.open() == 1);
        }
    }
}
