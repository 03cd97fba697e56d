package io.passgate.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Origins that nobody configured, by the thousand, of 8 KiB, and those that stand for any: none is taken or kept. */
final class CrossOriginIT {
    private static final String DOOR = "https://door.example";
    private static final int ORIGINS = 1_000;

    private static String from(String origin, String method) {
        return Requests.get("/v1/signers")
                .replace("GET", method)
                .replace("\r\n\r\n", "\r\norigin: " + origin + "\r\naccess-control-request-method: POST\r\n\r\n");
    }

    private static long series(AttackedGateway gateway) throws IOException {
        return gateway.metrics().lines().filter(line -> !line.startsWith("#")).count();
    }

    /** Asks from so many origins, each on a connection of its own, and from some that are none. */
    private static void ask(AttackedGateway gateway, int origins) throws IOException {
        for (int i = 0; i < origins; i++) {
            String origin = "https://" + Requests.NEEDLE + i + ".example";
            try (Wire wire = Wire.to(gateway.port())) {
                Wire.Answer answer = wire.say(from(origin, "GET")).answer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
                Wire.Answer preflight = wire.say(from(origin, "OPTIONS")).answer();
                assertThat(preflight.status()).isEqualTo(405);
                assertThat(preflight.headers()).doesNotContainKey("access-control-allow-origin");
            }
        }
        for (String origin : new String[] {"null", "*", "https://" + Requests.NEEDLE + "a".repeat(8_192)}) {
            try (Wire wire = Wire.to(gateway.port())) {
                Wire.Answer answer = wire.say(from(origin, "OPTIONS")).answer();
                assertThat(answer.status()).isIn(405, 431);
                assertThat(answer.headers().getOrDefault("access-control-allow-origin", DOOR))
                        .isEqualTo(DOOR);
            }
        }
    }

    @Test
    void originsThatNobodyConfigured_areAnsweredAsEver_andLeaveNothing(@TempDir Path folder)
            throws IOException, InterruptedException {
        try (AttackedGateway gateway = new AttackedGateway(folder, ", cors: {origins: ['" + DOOR + "']}", 0)) {
            try (Wire wire = Wire.to(gateway.port())) {
                assertThat(wire.say(from(DOOR, "OPTIONS")).answer().status()).isEqualTo(204);
                assertThat(wire.say(from(DOOR, "GET")).answer().headers())
                        .containsEntry("access-control-allow-origin", DOOR);
                assertThat(wire.say(from("null", "OPTIONS")).answer().status()).isEqualTo(405);
            }
            // Every event loop takes its buffers with its first connections.
            ask(gateway, 50);
            AttackedGateway.Memory before = gateway.memory();
            long series = series(gateway);
            ask(gateway, ORIGINS);
            assertThat(series(gateway)).as("at most those of another status").isLessThan(series + 200);
            assertThat(gateway.metrics()).doesNotContain(Requests.NEEDLE);
            gateway.memoryIsAgain(before, Duration.ofSeconds(30));
            assertThat(gateway.log()).doesNotContain(Requests.NEEDLE, "Exception");
            try (Wire wire = Wire.to(gateway.port())) {
                assertThat(wire.say(from(DOOR, "OPTIONS")).answer().status()).isEqualTo(204);
            }
        }
    }
}
