package io.passgate.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Interleaved forks: each round runs every cell once in a JVM of its own, so that what changes on the machine in
 * between changes all cells alike. A cell's figure is the median of its rounds, and a ratio the median of the rounds'
 * ratios.
 */
final class Rounds {
    /** JMH's name for the bytes an operation allocates. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Map<Cell, double[]> scores = new LinkedHashMap<>();
    private final Map<Cell, Double> mostAllocated = new LinkedHashMap<>();
    private final Collection<RunResult> results = new ArrayList<>();

    private Rounds() {}

    /** Runs the cells {@code rounds} times. */
    static Rounds run(List<Cell> cells, int rounds) throws RunnerException {
        Rounds all = new Rounds();
        cells.forEach(cell -> all.scores.put(cell, new double[rounds]));
        for (int round = 0; round < rounds; round++) {
            for (Cell cell : cells) {
                double score = all.runOnce(cell);
                scoresOf(all, cell)[round] = score;
                System.out.printf("round %d of %d  %-45s %,14.0f ops/s%n", round + 1, rounds, cell, score);
            }
        }
        return all;
    }

    private double runOnce(Cell cell) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + cell.benchmark().getName().replace(".", "\\.") + "\\." + cell.method() + "$")
                .forks(1)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT);
        cell.parameters().forEach(parameter -> options.param(parameter.name(), parameter.value()));
        Collection<RunResult> one = new Runner(options.build()).run();
        if (one.size() != 1) {
            throw new IllegalStateException(cell + " is " + one.size() + " benchmarks");
        }
        results.addAll(one);
        RunResult result = one.iterator().next();
        mostAllocated.merge(cell, result.getSecondaryResults().get(ALLOCATED).getScore(), Math::max);
        return result.getPrimaryResult().getScore();
    }

    private static double[] scoresOf(Rounds rounds, Cell cell) {
        double[] found = rounds.scores.get(cell);
        if (found == null) {
            throw new IllegalArgumentException(cell + " was not run");
        }
        return found;
    }

    /** The cells in the order they ran. */
    Collection<Cell> cells() {
        return scores.keySet();
    }

    /** The median of the cell's rounds, in operations a second. */
    double median(Cell cell) {
        return median(scoresOf(this, cell));
    }

    /** The lowest and the highest round of the cell. */
    double[] range(Cell cell) {
        double[] sorted = scoresOf(this, cell).clone();
        Arrays.sort(sorted);
        return new double[] {sorted[0], sorted[sorted.length - 1]};
    }

    /** Bytes that an operation allocated in the round where it was most. */
    double allocated(Cell cell) {
        return mostAllocated.getOrDefault(cell, Double.NaN);
    }

    /** The median of the rounds' ratios. */
    double ratio(Cell over, Cell under) {
        double[] above = scoresOf(this, over);
        double[] below = scoresOf(this, under);
        return median(IntStream.range(0, above.length)
                .mapToDouble(round -> above[round] / below[round])
                .toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Writes JMH's CSV: one line a cell and round. */
    void writeCsv(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.CSV, out).writeOut(results);
        }
    }
}
