package io.passgate.rehearsal.day;

import io.passgate.rehearsal.Fault;
import io.passgate.rehearsal.GatewayNode;
import io.passgate.rehearsal.Monitoring;
import io.passgate.rehearsal.Rehearsal;
import io.passgate.rehearsal.day.DayClients.Counter;
import io.passgate.rehearsal.day.DayCurve.Kind;
import io.passgate.rehearsal.day.DayRun.Ledger;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Plays a day on what has been started, and breaks what it is told to meanwhile. One thread. */
public final class DayPlay {
    private static final RetrySchedule.Habits HABITS = new RetrySchedule.Habits(0.9, 8, 50_000);
    private static final int MOST_CONNECTIONS = 1_024;
    private static final int SAID_EVERY_SECONDS = 10;

    /** What is under way at the end of a day has so long, and is counted in its last second. */
    private static final Duration CARRIED = Duration.ofSeconds(90);

    /** After which nothing is under way to the log that nobody misses. */
    private static final Duration LAST_CARRIED = Duration.ofSeconds(3);

    private static final long LOOKING_MS = 500;
    private static final Pattern HEADERS = Pattern.compile("\r\n.*\r\n\r\n", Pattern.DOTALL);
    private static final double NS_PER_SECOND = 1e9;

    private final DayPlan plan;
    private final DayRequests requests;
    private final int doorsPort;
    private final int issuingPort;
    private final PrintStream progress;

    /**
     * Plays of a plan.
     *
     * @param doorsPort where check-ins and verifications go
     * @param issuingPort where passes and consents are asked for; it may be the same
     * @param progress is told now and then how it goes
     */
    public DayPlay(DayPlan plan, DayRequests requests, int doorsPort, int issuingPort, PrintStream progress) {
        this.plan = plan;
        this.requests = requests;
        this.doorsPort = doorsPort;
        this.issuingPort = issuingPort;
        this.progress = progress;
    }

    /** Plays of a plan on a rehearsal that has been started. */
    public static DayPlay on(Rehearsal rehearsal, DayPlan plan, DayRequests requests, PrintStream progress) {
        return new DayPlay(plan, requests, rehearsal.haProxy.port, rehearsal.haProxy.issuingPort, progress);
    }

    /** What came of a play beside its seconds. */
    private record Played(Instant start, LaneTally doors, LaneTally issuing, List<Broken> broken, long peakOverNs) {
        DayRun run(String name, boolean isJudged, DayAlerts alerts, boolean isWatched, Optional<Ledger> ledger) {
            return new DayRun(
                    name,
                    isJudged,
                    List.of(doors.lane(), issuing.lane()),
                    faults(),
                    alerts.expected(),
                    isWatched ? Optional.of(alerts.fired()) : Optional.empty(),
                    ledger);
        }

        private List<DayRun.Fault> faults() {
            return IntStream.range(0, broken.size())
                    .mapToObj(i -> {
                        Broken one = broken.get(i);
                        long until =
                                i + 1 < broken.size() ? broken.get(i + 1).atNs() : Math.max(one.mendedNs(), peakOverNs);
                        return new DayRun.Fault(
                                one.fault().name(),
                                one.atNs() / NS_PER_SECOND,
                                one.mendedNs() / NS_PER_SECOND,
                                doors.silenceNs(one.atNs(), until) / NS_PER_SECOND,
                                one.fault().mostSilence().toMillis() / 1e3);
                    })
                    .toList();
        }
    }

    /** A fault that was made, from the play's beginning. */
    private record Broken(Fault fault, long atNs, long mendedNs) {}

    /**
     * Plays the day on the gateways.
     *
     * @param faults are made at the peak, one after the other
     * @param monitoring that has been started and is quiet
     * @throws IllegalStateException if a fault was not made and mended as it was meant, or is not mended long after the
     *     day
     */
    public DayRun play(String name, Rehearsal rehearsal, List<Fault> faults, Monitoring monitoring)
            throws IOException, InterruptedException, SQLException {
        requests.forget();
        Played played = play(name, rehearsal.gateways(), faults);
        Ledger ledger = ledger(rehearsal, played.start());
        DayAlerts alerts = new DayAlerts(
                played.start(),
                played.broken().stream()
                        .map(one -> new DayAlerts.Broken(one.fault(), Duration.ofNanos(one.atNs())))
                        .toList(),
                monitoring.fired().stream()
                        .filter(one -> one.at().isAfter(played.start()))
                        .toList());
        return played.run(name, true, alerts, true, Optional.of(ledger));
    }

    /**
     * Plays a day on which more people come than can be served: what people are told is held, and the rest is there to
     * be compared with.
     */
    public DayRun playCrowd(String name, Rehearsal rehearsal) throws IOException, InterruptedException, SQLException {
        requests.forget();
        Played played = play(name, rehearsal.gateways(), List.of());
        DayAlerts none = new DayAlerts(played.start(), List.of(), List.of());
        return played.run(name, false, none, false, Optional.of(ledger(rehearsal, played.start())));
    }

    /** Plays the same on something else that takes the same requests, and that nobody promised anything of. */
    public DayRun playBaseline(String name) throws IOException, InterruptedException {
        Played played = play(name, List.of(), List.of());
        DayAlerts none = new DayAlerts(played.start(), List.of(), List.of());
        return played.run(name, false, none, false, Optional.empty());
    }

