package io.passgate.bench.load.day;

import io.passgate.bench.Machine;
import io.passgate.rehearsal.BreakableGateways;
import io.passgate.rehearsal.Fault;
import io.passgate.rehearsal.Faults;
import io.passgate.rehearsal.Monitoring;
import io.passgate.rehearsal.Rehearsal;
import io.passgate.rehearsal.day.DayCapacity;
import io.passgate.rehearsal.day.DayCurve;
import io.passgate.rehearsal.day.DayPlan;
import io.passgate.rehearsal.day.DayPlay;
import io.passgate.rehearsal.day.DayReport;
import io.passgate.rehearsal.day.DayReport.CpuCost;
import io.passgate.rehearsal.day.DayRequests;
import io.passgate.rehearsal.day.DayRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Monday 13 December 2021 on the engines that would carry it, all on this machine: a quiet day, the day with faults at
 * its peak, the day with more people than can be served, the same crowd on a plain baseline, and what check-ins cost.
 * Takes a folder for the report.
 *
 * <p>System properties change what is played: {@code passgate.day.plays} (of {@code quiet}, {@code faults},
 * {@code crowd}, {@code baseline} and {@code costs}), {@code passgate.day.capacity} (check-ins a second instead of
 * measuring it), {@code passgate.day.share} of it at the peak and {@code passgate.day.crowd} of it at the peak of a
 * crowd, {@code passgate.day.compression} of time, and {@code passgate.day.peak}, the seconds that the busiest five
 * minutes are held.
 *
 * <pre>
 *   bench/run.sh day
 * </pre>
 */
public final class DayLoad {
    private static final Path CURVE = Path.of("bench/days/2021-12-13.csv");
    private static final Path LAYOUT = Path.of("target/passgate");
    private static final List<String> PLAYS = List.of("quiet", "faults", "crowd", "baseline", "costs");
    private static final int HOLDERS = 5_000;

    /** Check-ins a second of the first step, while the capacity is measured. */
    private static final double FIRST_RATE = 60;

    /** By which waits of the alert rules are divided: what is broken for seconds is to outlast them. */
    private static final double SHORTER = 30;

    /** Otherwise each would take a part of the machine's memory as if it were alone. */
    private static final String AS_SHIPPED = "-Xmx512m";

    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration SHORT_WARM_UP = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofSeconds(60);

    private final Terms terms;
    private final Path out;
    private final DayCurve curve;

    /** How it is played. */
    private record Terms(
            boolean isQuick, List<String> plays, double share, double crowd, double compression, int peakSeconds) {
        static Terms of(boolean isQuick) {
            String usual = isQuick ? "faults" : String.join(",", PLAYS);
            List<String> plays =
                    List.of(System.getProperty("passgate.day.plays", usual).split(",", -1));
            if (!PLAYS.containsAll(plays)) {
                throw new IllegalArgumentException("plays are some of " + PLAYS + ", not " + plays);
            }
            return new Terms(
                    isQuick,
                    plays,
                    Double.parseDouble(System.getProperty("passgate.day.share", "0.8")),
                    Double.parseDouble(System.getProperty("passgate.day.crowd", "2")),
                    Double.parseDouble(System.getProperty("passgate.day.compression", isQuick ? "2880" : "720")),
                    Integer.getInteger("passgate.day.peak", isQuick ? 75 : 180));
        }
    }

