package io.passgate.app.os;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.TestConfig;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the threads of a gateway that verifies and issues run. */
final class SchedulingIT {
    private static final long PATIENCE_NS = 10_000_000_000L;

    /** Whether its time slice is short, or the kernel does not say. */
    private static boolean isShort(SchedulerFiles thread) {
        return thread.slice()
                .filter(slice -> !slice.equals(Scheduling.SHORT_SLICE))
                .isEmpty();
    }

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

    /** Holds the check against a gateway with so many event loops and workers. */
    private static void withGateway(Path folder, int crew, UnaryOperator<TestConfig> change, ThrowingCallable check)
            throws Throwable {
        try (TestStores stores = emptyStores(folder.resolve("stores"));
                IssuingGateways gateways = new IssuingGateways(stores, folder, Instant.now())) {
            TestConfig config = gateways.config().with("engine.workers", crew).with("http.eventLoops", crew);
            var _ = gateways.start(change.apply(config));
            await(check);
        }
    }

    private static void isOneForEachCore(List<SchedulerFiles> crew, BitSet all) {
        assertThat(crew).hasSameSizeAs(all.stream().boxed().toList());
        BitSet taken = new BitSet();
        crew.forEach(thread -> taken.or(thread.cores()));
        assertThat(taken).isEqualTo(all);
        assertThat(crew)
                .allSatisfy(thread -> assertThat(thread.cores().cardinality()).isEqualTo(1));
    }

    @Test
    void verifyingThreadsHaveACoreEach_andIssuingHasLittleWeight(@TempDir Path folder) throws Throwable {
        int usual = SchedulerFiles.ofThisThread().niceness();
        BitSet all = SchedulerFiles.ofThisThread().cores();
        withGateway(
                folder,
                all.cardinality(),
                config -> config.with("issuing.threads", 2)
                        .with("issuing.eventLoops", 3)
                        .with("entryLog.spoolFile", folder.resolve("spool").toString()),
                () -> {
                    List<SchedulerFiles> judges = threads("passgate-work", 1);
                    isOneForEachCore(judges, all);
                    assertThat(judges)
                            .allMatch(judge -> judge.niceness() == usual)
                            .allMatch(SchedulingIT::isShort);
                    assertThat(threads("passgate-slow", 1))
                            .allSatisfy(slowPath -> isOn(slowPath, usual, all))
                            .allMatch(SchedulingIT::isShort);
                    assertThat(threads("passgate-issue", 2))
                            .allSatisfy(issuing -> isOn(issuing, Scheduling.BACKGROUND, all));
                    List<SchedulerFiles> loops = threads("vert.x-eventloop".substring(0, 15), 5);
                    assertThat(loops)
                            .filteredOn(loop -> loop.niceness() != usual)
                            .hasSize(3)
                            .allSatisfy(loop -> isOn(loop, Scheduling.BACKGROUND, all));
                    List<SchedulerFiles> verifying = loops.stream()
                            .filter(loop -> !loop.cores().equals(all))
                            .toList();
                    assertThat(verifying)
                            .allMatch(loop -> loop.niceness() == usual)
                            .allMatch(SchedulingIT::isShort);
                    isOneForEachCore(verifying, all);
                    assertThat(threads("passgate-spool", 1)).isNotEmpty();
                    assertThat(SchedulerFiles.of(""))
                            .filteredOn(thread -> !judges.contains(thread) && !verifying.contains(thread))
                            .allSatisfy(other -> assertThat(other.cores()).isEqualTo(all));
                });
    }

    @Test
    void whereNothingIsIssued_verifyingThreadsRunOnAllCores(@TempDir Path folder) throws Throwable {
        BitSet all = SchedulerFiles.ofThisThread().cores();
        withGateway(folder, all.cardinality(), config -> config.with("issuing.pepperFile", ""), () -> {
            assertThat(threads("passgate-work", all.cardinality())).allMatch(SchedulingIT::isShort);
            assertThat(SchedulerFiles.of(""))
                    .allSatisfy(thread -> assertThat(thread.cores()).isEqualTo(all));
        });
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
