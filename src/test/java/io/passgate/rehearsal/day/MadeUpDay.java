package io.passgate.rehearsal.day;

import io.passgate.rehearsal.day.DayCurve.Kind;
import io.passgate.rehearsal.day.DayReport.CpuCost;
import io.passgate.rehearsal.day.DayRun.ExpectedAlert;
import io.passgate.rehearsal.day.DayRun.Fault;
import io.passgate.rehearsal.day.DayRun.FiredAlert;
import io.passgate.rehearsal.day.DayRun.Lane;
import io.passgate.rehearsal.day.DayRun.Ledger;
import io.passgate.rehearsal.day.DayRun.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Plays of the Monday that nobody has played, for tests of what is told of them. */
final class MadeUpDay {
    static final List<CpuCost> COSTS =
            List.of(new CpuCost(1, 2.41, 0.004), new CpuCost(2, 2.48, 0.004), new CpuCost(3, 2.6, 0.005));

    private static final List<String> BROKEN = List.of(
            "a gateway killed",
            "a Redis master killed",
            "the PostgreSQL primary killed",
            "a link cut for 20 s",
            "a gateway's clock 40 s off");
    private static final List<String> ALERTS = List.of(
            "PassgateGatewayDown",
            "PassgateOneTimeFallback",
            "PassgateStoreDown",
            "PassgateEntriesWait",
            "PassgateClockOff");
    private static final double[] MENDED = {8, 12, 19, 20, 25};
    private static final double[] SILENCES = {0.12, 0.94, 0.08, 0.05, 0.06};

    private final RandomGenerator random = new Random(13_122_021);
    final DayPlan plan;

    MadeUpDay() throws IOException {
        plan = new DayPlan(
                DayCurve.read(DayCurveTest.MONDAY), new DayPlan.Terms(5_000, 0.8, 120, Duration.ofSeconds(220)));
    }

    /** A play in which nothing is broken. */
    DayRun quiet() {
        return run("quiet", true, List.of(), List.of(), List.of());
    }

    /** One in which everything is broken once, and every promise is held. */
    DayRun withFaults() {
        List<Fault> faults = new ArrayList<>();
        List<ExpectedAlert> expected = new ArrayList<>();
        List<FiredAlert> fired = new ArrayList<>();
        List<Duration> instants = plan.faultInstants(BROKEN.size());
        for (int i = 0; i < BROKEN.size(); i++) {
            double at = instants.get(i).toNanos() / 1e9;
            faults.add(new Fault(BROKEN.get(i), at, at + MENDED[i], SILENCES[i], 3));
            expected.add(new ExpectedAlert(ALERTS.get(i), BROKEN.get(i), 30));
            fired.add(new FiredAlert(ALERTS.get(i), at + 11 + i));
        }
        return run("with faults", true, faults, expected, fired);
    }

    /** One that collapses at lunch. */
    DayRun baseline() {
        return run("plain baseline", false, List.of(), List.of(), List.of());
    }

    private DayRun run(
            String name, boolean isGood, List<Fault> faults, List<ExpectedAlert> expected, List<FiredAlert> fired) {
        return new DayRun(
                name,
                isGood,
                List.of(
                        lane("At doors", isGood, faults, Kind.CHECK_IN, Kind.VERIFICATION, 1_500),
                        lane("Issuing", isGood, List.of(), Kind.PASS, Kind.FIRST_CONSENT, 2_200)),
                faults,
                expected,
                Optional.of(fired),
                isGood
                        ? Optional.of(new Ledger(plan.total(Kind.CHECK_IN), plan.total(Kind.CHECK_IN), 0, 0, 0, 0))
                        : Optional.empty());
    }

    private Lane lane(String name, boolean isGood, List<Fault> faults, Kind one, Kind other, double capacity) {
        List<Sample> samples = new ArrayList<>();
        double asking = 0;
        for (int second = 0; second < plan.length().toSeconds(); second++) {
            double fresh =
                    (plan.perSecond(one, second * 1_000_000_000L) + plan.perSecond(other, second * 1_000_000_000L))
                            * (0.97 + 0.06 * random.nextDouble());
            if (isGood) {
                samples.add(good(second, fresh, faults));
            } else {
                double offered = fresh + asking / 6;
                double answered =
                        Math.min(offered, capacity * (offered > capacity ? 0.55 + 0.1 * random.nextDouble() : 1));
                asking = Math.max(0, asking + (offered - answered) * 0.9 - asking / 6);
                samples.add(collapsing(offered, answered));
            }
        }
        return new Lane(name, samples);
    }

    private Sample good(int second, double fresh, List<Fault> faults) {
        double slow = 1;
        double lost = 0;
        double untold = 0;
        double waiting = fresh * 0.002;
        for (int i = 0; i < faults.size(); i++) {
            double since = second - faults.get(i).atSecond();
            boolean isBroken = since >= 0 && since < MENDED[i];
            slow *= isBroken ? 1 + 8 * Math.exp(-since / 4) : 1;
            lost += i == 0 && since >= 0 && since < 1 ? 0.05 * fresh : 0;
            untold += i == 4 && since >= 0 && since < 6 ? 40 : 0;
            waiting += i >= 2 && isBroken ? 60 * since : 0;
        }
        double shed = fresh > 3_900 && random.nextInt(12) == 0 ? 60 : 0;
        double p50 = fresh == 0 ? Double.NaN : (1.5 + fresh / 2_500) * slow * (0.9 + 0.2 * random.nextDouble());
        return new Sample(
                fresh,
                Math.max(0, fresh - shed - lost - untold),
                shed,
                untold,
                0,
                lost,
                p50,
                p50 * (4 + 3 * random.nextDouble()),
                waiting);
    }

    private Sample collapsing(double offered, double answered) {
        boolean isOver = answered < offered;
        double p50 = isOver ? 4_000 + 2_000 * random.nextDouble() : 6 + 3 * random.nextDouble();
        double refused = isOver ? 0.02 * offered : 0;
        return new Sample(
                offered,
                answered,
                0,
                0,
                refused,
                Math.max(0, offered - answered - refused),
                p50,
                isOver ? Math.min(30_000, p50 * 4) : p50 * 6,
                isOver ? 5_000 + 500 * random.nextDouble() : 5);
    }
}
