package io.passgate.bench.load;

import io.passgate.bench.Corpus;
import io.passgate.bench.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The gateway as a whole under load from the same machine. {@code prepare FOLDER POLICIES} writes a corpus, a token and
 * a configuration for the gateway; {@code run FOLDER CSV_FILE [quick]} measures the gateway that serves by them.
 *
 * <pre>
 *   bench/run.sh http
 * </pre>
 */
public final class HttpLoad {
    /**
     * So many requests may be under way. In batches of 64 the gateway's queue is full long before; single payloads are
     * bounded here, and what is not sent for it is in the table.
     */
    private static final int MAX_UNDER_WAY = 2_048;

    /** Shares of what is taken in a closed loop, which is near to all that can be. */
    private static final double[] LOADS = {0.5, 0.8, 1.0, 1.2, 1.5};

    private final LoadSettings loadSettings;
    private final List<String> texts;
    private final List<String> csv = new ArrayList<>(List.of(LatencyTally.csvHeader()));
    private final double phaseSeconds;

    private HttpLoad(LoadSettings loadSettings, List<String> texts, double phaseSeconds) {
        this.loadSettings = loadSettings;
        this.texts = texts;
        this.phaseSeconds = phaseSeconds;
    }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Path folder = Path.of(args[1]);
        if (args[0].equals("prepare")) {
            Corpus.make().write(folder);
            LoadSettings.make(folder, Path.of(args[2]).toAbsolutePath());
            return;
        }
        boolean quick = args.length > 3;
        Corpus corpus = Corpus.read(folder);
        HttpLoad load = new HttpLoad(LoadSettings.read(folder), corpus.texts(), quick ? 3 : 15);
        String machine = Machine.line();
        GatewayReady.await(load.loadSettings.managementPort());
        load.measure(corpus, quick);
        Files.write(Path.of(args[2]), load.csv);
        System.out.println("generator, gateway and nothing else of ours on one machine; up to " + MAX_UNDER_WAY
                + " requests under way; latencies from the intended send time");
        System.out.println(corpus);
        System.out.println(machine);
    }

    private void measure(Corpus corpus, boolean quick) throws IOException {
        double engineSeconds = quick ? 2 : 5;
        EngineFigure engine = new EngineFigure(corpus);
        double before = engine.payloadsPerSecond(engineSeconds);
        System.out.printf("engine alone, one thread, batch 64, before: %,.0f payloads/s%n%n", before);
        double batches = series(verifications(64), loadSettings.port(), 8);
        double singles = series(verifications(1), loadSettings.port(), 64);
        System.out.println("a plaintext answer of a server on the same stack, counted as a payload:");
        double plain = series(RequestBytes.plain(loadSettings.plainPort()), loadSettings.plainPort(), 64);
        double after = engine.payloadsPerSecond(engineSeconds);
        System.out.printf("engine alone, one thread, batch 64, after: %,.0f payloads/s%n%n", after);
        System.out.printf("%,.0f payloads/s, batch 64%n", batches);
        System.out.printf("%,.0f payloads/s, batch 1%n", singles);
        System.out.printf("%,.0f plaintext answers/s%n", plain);
        System.out.printf("http / (2 x engine), batch 64: %.2f%n", batches / (before + after));
        System.out.printf("single payloads / plaintext: %.2f%n", singles / plain);
    }

    private RequestBytes verifications(int batch) {
        return RequestBytes.verifications(texts, batch, loadSettings.port(), loadSettings.token());
    }

    /**
     * Warms up, finds what is taken in a closed loop, offers shares of it; the most that was answered is the figure.
     */
    private double series(RequestBytes requestBytes, int port, int connections) throws IOException {
        double most = 0;
        System.out.println(LatencyTally.header());
        try (Generator generator = new Generator(port, MAX_UNDER_WAY)) {
            var _ = generator.closed(requestBytes, connections, phaseSeconds);
            for (int more = connections; more <= 4 * connections; more *= 4) {
                LatencyTally probe = report(generator.closed(requestBytes, more, phaseSeconds / 3));
                most = Math.max(most, probe.payloadsPerSecond());
            }
            double taken = most;
            most = 0;
            for (double load : LOADS) {
                LatencyTally phase = report(generator.open(requestBytes, load * taken, phaseSeconds));
                most = Math.max(most, phase.payloadsPerSecond());
            }
        }
        System.out.println();
        return most;
    }

    private LatencyTally report(LatencyTally latencyTally) {
        System.out.println(latencyTally);
        csv.add(latencyTally.csv());
        return latencyTally;
    }
}
