package io.passgate.app.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulingTest {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        var _ = thread.shutdownNow();
    }

    private <T> T onThread(Callable<T> asked) throws Exception {
        return thread.submit(asked).get();
    }

    @Test
    void aBackgroundThread_isLowered() throws Exception {
        SchedulerFiles before = SchedulerFiles.ofThisThread();
        thread.submit(Scheduling.prompt()).get();
        thread.submit(Scheduling.background()).get();

        SchedulerFiles background = onThread(SchedulerFiles::ofThisThread);
        assertThat(background.slice()).isEqualTo(before.slice());
        assertThat(background.niceness()).isEqualTo(Scheduling.BACKGROUND);
        assertThat(background.cores()).isEqualTo(before.cores());
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

    @Test
    void asManyThreadsAsCores_haveOneEach() throws Exception {
        BitSet all = SchedulerFiles.ofThisThread().cores();
        Runnable prompt = Scheduling.prompt(all.cardinality());
        List<BitSet> taken = new ArrayList<>();
        for (int i = 0; i < all.cardinality(); i++) {
            taken.add(coresAfter(prompt));
        }

        assertThat(taken).doesNotHaveDuplicates().allMatch(cores -> cores.cardinality() == 1);
        assertThat(coresAfter(prompt)).as("of one thread too many").isEqualTo(all);
        assertThat(SchedulerFiles.ofThisThread().cores()).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void moreOrFewer_runOnAll(int more) throws Exception {
        SchedulerFiles before = SchedulerFiles.ofThisThread();
        Runnable prompt = Scheduling.prompt(before.cores().cardinality() + more);

        assertThat(coresAfter(prompt)).isEqualTo(before.cores());
        assertThat(coresAfter(prompt)).isEqualTo(before.cores());
    }

    private static BitSet coresAfter(Runnable first) throws Exception {
        try (ExecutorService another = Executors.newSingleThreadExecutor()) {
            another.submit(first).get();
            return another.submit(LinuxThread::cores).get();
        }
    }
}
