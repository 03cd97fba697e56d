package io.passgate.bench.load;

import io.passgate.bench.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a single payload waits for at a gateway that has little to do. {@code run FOLDER CSV_FILE BUILD [quick]} sends
 * 200 requests of one payload a second to the gateway that serves by the folder, and adds a line to the file;
 * {@code compare CSV_FILE BUILD OTHER} prints the medians of two builds' runs.
 *
 * <pre>
 *   bench/run.sh latency [OTHER_LAYOUT]
 * </pre>
 */
public final class LatencyLoad {
    private static final double PER_SECOND = 200;
    private static final int MAX_UNDER_WAY = 64;

    /** The slack of a comparison: a tenth, or half a millisecond where that is more. */
    private static final double SLACK = 1.1;

    private static final double SLACK_MS = 0.5;

    /** After a start the kernels are compiled, and tables built, beside the first requests. */
    private static final int SETTLING_SECONDS = 10;

    private LatencyLoad() {}

    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        if (args[0].equals("run")) {
            run(Path.of(args[1]), Path.of(args[2]), args[3], args.length > 4);
        } else {
            compare(Files.readAllLines(Path.of(args[1])), args[2], args[3]);
        }
    }

    private static void run(Path folder, Path csv, String build, boolean quick) throws IOException {
        LoadSettings loadSettings = LoadSettings.read(folder);
        GatewayReady.await(loadSettings.managementPort());
        RequestBytes requestBytes =
                RequestBytes.verifications(Corpus.read(folder).texts(), 1, loadSettings.port(), loadSettings.token());
        try (Generator generator = new Generator(loadSettings.port(), MAX_UNDER_WAY)) {
            // Enough requests, and then enough time, for the compiler to have done with the path and the kernels.
            LatencyTally _ = generator.closed(requestBytes, 4, quick ? 1 : 4);
            LatencyTally _ = generator.open(requestBytes, PER_SECOND, quick ? 1 : SETTLING_SECONDS);
            LatencyTally latencyTally = generator.open(requestBytes, PER_SECOND, quick ? 2 : 8);
            double p50 = latencyTally.latencyMs(50);
            double p99 = latencyTally.latencyMs(99);
            System.out.printf("%-8s p50 %6.3f ms   p99 %6.3f ms%n", build, p50, p99);
            Files.write(
                    csv,
                    List.of("%s,%f,%f".formatted(build, p50, p99)),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private static void compare(List<String> lines, String build, String other) {
        System.out.printf("%nmedians of the runs, %.0f requests/s of one payload:%n", PER_SECOND);
        String[] names = {"p50", "p99"};
        for (int i = 0; i < names.length; i++) {
            double ours = median(lines, build, i + 1);
            double theirs = median(lines, other, i + 1);
            boolean within = ours <= Math.max(SLACK * theirs, theirs + SLACK_MS);
            System.out.printf(
                    "%s: %s %.3f ms, %s %.3f ms: %s%n",
                    names[i], build, ours, other, theirs, within ? "within 10 % or 0.5 ms" : "SLOWER");
        }
    }

    private static double median(List<String> lines, String build, int column) {
        double[] values = lines.stream()
                .map(line -> line.split(","))
                .filter(fields -> fields[0].equals(build))
                .mapToDouble(fields -> Double.parseDouble(fields[column]))
                .sorted()
                .toArray();
        if (values.length == 0) {
            throw new IllegalStateException("no run of " + build + " in " + Arrays.toString(lines.toArray()));
        }
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
}
