package io.passgate.bench.load;

import io.passgate.bench.Corpus;
import io.passgate.bench.Machine;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

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

    private static final double[] LOADS = {0.5, 0.8, 1.0, 1.5};

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
        double batches = series(64, 8);
        double singles = series(1, 64);
        double after = engine.payloadsPerSecond(engineSeconds);
        System.out.printf("engine alone, one thread, batch 64, after: %,.0f payloads/s%n%n", after);
        System.out.printf("%,.0f payloads/s, batch 64%n", batches);
        System.out.printf("%,.0f payloads/s, batch 1%n", singles);
        System.out.printf("http / (2 x engine), batch 64: %.2f%n", batches / (before + after));
    }

    /** Warms up, finds what is taken in a closed loop, offers shares of it; the most that was answered is the figure. */
    private double series(int batch, int connections) throws IOException {
        Requests requests = new Requests(texts, batch, settings.port(), settings.token());
        double most = 0;
        System.out.println(Tally.header());
        try (Generator generator = new Generator(settings.port(), MAX_UNDER_WAY)) {
            Tally unused = generator.closed(requests, connections, phaseSeconds);
            Tally probe = report(generator.closed(requests, connections, phaseSeconds / 2));
            for (double load : LOADS) {
                Tally phase = report(generator.open(requests, load * probe.payloadsPerSecond(), phaseSeconds));
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

    /** What gateway and generator have to agree on. */
    record Settings(int port, int managementPort, String token) {
        private static final String FILE = "load.properties";

        /** Writes the gateway's configuration and keeps what the generator needs of it. */
        static void make(Path folder, Path policies) throws IOException, GeneralSecurityException {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            int port = freePort();
            int managementPort = freePort();
            Files.writeString(folder.resolve("passgate.yaml"), """
                    http: { host: 127.0.0.1, port: %d }
                    management: { host: 127.0.0.1, port: %d }
                    trust: { sources: [%s] }
                    policies: %s
                    limits: { verifier: { perSecond: 10000000, burst: 10000000 } }
                    tokens:
                      - { name: bench, role: verifier, sha256: %s, expires: 2099-01-01T00:00:00Z }
                    """.formatted(
                            port,
                            managementPort,
                            Corpus.SIGNERS_FILE,
                            policies,
                            HexFormat.of().formatHex(digest)));
            Properties kept = new Properties();
            kept.setProperty("port", Integer.toString(port));
            kept.setProperty("managementPort", Integer.toString(managementPort));
            kept.setProperty("token", token);
            try (var out = Files.newBufferedWriter(folder.resolve(FILE))) {
                kept.store(out, "for one run");
            }
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }

        static Settings read(Path folder) throws IOException {
            Properties kept = new Properties();
            try (var in = Files.newBufferedReader(folder.resolve(FILE))) {
                kept.load(in);
            }
            return new Settings(
                    Integer.parseInt(kept.getProperty("port")),
                    Integer.parseInt(kept.getProperty("managementPort")),
                    kept.getProperty("token"));
        }
    }
}
