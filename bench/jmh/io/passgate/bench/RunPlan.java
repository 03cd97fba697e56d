package io.passgate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs a {@link Plan} and prints its table: {@code RunPlan NAME ROUNDS CSV_FILE}. With one round it is a quick run,
 * whose figures say that all works and little more.
 */
public final class RunPlan {
    private static final double NS_PER_SECOND = 1e9;

    private RunPlan() {}

    public static void main(String[] args) throws RunnerException, IOException {
        Locale.setDefault(Locale.ROOT);
        Plan plan = Plan.valueOf(args[0].toUpperCase(Locale.ROOT));
        int roundCount = Integer.parseInt(args[1]);
        Path csv = Path.of(args[2]);
        String machine = Machine.line();
        Rounds rounds = Rounds.run(plan.cells(roundCount == 1), roundCount);
        rounds.writeCsv(csv);
        System.out.printf(
                "%n%-45s %14s %25s %14s %12s%n", "", "ops/s, median", "lowest to highest", "ns/op", "bytes/op");
        for (Cell cell : rounds.cells()) {
            double median = rounds.median(cell);
            double[] range = rounds.range(cell);
            System.out.printf(
                    "%-45s %,14.0f %,12.0f %,12.0f %,14.0f %,12.1f%n",
                    cell, median, range[0], range[1], NS_PER_SECOND / median, rounds.allocated(cell));
        }
        System.out.println();
        plan.findings(rounds).forEach(System.out::println);
        System.out.printf("%nforks: %d, interleaved; seed %d; %s%n", roundCount, Corpus.seed(), csv);
        System.out.println(machine);
    }
}
