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

    private final Settings settings;
    private final List<String> texts;
    private final List<String> csv = new ArrayList<>(List.of(Tally.csvHeader()));
    private final double phaseSeconds;

    private HttpLoad(Settings settings, List<String> texts, double phaseSeconds) {
        this.settings = settings;
        this.texts = texts;
        this.phaseSeconds = phaseSeconds;
    }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Path folder = Path.of(args[1]);
        if (args[0].equals("prepare")) {
            Corpus.make().write(folder);
            Settings.make(folder, Path.of(args[2]).toAbsolutePath());
            return;
        }
        boolean quick = args.length > 3;
        Corpus corpus = Corpus.read(folder);
        HttpLoad load = new HttpLoad(Settings.read(folder), corpus.texts(), quick ? 3 : 15);
        String machine = Machine.line();
        Readiness.await(load.settings.managementPort());
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
        double batches = series(verifications(64), settings.port(), 8);
        double singles = series(verifications(1), settings.port(), 64);
        System.out.println("a plaintext answer of a server on the same stack, counted as a payload:");
        double plain = series(Requests.plain(settings.plainPort()), settings.plainPort(), 64);
        double after = engine.payloadsPerSecond(engineSeconds);
        System.out.printf("engine alone, one thread, batch 64, after: %,.0f payloads/s%n%n", after);
        System.out.printf("%,.0f payloads/s, batch 64%n", batches);
        System.out.printf("%,.0f payloads/s, batch 1%n", singles);
        System.out.printf("%,.0f plaintext answers/s%n", plain);
        System.out.printf("http / (2 x engine), batch 64: %.2f%n", batches / (before + after));
        System.out.printf("single payloads / plaintext: %.2f%n", singles / plain);
    }

    private Requests verifications(int batch) {
        return Requests.verifications(texts, batch, settings.port(), settings.token());
    }

    /** Warms up, finds what is taken in a closed loop, offers shares of it; the most that was answered is the figure. */
    private double series(Requests requests, int port, int connections) throws IOException {
        double most = 0;
        System.out.println(Tally.header());
        try (Generator generator = new Generator(port, MAX_UNDER_WAY)) {
            Tally unused = generator.closed(requests, connections, phaseSeconds);
            for (int more = connections; more <= 4 * connections; more *= 4) {
                Tally probe = report(generator.closed(requests, more, phaseSeconds / 3));
                most = Math.max(most, probe.payloadsPerSecond());
            }
            double taken = most;
            most = 0;
            for (double load : LOADS) {
                Tally phase = report(generator.open(requests, load * taken, phaseSeconds));
                most = Math.max(most, phase.payloadsPerSecond());
            }
        }
        System.out.println();
        return most;
    }

    private Tally report(Tally tally) {
        System.out.println(tally);
        csv.add(tally.csv());
        return tally;
    }
}
