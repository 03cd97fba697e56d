package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.CapturedLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A stop has an end, whatever its steps do. */
final class StoppingTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    private static void hang() {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException unheard) {
                // As code that does not listen.
            }
        }
    }

    @Test
    void stepsRunOneAfterTheOther_withWhatIsLeft() throws InterruptedException {
        List<String> done = new CopyOnWriteArrayList<>();
        Stopping stopping = new Stopping(Duration.ofSeconds(20), System::nanoTime);
        stopping.step("first", left -> {
            assertThat(left).isLessThanOrEqualTo(Duration.ofSeconds(20));
            done.add("first");
        });
        stopping.step("second", left -> done.add("second"));
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void aStepThatDoesNotEnd_isNamed_andTheOthersStillRun_withinTheReserve() throws InterruptedException {
        List<String> done = new CopyOnWriteArrayList<>();
        long startedNs = System.nanoTime();
        try (CapturedLogs logs = new CapturedLogs()) {
            Stopping stopping = new Stopping(SHORT, System::nanoTime);
            stopping.step("stuck", left -> hang());
            stopping.step("files", left -> done.add("files"));
            for (int i = 0; i < 20; i++) {
                stopping.step("hopeless-" + i, left -> hang());
            }
            assertThat(logs.lines()).first().asString().contains("goes on without stuck");
            assertThat(logs.lines()).last().asString().contains("goes on without hopeless-19");
        }
        assertThat(done).containsExactly("files");
        assertThat(Duration.ofNanos(System.nanoTime() - startedNs))
                .isLessThan(SHORT.plus(Stopping.RESERVE).plusSeconds(1));
    }

    @Test
    void aStepThatFails_doesNotEndTheStop() throws InterruptedException {
        List<String> done = new ArrayList<>();
        try (CapturedLogs logs = new CapturedLogs()) {
            Stopping stopping = new Stopping(Duration.ofSeconds(20), System::nanoTime);
            stopping.step("broken", left -> {
                throw new IllegalStateException("no");
            });
            stopping.step("next", left -> done.add("next"));
            assertThat(logs.lines()).first().asString().contains("broken");
        }
        assertThat(done).containsExactly("next");
    }
}
