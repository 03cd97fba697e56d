package io.passgate.bench.load.day;

import io.passgate.bench.Machine;
import io.passgate.bench.load.Generator;
import io.passgate.bench.load.LatencyTally;
import io.passgate.bench.load.RequestBytes;
import io.passgate.bench.load.passes.CheckInsSetting;
import io.passgate.bench.load.passes.Minting;
import io.passgate.rehearsal.BaselineNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * A gateway and a baseline under the same check-ins, one after the other on the same stores: at which load each breaks,
 * and what a check-in takes of it. Takes the layout and a file for the figures.
 *
 * <pre>
 *   bench/run.sh day baseline
 * </pre>
 */
public final class BaselineLoad {
    private static final int MAX_UNDER_WAY = 1_024;
    private static final int BATCH = 64;
    private static final double[] BATCHED = {
        200, 400, 600, 800, 1_000, 1_500, 2_000, 4_000, 8_000, 12_000, 16_000, 22_100
    };
    private static final double[] SINGLE = {200, 400, 600, 800, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 8_000, 11_000
    };

    /** From where on the gateway is tried. */
    private static final double FIRST_OF_GATEWAY = 2_000;

    /** Phases in which code is compiled, and of which none counts: small requests are more of them. */
    private static final int WARM_UPS = 8;

    private static final int WARM_UP_BATCH = 4;

    /** Check-ins a second at first; twice as many then, and so on. */
    private static final double WARM_UP_OF_GATEWAY = 150;

    private static final double WARM_UP_OF_BASELINE = 40;

    /** What still waits when a load is over is done before the next one. */
    private static final double AT_REST_CORES = 0.2;

    private static final Duration LOOKING = Duration.ofMillis(500);
    private static final int MOST_LOOKS = 60;

    /** Broken is what leaves a request without an answer, or takes longer. */
    private static final double SLOW_MS = 1_000;

    private static final int TRIALS = 20;

    private final CheckInsSetting setting;
    private final double phaseSeconds;
    private final List<String> csv = new ArrayList<>(List.of(LatencyTally.csvHeader()));
    private final Minting minting = new Minting(80_000, Duration.ofMillis(500));

    private BaselineLoad(CheckInsSetting setting, double phaseSeconds) {
        this.setting = setting;
        this.phaseSeconds = phaseSeconds;
    }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        boolean quick = args.length > 2;
        try (CheckInsSetting setting = CheckInsSetting.start(Path.of(args[0]), 1)) {
            BaselineLoad load = new BaselineLoad(setting, quick ? 2 : 4);
            try (CheckInsSetting.Door gateway = setting.doors().getFirst()) {
                load.measure(
                        "gateway",
                        gateway.port(),
                        gateway.deployment().gateway(),
                        FIRST_OF_GATEWAY,
                        WARM_UP_OF_GATEWAY);
            }
            try (BaselineNode baseline = setting.baseline()) {
                load.measure(
                        "baseline",
                        baseline.port,
                        ProcessHandle.of(baseline.pid()).orElseThrow(),
                        0,
                        WARM_UP_OF_BASELINE);
            }
            Files.write(Path.of(args[1]), load.csv);
        }
        System.out.println(Machine.line());
        System.exit(0);
    }

    private void measure(String what, int port, ProcessHandle process, double first, double warmUp) throws IOException {
        System.out.printf("%s:%n%s   us a check-in%n", what, LatencyTally.header());
        try (Generator generator = new Generator(port, MAX_UNDER_WAY)) {
            for (int i = 1; i <= WARM_UPS; i++) {
                LatencyTally _ = offer(generator, port, WARM_UP_BATCH, i * warmUp);
                rest(process);
            }
            most(what, generator, port, process, BATCH, from(first, BATCHED));
            most(what, generator, port, process, 1, from(first, SINGLE));
        }
    }

    private static double[] from(double first, double[] loads) {
        return Arrays.stream(loads).filter(load -> load >= first).toArray();
    }

    private void most(String what, Generator generator, int port, ProcessHandle process, int batch, double[] loads)
            throws IOException {
        double most = 0;
        for (double load : loads) {
            Duration before = cpu(process);
            LatencyTally tally = offer(generator, port, batch, load);
            double ns = cpu(process).minus(before).toNanos();
            System.out.printf("%s   %.1f%n", tally, ns / 1_000 / Math.max(1, tally.answered() * batch));
            rest(process);
            csv.add(tally.csv().replace("HttpLoad.http", "BaselineLoad." + what));
            most = Math.max(most, tally.payloadsPerSecond());
            if (tally.failed() > 0 || tally.latencyMs(99) > SLOW_MS) {
                System.out.printf("%s breaks at %,.0f/s, batch %d; the most was %,.0f/s%n", what, load, batch, most);
                return;
            }
        }
        System.out.printf("%s carries %,.0f/s, batch %d%n", what, most, batch);
    }

    private LatencyTally offer(Generator generator, int port, int batch, double perSecond) throws IOException {
        int count = batch * ((int) Math.ceil(perSecond / batch * phaseSeconds) + 1);
        RequestBytes checkIns = minting.ready(
                        count, TRIALS, start -> setting.checkIns(port, count, batch, perSecond, start))
                .orElseThrow(() -> new IllegalStateException("passes are made too slowly"));
        return generator.open(checkIns, perSecond, phaseSeconds);
    }

    private static void rest(ProcessHandle process) {
        Duration before = cpu(process);
        for (int i = 0; i < MOST_LOOKS; i++) {
            LockSupport.parkNanos(LOOKING.toNanos());
            Duration now = cpu(process);
            if (now.minus(before).toNanos() < AT_REST_CORES * LOOKING.toNanos()) {
                return;
            }
            before = now;
        }
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
