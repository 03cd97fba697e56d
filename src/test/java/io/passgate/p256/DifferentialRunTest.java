package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.p256.FaultySubject.Fault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The differential run finds what it is there to find. */
final class DifferentialRunTest {
    private static final long SEED = 20_211_107;
    private static final int THREADS = 2;

    /** BouncyCastle says of each kind what is known of it, so that each is what its name says. */
    static void assertKinds(DifferentialReport report) {
        for (InputKind kind : InputKind.values()) {
            assertThat(report.inputs(kind)).as(kind.name()).isPositive();
            switch (kind.outcome()) {
                case VALID -> assertThat(report.accepted(kind)).as(kind.name()).isEqualTo(report.inputs(kind));
                case INVALID ->
                    assertThat(report.accepted(kind)).as(kind.name()).isZero();
                case SOME -> assertThat(report.accepted(kind)).as(kind.name()).isBetween(1L, report.inputs(kind) - 1);
            }
        }
    }

    @Test
    void everyFault_isFound_andTheTextbookHasNone() throws InterruptedException {
        FaultySubject.Sums sums = new FaultySubject.Sums();
        List<KernelUnderTest> all = Stream.of(Fault.values())
                .<KernelUnderTest>map(fault -> new FaultySubject(fault, Kernel.GENERATOR_WINDOW_BITS, sums))
                .toList();
        DifferentialReport report =
                new DifferentialRun(all, Kernel.GENERATOR_WINDOW_BITS, SEED).run(2_048, THREADS, soFar -> {});
        assertKinds(report);
        for (Fault fault : Fault.values()) {
            long found = report.mismatches(fault.name());
            if (fault == Fault.NONE) {
                assertThat(found).as(report.toString()).isZero();
            } else {
                assertThat(found).as(fault.name()).isPositive();
            }
        }
    }
}
