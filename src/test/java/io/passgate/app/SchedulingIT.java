package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.TestStores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the threads of a gateway that verifies and issues run. */
final class SchedulingIT {
    private static final int LOWERED = 10;
    private static final long PATIENCE_NS = 10_000_000_000L;

    /** Or the kernel does not say. */
    private static final Predicate<SchedulerFiles> SHORT = thread -> thread.slice()
            .filter(slice -> !slice.equals(Scheduling.SHORT_SLICE))
            .isEmpty();

    private static List<SchedulerFiles> threads(String name, int atLeast) throws Exception {
        List<SchedulerFiles> all = SchedulerFiles.of(name);
        assertThat(all).as(name).hasSizeGreaterThanOrEqualTo(atLeast);
        return all;
    }

    private static TestStores emptyStores(Path folder) throws Exception {
        TestStores stores = new TestStores(folder);
        stores.empty();
        return stores;
    }

    @Test
    void issuingHasLittleWeight_andItsEventLoopsKeepToTheirCores(@TempDir Path folder) throws Throwable {
        int usual = SchedulerFiles.ofThisThread().niceness();
        BitSet all = SchedulerFiles.ofThisThread().cores();
        BitSet some = Scheduling.backgroundCores(Scheduling.HALF);
        try (TestStores stores = emptyStores(folder.resolve("stores"));
                IssuingGateways gateways = new IssuingGateways(stores, folder, Instant.now())) {
            Config config = gateways.config();
            config.engine.workers = 2;
            config.http.eventLoops = 2;
            config.issuing.threads = 2;
            config.issuing.eventLoops = 3;
            Gateway unused = gateways.start(config);

            await(() -> {
                assertThat(threads("passgate-judge", 2))
                        .allSatisfy(judge -> isOn(judge, usual, all))
                        .allMatch(SHORT);
                assertThat(threads("passgate-lane", 1))
                        .allSatisfy(lane -> isOn(lane, usual, all))
                        .allMatch(SHORT);
                assertThat(threads("passgate-desk", 2)).allSatisfy(desk -> isOn(desk, LOWERED, all));
                List<SchedulerFiles> loops = threads("vert.x-eventloop".substring(0, 15), 5);
                List<SchedulerFiles> lowered = loops.stream()
                        .filter(loop -> loop.niceness() == LOWERED)
                        .toList();
                assertThat(lowered).hasSize(3).allSatisfy(loop -> isOn(loop, LOWERED, some));
                assertThat(loops)
                        .filteredOn(loop -> !lowered.contains(loop))
                        .allSatisfy(loop -> isOn(loop, usual, all))
                        .filteredOn(SHORT)
                        .hasSizeGreaterThanOrEqualTo(2);
            });
        }
    }

    /** Threads do this first, but not before they are started. */
    private static void await(ThrowingCallable check) throws Throwable {
        for (long end = System.nanoTime() + PATIENCE_NS; ; Thread.onSpinWait()) {
            try {
                check.call();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() - end > 0) {
                    throw notYet;
                }
            }
        }
    }

    private static void isOn(SchedulerFiles thread, int niceness, BitSet cores) {
        assertThat(thread.niceness()).isEqualTo(niceness);
        assertThat(thread.cores()).isEqualTo(cores);
    }
}
