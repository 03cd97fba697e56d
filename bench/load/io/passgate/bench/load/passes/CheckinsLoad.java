package io.passgate.bench.load.passes;

import io.passgate.bench.Machine;
import io.passgate.bench.load.Generator;
import io.passgate.bench.load.LatencyTally;
import io.passgate.bench.load.RequestBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Check-ins at a whole deployment on this machine: passes of distinct holders, each made in the second it is shown and
 * used once; at the end the entry log has as many rows as were acknowledged. Takes the gateway's layout and a file for
 * the figures.
 *
 * <pre>
 *   bench/run.sh checkins
 * </pre>
 */
public final class CheckinsLoad {
    private static final int MAX_UNDER_WAY = 1_024;
    private static final int BATCH = 64;
    private static final double[] BATCHED = {15_500, 22_100, 26_000, 30_000, 34_000, 39_000, 44_200};
    private static final double[] SINGLE = {5_600, 8_000, 11_000, 12_500, 16_000, 20_000};

    private static final int TRIALS = 3;
    private static final int PATIENCE_SECONDS = 60;

    private final CheckInsSetting setting;
    private final CheckInsSetting.Door door;
    private final double phaseSeconds;
    private final List<String> csv = new ArrayList<>(List.of(LatencyTally.csvHeader()));
    private final Minting minting = new Minting(150_000, Duration.ofSeconds(1));
    private long acknowledged;
    private long unanswered;

    private CheckinsLoad(CheckInsSetting setting, double phaseSeconds) {
        this.setting = setting;
        this.door = setting.doors().getFirst();
        this.phaseSeconds = phaseSeconds;
    }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        boolean quick = args.length > 2;
        try (CheckInsSetting setting = CheckInsSetting.start(Path.of(args[0]), 1)) {
            CheckinsLoad load = new CheckinsLoad(setting, quick ? 3 : 15);
            load.measure();
            Files.write(Path.of(args[1]), load.csv);
            load.compare();
        }
        System.out.println("generator, gateway, PostgreSQL and Redis on one machine; up to " + MAX_UNDER_WAY
                + " requests under way; latencies from the intended send time");
        System.out.println(Machine.line());
        System.exit(0);
    }

    private void measure() throws IOException {
        System.out.println(LatencyTally.header());
        try (Generator generator = new Generator(door.port(), MAX_UNDER_WAY)) {
            var _ = open(generator, BATCH, 8_000);
            var _ = open(generator, 1, 4_000);
            double batched = most(generator, BATCH, BATCHED);
            double single = most(generator, 1, SINGLE);
            System.out.printf("%n%,.0f check-ins/s, batch %d%n%,.0f check-ins/s, single%n%n", batched, BATCH, single);
        }
    }

    private double most(Generator generator, int batch, double[] loads) throws IOException {
        double most = 0;
        for (double load : loads) {
            Optional<LatencyTally> offered = open(generator, batch, load);
            if (offered.isEmpty()) {
                System.out.printf(
                        "%-6d %,12.0f was not offered: the passes for it were made too slowly%n", batch, load);
                continue;
            }
            LatencyTally latencyTally = offered.get();
            System.out.println(latencyTally);
            csv.add(latencyTally.csv().replace("HttpLoad.http", "CheckinsLoad.checkins"));
            most = Math.max(most, latencyTally.payloadsPerSecond());
        }
        return most;
    }

    /** Empty where the machine had other things to do than to make the passes in time, as often as that was tried. */
    private Optional<LatencyTally> open(Generator generator, int batch, double perSecond) throws IOException {
        int count = batch * ((int) Math.ceil(perSecond / batch * phaseSeconds) + 1);
        Optional<RequestBytes> checkIns =
                minting.ready(count, TRIALS, start -> setting.checkIns(door.port(), count, batch, perSecond, start));
        if (checkIns.isEmpty()) {
            return Optional.empty();
        }
        LatencyTally latencyTally = generator.open(checkIns.get(), perSecond, phaseSeconds);
        acknowledged += latencyTally.answered() * batch;
        unanswered += latencyTally.unansweredRequests() * batch;
        return Optional.of(latencyTally);
    }

    private void compare() throws SQLException, IOException {
        long deadlineNs =
                System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        long rows = rows();
        while (rows < acknowledged && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            rows = rows();
        }
        System.out.printf(
                "%,d acknowledged, %,d unanswered, %,d rows in the entry log%n", acknowledged, unanswered, rows);
        if (rows < acknowledged || rows > acknowledged + unanswered) {
            throw new IllegalStateException("the entry log differs from what was acknowledged");
        }
    }

    private long rows() throws SQLException {
        return setting.stores.number("SELECT count(*) FROM entry_log");
    }
}
