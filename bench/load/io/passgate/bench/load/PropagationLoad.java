package io.passgate.bench.load;

import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingPropagation;
import io.passgate.testing.gateway.Propagation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long a change takes from one gateway's route, or the database, to another gateway's verdict: two gateways,
 * PostgreSQL and Redis on this machine. Run by {@code bench/run.sh propagation}.
 */
public final class PropagationLoad {
    private static final int WARM_UP = 5;

    private PropagationLoad() {}

    /** Takes the file for the figures and how many trials to run of each change. */
    public static void main(String[] arguments) throws Exception {
        Path csv = Path.of(arguments[0]);
        int trials = Integer.parseInt(arguments[1]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("passgate-propagation");
        List<String> lines = new ArrayList<>(List.of("change,trials,p50_ms,p99_ms,max_ms"));
        out.printf("%-20s %8s %8s %8s  of %d trials each%n", "change", "p50 ms", "p99 ms", "max ms", trials);
        try (TestStores stores = new TestStores(folder)) {
            stores.empty();
            try (Propagation propagation = new Propagation(stores, Files.createDirectory(folder.resolve("gateways")))) {
                report(propagation::measure, trials, out, lines);
            }
            stores.empty();
            Path gateways = Files.createDirectory(folder.resolve("issuing"));
            try (IssuingPropagation propagation = new IssuingPropagation(stores, gateways)) {
                report(propagation::measure, trials, out, lines);
            }
        }
        Files.createDirectories(csv.toAbsolutePath().getParent());
        Files.write(csv, lines);
        System.exit(0);
    }

    /** Runs trials of some kinds of change, and returns all times so far by kind. */
    private interface Measured {
        Map<String, List<Duration>> run(int trials) throws IOException;
    }

    private static void report(Measured measured, int trials, PrintStream out, List<String> lines) throws IOException {
        Map<String, List<Duration>> _ = measured.run(WARM_UP);
        measured.run(trials).forEach((kind, all) -> {
            List<Duration> times = all.stream().skip(WARM_UP).sorted().toList();
            out.printf(
                    "%-20s %8d %8d %8d%n", kind, percentile(times, 50), percentile(times, 99), percentile(times, 100));
            lines.add(String.join(
                    ",",
                    kind,
                    Integer.toString(times.size()),
                    Long.toString(percentile(times, 50)),
                    Long.toString(percentile(times, 99)),
                    Long.toString(percentile(times, 100))));
        });
    }

    /** The smallest time that at least so many percent of the trials did not exceed, in milliseconds. */
    private static long percentile(List<Duration> sorted, int percent) {
        int index = Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1);
        return sorted.get(index).toMillis();
    }
}