    private Played play(String name, List<GatewayNode> gateways, List<Fault> faults)
            throws IOException, InterruptedException {
        int seconds = (int) plan.length().plusMillis(999).toSeconds();
        LaneTally doors = new LaneTally("At doors", seconds);
        LaneTally issuing = new LaneTally("Issuing", seconds);
        List<Counter> counters = List.of(
                counter(Kind.CHECK_IN, doorsPort, doors),
                counter(Kind.VERIFICATION, doorsPort, doors),
                counter(Kind.PASS, issuingPort, issuing),
                counter(Kind.FIRST_CONSENT, issuingPort, issuing));
        try (DayClients clients = new DayClients(
                        plan,
                        counters,
                        MOST_CONNECTIONS,
                        HABITS,
                        new Random(),
                        second -> say(name, (int) second, doors, issuing));
                QueueDepths depths = new QueueDepths(gateways)) {
            Breaking breaking = new Breaking(plan.faultInstants(Math.max(1, faults.size())), faults, progress);
            Instant start = Instant.now();
            breaking.begin();
            clients.play();
            List<Broken> broken = breaking.end();
            depths.tell(doors, issuing);
            if (clients.givenUp() + clients.waiting() > 0) {
                progress.printf(
                        "%s: %,d gave up after %d attempts, and %,d still wanted to ask again%n",
                        name, clients.givenUp(), HABITS.mostAttempts(), clients.waiting());
            }
            for (String refusal : clients.refusals()) {
                progress.printf(
                        "%s: somebody was told %s%n",
                        name, HEADERS.matcher(refusal).replaceFirst(" "));
            }
            return new Played(start, doors, issuing, broken, plan.peakOver().toNanos());
        }
    }

    private Counter counter(Kind kind, int port, LaneTally tally) {
        return new Counter(kind, port, 1, requests.of(kind), tally);
    }

    private void say(String name, int second, LaneTally doors, LaneTally issuing) {
        if (second % SAID_EVERY_SECONDS == 0) {
            progress.printf(
                    "%s %ds of %ds, %s%n  %s%n  %s%n",
                    name,
                    second,
                    plan.length().toSeconds(),
                    plan.timeOfDay(TimeUnit.SECONDS.toNanos(second)),
                    doors.said(second - 2),
                    issuing.said(second - 2));
        }
    }

    /** Compares the log with what people were told, when what waits has been carried there. */
    private Ledger ledger(Rehearsal rehearsal, Instant start) throws InterruptedException, SQLException {
        String query =
                "SELECT replace(entry_id::text, '-', '') FROM entry_log WHERE at >= '" + start.minusSeconds(1) + "'";
        long deadlineNs = System.nanoTime() + CARRIED.toNanos();
        while (ledger(rehearsal, query).missing() > 0 && System.nanoTime() - deadlineNs < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOKING_MS);
        }
        TimeUnit.MILLISECONDS.sleep(LAST_CARRIED.toMillis());
        return ledger(rehearsal, query);
    }

    private Ledger ledger(Rehearsal rehearsal, String query) throws SQLException {
        List<String> logged = rehearsal.postgresql.texts(query).stream()
                .filter(id -> !requests.isForgotten(id))
                .toList();
        return Ledger.of(requests.asked(), requests.acknowledged(), logged);
    }

    /** Makes faults and mends them, each at its instant or when the one before is over, by a thread of its own. */
    private static final class Breaking {
        private final List<Duration> instants;
        private final List<Fault> faults;
        private final PrintStream progress;
        private final List<Broken> broken = new ArrayList<>();
        private final List<String> notAsMeant = new ArrayList<>();
        private final Thread thread;
        private final long startNs = System.nanoTime();

        Breaking(List<Duration> instants, List<Fault> faults, PrintStream progress) {
            this.instants = instants;
            this.faults = faults;
            this.progress = progress;
            thread = Thread.ofPlatform().name("breaks-things").daemon().unstarted(this::run);
        }

        void begin() {
            thread.start();
        }

        private void run() {
            try {
                for (int i = 0; i < faults.size(); i++) {
                    Fault fault = faults.get(i);
                    sleepUntil(instants.get(i).toNanos());
                    long atNs = System.nanoTime() - startNs;
                    progress.printf("%.1f s: %s%n", atNs / NS_PER_SECOND, fault.name());
                    tryTo(fault, fault.breaks());
                    sleepUntil(atNs + fault.brokenFor().toNanos());
                    tryTo(fault, fault.mends());
                    long mendedNs = System.nanoTime() - startNs;
                    progress.printf("%.1f s: mended: %s%n", mendedNs / NS_PER_SECOND, fault.name());
                    broken.add(new Broken(fault, atNs, mendedNs));
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /** What does not go as it is meant is said, and the day goes on to its end. */
        private void tryTo(Fault fault, Fault.Step step) throws InterruptedException {
            try {
                step.run();
            } catch (IOException | RuntimeException | AssertionError failed) {
                progress.println(failed);
                notAsMeant.add(fault.name());
            }
        }

        private void sleepUntil(long elapsedNs) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, elapsedNs - (System.nanoTime() - startNs)));
        }

        List<Broken> end() throws InterruptedException {
            thread.join(CARRIED);
            if (thread.isAlive()) {
                throw new IllegalStateException("what was broken is not mended yet");
            }
            if (!notAsMeant.isEmpty() || broken.size() < faults.size()) {
                throw new IllegalStateException("%d of %d faults were made, and not as they were meant: %s"
                        .formatted(broken.size(), faults.size(), notAsMeant));
            }
            return List.copyOf(broken);
        }
    }
}