    private DayLoad(Terms terms, Path out) throws IOException {
        this.terms = terms;
        this.out = out;
        curve = DayCurve.read(CURVE);
    }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Logger.getLogger("").setLevel(Level.WARNING);
        Path out = Files.createDirectories(Path.of(args[0]));
        boolean isHeld = new DayLoad(Terms.of(args.length > 1), out).play();
        System.out.println(Machine.line());
        System.exit(isHeld ? 0 : 1);
    }

    private boolean play() throws Exception {
        Path folder = out.resolve("rehearsal");
        List<DayRun> runs = new ArrayList<>();
        DayPlan plan;
        DayPlan crowd;
        Instant since = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (Rehearsal rehearsal = new Rehearsal(folder, AS_SHIPPED);
                BreakableGateways gateways = new BreakableGateways(rehearsal, folder)) {
            var _ = rehearsal.addIssuing();
            System.out.println("starting etcd, PostgreSQL under Patroni, Redis Cluster, HAProxy and four gateways");
            rehearsal.start();
            DayRequests requests = new DayRequests(rehearsal, HOLDERS);
            double capacity = capacity(rehearsal, requests);
            plan = plan(capacity, terms.share());
            crowd = plan(capacity, terms.crowd());
            System.out.println(plan);
            DayPlay play = DayPlay.on(rehearsal, plan, requests, System.out);
            Faults faults = new Faults(rehearsal, gateways, SHORTER);
            if (terms.plays().contains("quiet")) {
                runs.add(watched(play, "quiet", rehearsal, List.of()));
            }
            if (terms.plays().contains("faults")) {
                runs.add(watched(play, "with faults", rehearsal, terms.isQuick() ? few(faults) : faults.all()));
            }
            if (terms.plays().contains("crowd")) {
                rehearsal.mend();
                runs.add(
                        saved(DayPlay.on(rehearsal, crowd, requests, System.out).playCrowd("crowd", rehearsal)));
            }
            if (terms.plays().contains("baseline")) {
                runs.add(baseline(rehearsal, crowd, requests));
            }
        }
        List<CpuCost> costs = terms.plays().contains("costs") ? DayCosts.measure(LAYOUT, terms.isQuick()) : List.of();
        return report(plan, crowd, runs, costs, since);
    }

    private static List<Fault> few(Faults faults) {
        return List.of(faults.gatewayKilled(), faults.masterOfRedisKilled(), faults.linkCut());
    }

    private Duration warmUp() {
        return terms.isQuick() ? SHORT_WARM_UP : WARM_UP;
    }

    private double capacity(Rehearsal rehearsal, DayRequests requests) throws IOException {
        double known = Double.parseDouble(System.getProperty("passgate.day.capacity", "0"));
        DayCapacity machine =
                new DayCapacity(curve, requests, rehearsal.haProxy.port, rehearsal.haProxy.issuingPort, System.out);
        System.out.println("warming up");
        machine.warmUp(FIRST_RATE, warmUp());
        return known > 0 ? known : machine.measure(FIRST_RATE);
    }

    private DayPlan plan(double capacity, double share) {
        return new DayPlan(
                curve,
                new DayPlan.Terms(capacity, share, terms.compression(), Duration.ofSeconds(terms.peakSeconds())));
    }

    private DayRun watched(DayPlay play, String name, Rehearsal rehearsal, List<Fault> faults)
            throws IOException, InterruptedException, SQLException {
        rehearsal.mend();
        try (Monitoring monitoring = new Monitoring(out.resolve("rehearsal").resolve("monitoring-" + name))) {
            monitoring.start(rehearsal.gateways(), SHORTER);
            monitoring.awaitQuiet(QUIET);
            return saved(play.play(name, rehearsal, faults, monitoring));
        }
    }

    private DayRun baseline(Rehearsal rehearsal, DayPlan crowd, DayRequests requests)
            throws IOException, InterruptedException {
        rehearsal.killGateways();
        try (Baseline baseline =
                new Baseline(rehearsal, out.resolve("rehearsal").resolve("baseline"))) {
            System.out.println("warming up the baseline");
            new DayCapacity(curve, requests, baseline.port(), baseline.port(), System.out).warmUp(FIRST_RATE, warmUp());
            return saved(new DayPlay(crowd, requests, baseline.port(), baseline.port(), System.out)
                    .playBaseline("plain baseline, crowd"));
        }
    }

    /** Writes a line for each second of each lane. */
    private DayRun saved(DayRun run) throws IOException {
        List<String> lines = new ArrayList<>(
                List.of("lane,second,offered,answered,shed,indeterminate,refused,unanswered,p50_ms,p99_ms,queue"));
        for (DayRun.Lane lane : run.lanes()) {
            for (int second = 0; second < lane.samples().size(); second++) {
                DayRun.Sample sample = lane.samples().get(second);
                lines.add("%s,%d,%.0f,%.0f,%.0f,%.0f,%.0f,%.0f,%.1f,%.1f,%.0f"
                        .formatted(
                                lane.name(),
                                second,
                                sample.offered(),
                                sample.answered(),
                                sample.shed(),
                                sample.indeterminate(),
                                sample.refused(),
                                sample.unanswered(),
                                sample.p50Ms(),
                                sample.p99Ms(),
                                sample.queue()));
            }
        }
        Files.write(out.resolve(run.name().replace(",", "").replace(' ', '-') + ".csv"), lines);
        return run;
    }

    private boolean report(DayPlan plan, DayPlan crowd, List<DayRun> runs, List<CpuCost> costs, Instant since)
            throws IOException {
        List<String> head = new ArrayList<>(List.of(
                "Played on " + since + ", all of it on one machine: " + Machine.line(),
                "HAProxy, three gateways at doors and one that issues, Redis Cluster of three masters and three"
                        + " replicas, PostgreSQL with a synchronous standby under Patroni, Prometheus, Alertmanager.",
                "Waits and ranges of the alert rules are a thirtieth of what is shipped."));
        if (runs.stream().anyMatch(run -> !run.isJudged())) {
            head.add("A crowd is %.1f times what was done well while it was measured: %s"
                    .formatted(terms.crowd(), crowd));
        }
        if (terms.isQuick()) {
            head.add("Played quickly, with three of five faults: " + String.join(", ", terms.plays()) + ".");
        }
        Path page = out.resolve("report.html");
        boolean _ = DayReport.write(page, new DayReport.Head("Monday 13 December 2021", head), plan, runs, costs);
        System.out.println(DayReport.table(runs, costs));
        System.out.println(page);
        return DayReport.isHeld(runs, costs);
    }
}
