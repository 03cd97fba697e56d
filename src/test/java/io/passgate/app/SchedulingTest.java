package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulingTest {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        var unused = thread.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "'{0, 1}', 0, '{1}'",
        "'{0, 1}', 1, '{1}'",
        "'{0, 1}', 2, '{0, 1}'",
        "'{0, 1}', 64, '{0, 1}'",
        "'{0, 1}', 2147483647, '{0, 1}'",
        "'{0}', 0, '{0}'",
        "'{3}', 5, '{3}'",
        "'{0, 1, 2}', 0, '{2}'",
        "'{2, 3, 66, 67}', 0, '{66, 67}'",
        "'{2, 3, 66, 67}', 3, '{3, 66, 67}'",
        "'{}', 0, '{}'",
    })
    void theLastOfTheCores_areTheBackgrounds(String all, int count, String some) {
        assertThat(Scheduling.last(SchedulerFiles.cores(all.replaceAll("[{} ]", "")), count))
                .hasToString(some);
    }

    private <T> T onThread(Callable<T> asked) throws Exception {
        return thread.submit(asked).get();
    }

    @Test
    void aBackgroundThread_isLowered_andKeepsToItsCores() throws Exception {
        SchedulerFiles before = SchedulerFiles.ofThisThread();
        BitSet some = Scheduling.backgroundCores(Scheduling.HALF);
        thread.submit(Scheduling.prompt()).get();
        thread.submit(Scheduling.background(Scheduling.HALF)).get();

        SchedulerFiles background = onThread(SchedulerFiles::ofThisThread);
        assertThat(background.slice()).isEqualTo(before.slice());
        assertThat(background.niceness()).isEqualTo(10);
        assertThat(background.cores()).isEqualTo(some).isEqualTo(onThread(LinuxThread::cores));
        assertThat(some.cardinality()).isEqualTo(Math.max(1, before.cores().cardinality() / 2));
        assertThat(SchedulerFiles.ofThisThread()).as("the thread beside it").isEqualTo(before);
    }

    @Test
    void aPromptThread_hasShortSlices_andTheUsualWeight() throws Exception {
        SchedulerFiles before = onThread(SchedulerFiles::ofThisThread);
        thread.submit(Scheduling.prompt()).get();

        SchedulerFiles after = onThread(SchedulerFiles::ofThisThread);
        assertThat(after.slice()).isEqualTo(before.slice().map(usual -> Scheduling.SHORT_SLICE));
        assertThat(after.niceness()).isEqualTo(before.niceness());
        assertThat(after.cores()).isEqualTo(before.cores());
        assertThat(SchedulerFiles.ofThisThread().slice())
                .as("of the thread beside it")
                .isEqualTo(before.slice());
    }
}
