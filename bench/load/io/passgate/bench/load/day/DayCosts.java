package io.passgate.bench.load.day;

import io.passgate.bench.Machine;
import io.passgate.bench.load.Generator;
import io.passgate.bench.load.LatencyTally;
import io.passgate.bench.load.RequestBytes;
import io.passgate.bench.load.passes.CheckInsSetting;
import io.passgate.bench.load.passes.CheckInsSetting.Door;
import io.passgate.bench.load.passes.Minting;
import io.passgate.rehearsal.day.DayReport.CpuCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What check-ins cost with 1, 2 and 3 gateways at the same load each: processor time of the gateways for 100,000 of
 * them in batches of 64, less what the gateways take when nobody comes. Takes the layout and a file for the figures.
 *
 * <p>Three gateways are started, with the JVM's flags as shipped, and are warmed up first; what their compilers
 * still take is told and does not count, for it ends. Then people come to one, two or three of them by turns, and the
 * median of the turns counts: the machine is another one every minute, and so all numbers of gateways see the same of
 * it. The others are held meanwhile (SIGSTOP): gateways share the work of carrying entries into the log, and one that
 * nobody comes to would look for them as often, and find less.
 *
 * <pre>
 *   bench/run.sh day costs
 * </pre>
 */
public final class DayCosts {
    private static final int GATEWAYS = 3;
    private static final int BATCH = 64;
    private static final int MAX_UNDER_WAY = 256;

    /** Check-ins a second at each: three times as many leave room for the generators and the stores on two cores. */
    private static final double PER_SECOND = 5_000;

    /** Of a request while code is compiled: what is done once a request is done more often so. */
    private static final int SMALL_BATCH = 4;

    /** Check-ins in small batches at first, while nothing is compiled; twice as much then, and so on. */
    private static final double FIRST_PER_SECOND = 300;

    /** Check-ins in small batches at most. */
    private static final double SMALL_PER_SECOND = 1_500;

    /** Of the gateways' processor time: with more for the compilers a gateway is not warm. */
    private static final double STILL_COMPILING = 0.1;

    /** Cores of all compilers, from which on it is not worth to wait for them. */
    private static final double COMPILERS_AT_REST = 0.1;

    private static final Duration LOOKING = Duration.ofMillis(250);
    private static final int MOST_LOOKS = 40;

    private static final int CHECK_INS = 100_000;

    private static final int TRIALS = 20;
    private static final Duration SOON = Duration.ofMillis(500);

    /** Longer than entries wait to be carried into the log. */
    private static final Duration CARRYING = Duration.ofMillis(400);

    private static final double NS_PER_SECOND = 1e9;

    private final CheckInsSetting setting;
    private final Pace pace;
    private final List<Generator> generators = new ArrayList<>();
    private final Minting minting = new Minting(80_000, SOON);

    /** How much time is taken. */
    private record Pace(int smallWarmUps, int warmUps, int rounds, double phaseSeconds, double idleSeconds) {
        static final Pace FULL = new Pace(6, 5, 5, 1.5, 3);
        static final Pace QUICK = new Pace(2, 1, 1, 1, 1);
    }

    /** What so many check-ins took. */
    private record Phase(long checkIns, ProcessorTime took) {
        /** Of the gateways, for 100,000 of them. */
        double seconds(double idleCores) {
            return took.gatewaySeconds(idleCores) * CHECK_INS / checkIns;
        }

        double storeSeconds(double idleCores) {
            return took.storeSeconds(idleCores) * CHECK_INS / checkIns;
        }
    }

