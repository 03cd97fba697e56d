package io.passgate.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.attack.Manner.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that may have 300 files and sockets open, and more connections than that. */
final class FewDescriptorsIT {
    private static final int DESCRIPTORS = 300;
    private static final Duration ATTACK = Duration.ofSeconds(5);

    @AutoClose
    private AttackedGateway gateway;

    @AutoClose
    private Bystander bystander;

    @AutoClose
    private HealthWatch health;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        gateway = new AttackedGateway(folder, "", DESCRIPTORS);
        bystander = gateway.bystander();
        bystander.settle();
        health = gateway.health();
    }

    @Test
    void thoseThatSayNothing_leaveRoomForOthers() throws IOException, InterruptedException {
        isHarmless(Manner.saying("", 1, Reading.ALL));
    }

    @Test
    void thoseThatBegin_leaveRoomForOthers() throws IOException, InterruptedException {
        isHarmless(Manner.trickling("GET / HTTP/1.1\r\nhost: x\r\nx: ", "a"));
    }

    private void isHarmless(Manner manner) throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(gateway.port(), manner, 2 * DESCRIPTORS, 100, 20)) {
            var _ = crowd.awaitArrival();
            bystander.forgetSoFar();
            bystander.isServedFor(ATTACK);
            health.isTrue();
            assertThat(gateway.metrics()).contains("passgate_http_requests_seconds_count");
            assertThat(crowd.connected()).as(crowd.toString()).isGreaterThan(DESCRIPTORS / 3);
        }
        bystander.isServedFor(ATTACK);
        assertThat(gateway.log().lines().count()).isLessThan(50);
        assertThat(gateway.log()).doesNotContain("\tat ", "Exception");
    }
}
