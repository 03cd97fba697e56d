package io.passgate.bench.load;

import io.passgate.attack.Crowds;
import io.passgate.attack.HostilePort;
import io.passgate.bench.Corpus;
import io.passgate.bench.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What one client's verifications wait for while others misuse the port. {@code FOLDER CSV_FILE [quick]} measures the
 * gateway that serves by the folder, first quiet and then under attack. An attack before both, whose figures are shown
 * and do not count, has the gateway and the attackers compile what they run on. It exits with 1 when a verification
 * failed, or when their p99 under attack is beyond both of its bounds. A quick run looks at the answers only.
 *
 * <pre>
 *   bench/run.sh hostile-port
 * </pre>
 */
public final class HostilePortLoad {
    private static final double PER_SECOND = 2_000;
    private static final int ATTACKERS = 2_000;
    private static final int MAX_UNDER_WAY = 2_048;

    /** The p99 may be so much, or so many times its quiet value, whichever is more. */
    private static final double MOST_MS = 20;

    private static final double MOST_TIMES = 2;

    private HostilePortLoad() {}

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Path folder = Path.of(args[0]);
        boolean quick = args.length > 2;
        if (!run(LoadSettings.read(folder), Corpus.read(folder), Path.of(args[1]), quick)) {
            System.exit(1);
        }
    }

    private static boolean run(LoadSettings loadSettings, Corpus corpus, Path csv, boolean quick)
            throws IOException, InterruptedException {
        GatewayReady.await(loadSettings.managementPort());
        RequestBytes requestBytes =
                RequestBytes.verifications(corpus.texts(), 1, loadSettings.port(), loadSettings.token());
        LatencyTally quiet;
        LatencyTally hostile;
        try (Generator generator = new Generator(loadSettings.port(), MAX_UNDER_WAY)) {
            var _ = generator.closed(requestBytes, 4, quick ? 2 : 5);
            LatencyTally first = underAttack(generator, loadSettings, requestBytes, quick ? 3 : 10);
            System.out.printf("%-8s %s%n%-8s %s%n", "", LatencyTally.header(), "first", first);
            var _ = generator.open(requestBytes, PER_SECOND, quick ? 2 : 10);
            quiet = generator.open(requestBytes, PER_SECOND, quick ? 3 : 30);
            System.out.printf("%-8s %s%n", "quiet", quiet);
            hostile = underAttack(generator, loadSettings, requestBytes, quick ? 5 : 60);
            System.out.printf("%-8s %s%n", "hostile", hostile);
        }
        Files.write(csv, List.of(LatencyTally.csvHeader(), quiet.csv(), hostile.csv()));
        System.out.println(Machine.line());
        return isHeld(quiet, hostile, quick);
    }

    private static LatencyTally underAttack(
            Generator generator, LoadSettings loadSettings, RequestBytes requestBytes, int seconds)
            throws IOException, InterruptedException {
        try (Crowds crowds = HostilePort.crowds(loadSettings.port(), loadSettings.token(), ATTACKERS)) {
            LatencyTally latencyTally = generator.open(requestBytes, PER_SECOND, seconds);
            System.out.println("attackers: " + crowds);
            return latencyTally;
        }
    }

    private static boolean isHeld(LatencyTally quiet, LatencyTally hostile, boolean quick) {
        long failed = quiet.failed() + hostile.failed();
        double most = Math.max(MOST_MS, MOST_TIMES * quiet.latencyMs(99));
        boolean inTime = hostile.latencyMs(99) <= most;
        System.out.printf(
                "%d verifications failed; p99 %.2f ms quiet, %.2f ms hostile: %s %.2f ms%n",
                failed, quiet.latencyMs(99), hostile.latencyMs(99), inTime ? "within" : "BEYOND", most);
        return failed == 0 && (inTime || quick);
    }
}