    private DayCosts(CheckInsSetting setting, Pace pace) throws IOException {
        this.setting = setting;
        this.pace = pace;
        for (Door door : setting.doors()) {
            generators.add(new Generator(door.port(), MAX_UNDER_WAY));
        }
    }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        List<CpuCost> costs = measure(Path.of(args[0]), args.length > 2);
        Files.write(
                Path.of(args[1]),
                Stream.concat(
                                Stream.of("\"gateways\",\"CPU s for 100,000 check-ins\",\"idle cores of a gateway\""),
                                costs.stream()
                                        .map(cost -> "%d,%f,%f"
                                                .formatted(cost.gateways(), cost.cpuSeconds(), cost.idleCores())))
                        .toList());
        System.out.println(Machine.line());
        System.exit(0);
    }

    /**
     * Measures, and prints what it finds; takes 30 s where it is quick, and nothing is warm then; otherwise some 150 s,
     * half of them for warming up.
     *
     * @param layout of the gateways
     * @return for 1, 2 and 3 gateways
     */
    public static List<CpuCost> measure(Path layout, boolean quick) throws Exception {
        try (CheckInsSetting setting = CheckInsSetting.start(layout, GATEWAYS)) {
            return new DayCosts(setting, quick ? Pace.QUICK : Pace.FULL).measure();
        }
    }

    private List<CpuCost> measure() throws IOException {
        System.out.printf(
                "%,.0f check-ins/s at each gateway, batches of %d; three gateways, PostgreSQL, Redis and generators on"
                        + " one machine%n",
                PER_SECOND, BATCH);
        warmUp();
        ProcessorTime before = idle();
        List<List<Phase>> phases = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < pace.rounds; round++) {
            for (int i = 0; i < GATEWAYS; i++) {
                int gateways = round % 2 == 0 ? 1 + i : GATEWAYS - i;
                Phase phase = phase(gateways, BATCH, PER_SECOND);
                System.out.printf(
                        "%d gateways: %.2f CPU s for 100,000 check-ins with their rest, and compilers %.0f %%%n",
                        gateways, phase.seconds(0), 100 * phase.took.compilingShare());
                boolean _ = phases.get(gateways - 1).add(phase);
            }
        }
        ProcessorTime after = idle();
        ProcessorTime idle = before.plus(after);
        System.out.printf(
                "at rest: %.4f cores a gateway (%.4f before, %.4f after), %.4f cores the stores%n",
                idle.gatewayCores() / GATEWAYS,
                before.gatewayCores() / GATEWAYS,
                after.gatewayCores() / GATEWAYS,
                idle.storeCores());
        List<CpuCost> costs = new ArrayList<>();
        for (int gateways = 1; gateways <= GATEWAYS; gateways++) {
            costs.add(cost(gateways, phases.get(gateways - 1), idle));
        }
        System.out.printf(
                "the dearest is %.3f of the cheapest%n",
                costs.stream().mapToDouble(CpuCost::cpuSeconds).max().orElseThrow()
                        / costs.stream().mapToDouble(CpuCost::cpuSeconds).min().orElseThrow());
        return costs;
    }

    private static CpuCost cost(int gateways, List<Phase> phases, ProcessorTime idle) {
        List<Double> seconds = phases.stream()
                .map(phase -> phase.seconds(idle.gatewayCores() / GATEWAYS * gateways))
                .toList();
        List<Double> ofStores = phases.stream()
                .map(phase -> phase.storeSeconds(idle.storeCores()))
                .toList();
        System.out.printf(
                "%d gateways: %.3f CPU s for 100,000 check-ins, median of %s; stores %.3f%n",
                gateways,
                median(seconds),
                seconds.stream().map("%.3f"::formatted).toList(),
                median(ofStores));
        return new CpuCost(gateways, median(seconds), idle.gatewayCores() / GATEWAYS);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /**
     * Small requests, so that what is done once a request is soon done often enough for the second compiler; then those
     * that are measured. Nobody comes while compilers have much to do: they would only take longer.
     */
    private void warmUp() throws IOException {
        long startNs = System.nanoTime();
        for (int i = 1; i <= pace.smallWarmUps; i++) {
            Phase _ = warmUp(SMALL_BATCH, Math.min(SMALL_PER_SECOND, i * FIRST_PER_SECOND));
        }
        double compiling = 1;
        for (int i = 0; i < pace.warmUps && compiling > STILL_COMPILING; i++) {
            compiling = warmUp(BATCH, PER_SECOND).took.compilingShare();
        }
        System.out.printf("warm after %.0f s%n", (System.nanoTime() - startNs) / NS_PER_SECOND);
    }

    private Phase warmUp(int batch, double perSecond) throws IOException {
        Phase phase = phase(GATEWAYS, batch, perSecond);
        System.out.printf(
                "warming up, %,.0f/s each in batches of %d: %.2f CPU s for 100,000 check-ins, and compilers %.0f %%%n",
                perSecond, batch, phase.seconds(0), 100 * phase.took.compilingShare());
        ProcessorTime before = time();
        for (int i = 0; i < MOST_LOOKS; i++) {
            LockSupport.parkNanos(LOOKING.toNanos());
            ProcessorTime now = time();
            if (now.since(before).compilingCores() < COMPILERS_AT_REST) {
                break;
            }
            before = now;
        }
        return phase;
    }

    private ProcessorTime idle() throws IOException {
        LockSupport.parkNanos(SOON.toNanos());
        ProcessorTime before = time();
        LockSupport.parkNanos((long) (pace.idleSeconds * NS_PER_SECOND));
        return time().since(before);
    }

    /** People come to the first so many gateways, and the others are held. */
    private Phase phase(int gateways, int batch, double perSecond) throws IOException {
        int requests = (int) Math.ceil(perSecond / batch * pace.phaseSeconds) + 1;
        List<RequestBytes> checkIns = minted(gateways, requests * batch, batch, perSecond);
        signal("STOP", gateways);
        try {
            ProcessorTime before = time();
            long acknowledged = batch * offer(checkIns, perSecond);
            LockSupport.parkNanos(CARRYING.toNanos());
            return new Phase(acknowledged, time().since(before));
        } finally {
            signal("CONT", gateways);
        }
    }

    /** Requests that were answered, of those for the first gateways at once. */
    private long offer(List<RequestBytes> checkIns, double perSecond) {
        List<CompletableFuture<LatencyTally>> offered = IntStream.range(0, checkIns.size())
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> offer(generators.get(i), checkIns.get(i), perSecond),
                        work -> Thread.ofPlatform().daemon().name("people-" + i).start(work)))
                .toList();
        long answered = 0;
        for (CompletableFuture<LatencyTally> one : offered) {
            LatencyTally tally = one.join();
            if (tally.failed() > 0) {
                System.out.println("without an answer: " + tally);
            }
            answered += tally.answered();
        }
        return answered;
    }

    /** To the gateways behind the first so many. */
    private void signal(String name, int first) throws IOException {
        for (Door door : setting.doors().subList(first, GATEWAYS)) {
            try {
                String pid = Long.toString(door.deployment().gateway().pid());
                if (new ProcessBuilder("kill", "-" + name, pid).start().waitFor() != 0) {
                    throw new IOException("a gateway was not told " + name);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Passes that are good from the instant on at which this returns. */
    private List<RequestBytes> minted(int gateways, int count, int batch, double perSecond) {
        return minting.ready(
                        gateways * count,
                        TRIALS,
                        start -> setting.doors().stream()
                                .limit(gateways)
                                .map(door -> setting.checkIns(door.port(), count, batch, perSecond, start))
                                .toList())
                .orElseThrow(() -> new IllegalStateException("passes are made too slowly"));
    }

    private LatencyTally offer(Generator generator, RequestBytes checkIns, double perSecond) {
        try {
            return generator.open(checkIns, perSecond, pace.phaseSeconds);
        } catch (IOException failed) {
            throw new CompletionException(failed);
        }
    }

    private ProcessorTime time() throws IOException {
        return ProcessorTime.of(
                setting.doors().stream()
                        .map(door -> door.deployment().gateway())
                        .toList(),
                List.of(
                        setting.stores.postgresql.process().orElseThrow(),
                        setting.stores.redis.process().orElseThrow()));
    }
}
