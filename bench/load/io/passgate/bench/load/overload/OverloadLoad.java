package io.passgate.bench.load.overload;

import io.passgate.bench.Corpus;
import io.passgate.bench.Machine;
import io.passgate.bench.load.GatewayReady;
import io.passgate.bench.load.Generator;
import io.passgate.bench.load.LatencyTally;
import io.passgate.bench.load.LoadSettings;
import io.passgate.bench.load.RequestBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * A gateway beyond its capacity, asked by clients that ask again at once. {@code prepare FOLDER POLICIES} writes the
 * configurations of two gateways; {@code run FOLDER BUILD PROCESS CSV_FILE [quick]} measures the one whose process is
 * given, which has a core of its own, while the other one, beside the generator, is asked a little.
 *
 * <pre>
 *   bench/run.sh overload [OTHER_LAYOUT]
 * </pre>
 */
public final class OverloadLoad {
    /** The folders of the two gateways, below the one that is given. */
    private static final String LOADED = "loaded";

    private static final String BYSTANDER = "bystander";

    private static final int CLIENTS = 8;
    private static final int BATCH = 64;
    private static final int CONNECTIONS = 1_024;

    /** So many requests at once keep a gateway busy, and let none wait for long. */
    private static final int ENOUGH = 32;

    private static final double EARLY_SECONDS = 2;
    private static final int MOST_EARLY = 40;
    private static final int SETTLED = 4;
    private static final double GROWTH = 1.03;

    /** More than any gateway answers. */
    private static final double ANY_RATE = 1e5;

    private static final double[] TIMES = {1, 2, 5, 10};
    private static final double BYSTANDER_PER_SECOND = 50;
    private static final double LEAST_SHARE = .95;
    private static final double MOST_P99_MS = 500;

    /** What a heap may still grow by after the phase at capacity. */
    private static final double MOST_GROWTH = 1.25;

