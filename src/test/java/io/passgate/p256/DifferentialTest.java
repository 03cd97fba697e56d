package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Every kernel decides as BouncyCastle does; {@code bench/run.sh differential} is the same at any length. */
final class DifferentialTest {
    private static final long INPUTS = 200_000;
    private static final int THREADS = 2;

    @Test
    void everyKernel_decidesAsBouncyCastle() throws InterruptedException {
        long seed = Long.getLong(
                "passgate.differential.seed", ThreadLocalRandom.current().nextLong());
        System.out.println("passgate.differential.seed=" + seed);
        DifferentialReport report = DifferentialRun.overKernels(seed).run(INPUTS, THREADS, soFar -> {});
        System.out.println(report);
        assertThat(report.mismatches()).as(report.toString()).isZero();
        assertThat(report.inputs()).isGreaterThanOrEqualTo(INPUTS);
        DifferentialRunTest.assertKinds(report);
        assertThat(KernelSubject.kernels())
                .allSatisfy(kernel -> assertThat(report.exceptionalAdditions(kernel.name()))
                        .isGreaterThanOrEqualTo(report.inputs(InputKind.COLLISION) / 2));
    }
}
