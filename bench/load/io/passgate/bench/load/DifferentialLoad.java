package io.passgate.bench.load;

import io.passgate.bench.Machine;
import io.passgate.p256.DifferentialReport;
import io.passgate.p256.DifferentialRun;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Compares our own signature verification with BouncyCastle's on so many inputs. The exit code is 1 if any decision
 * differs. Run by {@code bench/run.sh differential [COUNT]}; {@code -Dpassgate.differential.seed=} repeats a run.
 */
public final class DifferentialLoad {
    private static final int THREADS = 2;
    private static final long PROGRESS_NS = 10_000_000_000L;
    private static final double NS_PER_SECOND = 1e9;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final long startNs = System.nanoTime();
    private final long count;
    private long toldNs = startNs;

    private DifferentialLoad(long count) {
        this.count = count;
    }

    /** Takes how many inputs. */
    public static void main(String[] arguments) throws InterruptedException {
        long seed = Long.getLong(
                "passgate.differential.seed", ThreadLocalRandom.current().nextLong());
        DifferentialReport report = new DifferentialLoad(Long.parseLong(arguments[0])).run(seed);
        System.exit(report.mismatches() == 0 ? 0 : 1);
    }

    private DifferentialReport run(long seed) throws InterruptedException {
        String machine = Machine.line();
        out.println("seed " + seed);
        DifferentialReport report = DifferentialRun.overKernels(seed).run(count, THREADS, this::tell);
        out.println(report);
        out.printf(Locale.ROOT, "%d threads, %.0f s; %s%n", THREADS, seconds(System.nanoTime()), machine);
        return report;
    }

    private double seconds(long nowNs) {
        return (nowNs - startNs) / NS_PER_SECOND;
    }

    private void tell(DifferentialReport soFar) {
        long nowNs = System.nanoTime();
        if (nowNs - toldNs >= PROGRESS_NS) {
            toldNs = nowNs;
            out.printf(
                    Locale.ROOT,
                    "%,14d of %,d inputs, %,.0f/s, mismatches %,d%n",
                    soFar.inputs(),
                    count,
                    soFar.inputs() / seconds(nowNs),
                    soFar.mismatches());
        }
    }
}