    private OverloadLoad() {}

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Path folder = Path.of(args[1]);
        if (args[0].equals("prepare")) {
            Path policies = Path.of(args[2]).toAbsolutePath();
            Corpus corpus = Corpus.make();
            prepare(corpus, folder.resolve(LOADED), policies);
            prepare(corpus, folder.resolve(BYSTANDER), policies);
            return;
        }
        boolean quick = args.length > 5;
        if (!run(folder, args[2], Path.of("/proc", args[3], "status"), Path.of(args[4]), quick) && !quick) {
            System.exit(1);
        }
    }

    private static void prepare(Corpus corpus, Path folder, Path policies) throws Exception {
        Files.createDirectories(folder);
        corpus.write(folder);
        LoadSettings.make(folder, policies);
        StringBuilder tokens = new StringBuilder();
        for (int i = 0; i < CLIENTS; i++) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token(i).getBytes(StandardCharsets.US_ASCII));
            tokens.append("  - { name: client%d, role: verifier, sha256: %s, expires: 2099-01-01T00:00:00Z }%n"
                    .formatted(i, HexFormat.of().formatHex(hash)));
        }
        Files.writeString(folder.resolve("passgate.yaml"), tokens, StandardOpenOption.APPEND);
    }

    /** It opens nothing but a gateway on this machine's loopback, for one run. */
    private static String token(int client) {
        return "overloading-client-" + client;
    }

    private static boolean run(Path folder, String build, Path status, Path csv, boolean quick) throws Exception {
        LoadSettings loaded = LoadSettings.read(folder.resolve(LOADED));
        LoadSettings bystander = LoadSettings.read(folder.resolve(BYSTANDER));
        List<String> texts = Corpus.read(folder.resolve(LOADED)).texts();
        GatewayReady.await(loaded.managementPort());
        GatewayReady.await(bystander.managementPort());
        List<RequestBytes> requests = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            requests.add(RequestBytes.verifications(texts, BATCH, loaded.port(), token(i)));
        }
        double seconds = quick ? 3 : 5;
        int turns = quick ? 1 : 4;
        double capacity = capacity(loaded.port(), requests);
        System.out.printf("%s: capacity %,.0f payloads/s, batch %d%n", build, capacity, BATCH);
        System.out.printf("%s %12s %9s%n", OverloadTally.header(), "resident MiB", "of best");
        List<Phase> phases = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        double asked = (1 + 2 * TIMES.length * turns) * (seconds + 1);
        CompletableFuture<LatencyTally> beside =
                CompletableFuture.supplyAsync(() -> askALittle(bystander, texts, asked));
        try (RetryingClients enough = new RetryingClients(loaded.port(), requests, ENOUGH);
                RetryingClients clients = new RetryingClients(loaded.port(), requests, CONNECTIONS)) {
            clients.come(TIMES[TIMES.length - 1] * capacity / BATCH, seconds, new OverloadTally(BATCH));
            for (double times : TIMES) {
                Phase phase = new Phase(times);
                for (int turn = 0; turn < turns; turn++) {
                    enough.come(ANY_RATE, seconds, phase.atCapacity);
                    clients.come(times * phase.atCapacity.goodput() / BATCH, seconds, phase.beyond);
                }
                phase.residentMib = residentMib(status);
                phases.add(phase);
                System.out.println(phase);
                lines.add(phase.csv(build));
            }
        }
        if (!Files.exists(csv)) {
            lines.addFirst(Phase.csvHeader());
        }
        Files.write(csv, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        LatencyTally other = beside.join();
        System.out.printf(
                "beside the generator: %,d answered, %,d failed, p99 %.1f ms%n",
                other.answered(), other.failed(), other.latencyMs(99));
        System.out.println(Machine.line());
        return isHeld(phases) && other.failed() == 0;
    }

    /**
     * What is answered with {@link #ENOUGH} requests under way, once it grows no more: on one core the compiler takes
     * its time.
     */
    private static double capacity(int port, List<RequestBytes> requests) throws IOException {
        double most = 0;
        int withoutGrowth = 0;
        try (RetryingClients enough = new RetryingClients(port, requests, ENOUGH)) {
            for (int round = 0; round < MOST_EARLY && withoutGrowth < SETTLED; round++) {
                OverloadTally tally = new OverloadTally(BATCH);
                enough.come(ANY_RATE, EARLY_SECONDS, tally);
                double goodput = tally.goodput();
                withoutGrowth = goodput > GROWTH * most ? 0 : withoutGrowth + 1;
                most = Math.max(most, goodput);
            }
        }
        return most;
    }

    private static LatencyTally askALittle(LoadSettings settings, List<String> texts, double seconds) {
        RequestBytes singles = RequestBytes.verifications(texts, 1, settings.port(), settings.token());
        try (Generator generator = new Generator(settings.port(), CONNECTIONS)) {
            return generator.open(singles, BYSTANDER_PER_SECOND, seconds);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static long residentMib(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
            }
        }
        throw new IOException(status + " says nothing of memory");
    }

    private static boolean isHeld(List<Phase> phases) {
        boolean isHeld = true;
        for (Phase phase : phases) {
            if (phase.times > 1) {
                boolean isGood = phase.share() >= LEAST_SHARE
                        && phase.beyond.latencyMs(99) < MOST_P99_MS
                        && phase.beyond.unansweredRequests() == 0
                        && phase.residentMib < MOST_GROWTH * phases.getFirst().residentMib;
                System.out.printf("%.0f times: %s%n", phase.times, isGood ? "held" : "NOT HELD");
                isHeld &= isGood;
            }
        }
        return isHeld;
    }

    /**
     * One load, and by turns with it just what keeps the gateway busy, which is the best it does: a machine that others
     * share is by a third faster in one minute than in the next.
     */
    private static final class Phase {
        private final double times;
        private final OverloadTally atCapacity = new OverloadTally(BATCH);
        private final OverloadTally beyond = new OverloadTally(BATCH);
        private long residentMib;

        private Phase(double times) {
            this.times = times;
        }

        private double share() {
            return beyond.goodput() / atCapacity.goodput();
        }

        @Override
        public String toString() {
            return "%-14s %s %,12d %8.0f%%"
                    .formatted("%.0f times".formatted(times), beyond, residentMib, 100 * share());
        }

        private static String csvHeader() {
            return "build,times," + OverloadTally.csvHeader() + ",at_capacity,resident_mib";
        }

        private String csv(String build) {
            return "%s,%.0f,%s,%.0f,%d".formatted(build, times, beyond.csv(), atCapacity.goodput(), residentMib);
        }
    }
}
