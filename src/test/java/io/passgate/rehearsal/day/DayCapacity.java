package io.passgate.rehearsal.day;

import io.passgate.rehearsal.day.DayClients.Counter;
import io.passgate.rehearsal.day.DayCurve.Kind;
import io.passgate.rehearsal.day.DayRun.Sample;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * What a machine can do with the mix of a day's peak: rates that rise step by step, until they are not done well. One
 * thread.
 */
public final class DayCapacity {
    private static final int STEPS = 16;
    private static final double STEP = 1.25;
    private static final int STEP_SLOTS = DayCurve.SLOTS / STEPS;
    private static final Duration STEP_LENGTH = Duration.ofSeconds(5);
    private static final Duration WARM_UP_STEP = Duration.ofMinutes(1);
    private static final double MOST_P99_MS = 500;
    private static final double LEAST_ANSWERED = 0.99;
    private static final int MOST_BAD = 2;
    private static final int MOST_CONNECTIONS = 1_024;

    /** Nobody asks again: a step has nothing of the one before. */
    private static final RetrySchedule.Habits ONCE = new RetrySchedule.Habits(0, 1, 1);

    private final DayCurve curve;
    private final DayRequests requests;
    private final int doorsPort;
    private final int issuingPort;
    private final PrintStream progress;

    /**
     * Of the mix of a day.
     *
     * @param progress is told of each step
     */
    public DayCapacity(DayCurve curve, DayRequests requests, int doorsPort, int issuingPort, PrintStream progress) {
        this.curve = curve;
        this.requests = requests;
        this.doorsPort = doorsPort;
        this.issuingPort = issuingPort;
        this.progress = progress;
    }

    /** Lanes of clients, to ports of this machine. */
    private final class Lanes {
        private final LaneTally doors;
        private final LaneTally issuing;
        private final List<Counter> counters;

        Lanes(DayPlan plan) {
            int seconds = (int) plan.length().toSeconds() + 1;
            doors = new LaneTally("At doors", seconds);
            issuing = new LaneTally("Issuing", seconds);
            counters = List.of(
                    new Counter(Kind.CHECK_IN, doorsPort, 1, requests.of(Kind.CHECK_IN), doors),
                    new Counter(Kind.VERIFICATION, doorsPort, 1, requests.of(Kind.VERIFICATION), doors),
                    new Counter(Kind.PASS, issuingPort, 1, requests.of(Kind.PASS), issuing),
                    new Counter(Kind.FIRST_CONSENT, issuingPort, 1, requests.of(Kind.FIRST_CONSENT), issuing));
        }

        /** Plays until a second of which it is said that it is over. */
        void play(DayPlan plan, LongPredicate isOver) throws IOException {
            DayClients[] playing = new DayClients[1];
            try (DayClients clients = new DayClients(plan, counters, MOST_CONNECTIONS, ONCE, new Random(), second -> {
                if (isOver.test(second)) {
                    playing[0].end();
                }
            })) {
                playing[0] = clients;
                clients.play();
            }
        }
    }

    /** Offers the first rates for so long, so that code is compiled; nothing of it counts. */
    public void warmUp(double perSecond, Duration length) throws IOException {
        DayPlan plan = plan(perSecond * Math.pow(STEP, STEPS - 1), WARM_UP_STEP);
        new Lanes(plan).play(plan, second -> second >= length.toSeconds());
    }

    /**
     * Offers rates until p99 is above 500 ms, or more than 1 % of the requests is not answered, in the last four of the
     * five seconds of each of two steps in a row: one alone may be a pause of the machine, or code that is compiled.
     *
     * @param first check-ins a second of the first step; each has a quarter more than the one before
     * @return check-ins a second of the last step that was done well; of the first one where none was
     */
    public double measure(double first) throws IOException {
        DayPlan plan = plan(first * Math.pow(STEP, STEPS - 1), STEP_LENGTH);
        Lanes lanes = new Lanes(plan);
        int[] good = {0};
        int[] badInARow = {0};
        lanes.play(plan, second -> {
            int step = (int) (second / STEP_LENGTH.toSeconds());
            if (second % STEP_LENGTH.toSeconds() != 0 || step == 0) {
                return false;
            }
            boolean isGood = isDoneWell(first * Math.pow(STEP, step - 1.0), step, List.of(lanes.doors, lanes.issuing));
            good[0] = isGood ? step : good[0];
            badInARow[0] = isGood ? 0 : badInARow[0] + 1;
            return badInARow[0] == MOST_BAD;
        });
        return first * Math.pow(STEP, Math.max(0, good[0] - 1));
    }

    private DayPlan plan(double most, Duration step) {
        return new DayPlan(
                rising(),
                new DayPlan.Terms(most, 1, 86_400.0 / step.multipliedBy(STEPS).toSeconds(), Duration.ZERO));
    }

    private boolean isDoneWell(double rate, int step, List<LaneTally> lanes) {
        int until = (int) (step * STEP_LENGTH.toSeconds());
        int from = until - (int) STEP_LENGTH.toSeconds() + 1;
        double offered = 0;
        double answered = 0;
        double p99Ms = 0;
        for (LaneTally lane : lanes) {
            for (Sample second : lane.lane().samples().subList(from, until)) {
                offered += second.offered();
                answered += second.answered();
                p99Ms = Math.max(p99Ms, second.p99Ms());
            }
        }
        boolean isDoneWell = p99Ms <= MOST_P99_MS && answered >= LEAST_ANSWERED * offered;
        progress.printf(
                "capacity: %,.0f check-ins/s with the rest of the peak's mix: %.1f %% answered, p99 of the worst second"
                        + " %,.0f ms: %s%n",
                rate, 100 * answered / offered, p99Ms, isDoneWell ? "done" : "too much");
        return isDoneWell;
    }

    /** A day of steps, each with the mix of the peak. */
    private DayCurve rising() {
        int peak = curve.busiestSlot(Kind.CHECK_IN);
        StringBuilder text = new StringBuilder("time,check_ins,verifications,passes,first_consents\n");
        IntStream.range(0, DayCurve.SLOTS).forEach(slot -> {
            int step = slot / STEP_SLOTS;
            double share = Math.pow(STEP, step - (STEPS - 1.0));
            text.append(DayCurve.timeOf(slot));
            for (Kind kind : Kind.values()) {
                text.append(',').append(Math.round(share * curve.perSecond(kind, peak)));
            }
            text.append('\n');
        });
        return DayCurve.parse(text.toString(), "steps");
    }
}
