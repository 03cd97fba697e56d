package io.passgate.rehearsal.day;

import io.passgate.rehearsal.day.DayReport.CpuCost;
import io.passgate.rehearsal.day.DayRun.ExpectedAlert;
import io.passgate.rehearsal.day.DayRun.Fault;
import io.passgate.rehearsal.day.DayRun.FiredAlert;
import io.passgate.rehearsal.day.DayRun.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is promised of a day, held against how it was played. */
final class DayChecks {
    private static final double FLAT = 1.10;
    private static final List<Integer> GATEWAYS = List.of(1, 2, 3);

    /** Whether a promise was held. */
    enum Outcome {
        HELD("held"),
        NOT_HELD("not held"),
        NOT_MEASURED("not measured");

        final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    /**
     * A promise.
     *
     * @param about the play, or what else it is a promise of
     * @param found what was measured
     * @param asked what is promised
     */
    record Check(String about, String what, String found, String asked, Outcome outcome) {}

    private final List<Check> checks = new ArrayList<>();

    DayChecks(List<DayRun> runs, List<CpuCost> costs) {
        for (DayRun run : runs) {
            if (run.isJudged() || run.ledger().isPresent()) {
                people(run);
            }
            if (run.isJudged()) {
                silences(run);
                alerts(run);
            }
        }
        costs(costs);
    }

    List<Check> all() {
        return List.copyOf(checks);
    }

    List<Check> with(Outcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).toList();
    }

    private void add(String about, String what, String found, String asked, boolean isHeld) {
        checks.add(new Check(about, what, found, asked, isHeld ? Outcome.HELD : Outcome.NOT_HELD));
    }

    private void people(DayRun run) {
        String what = "visits acknowledged = visits in the log";
        String asked = "each exactly once";
        if (run.ledger().isPresent()) {
            Ledger ledger = run.ledger().get();
            add(run.name(), what, found(ledger), asked, ledger.isExact() && ledger.acknowledged() > 0);
        } else {
            checks.add(new Check(run.name(), what, "nobody looked", asked, Outcome.NOT_MEASURED));
        }
        double refused = run.refused();
        add(run.name(), "people told \"refused\" by a fault of ours", whole(refused), "0", refused == 0);
    }

    private static String found(Ledger ledger) {
        if (ledger.isExact() && ledger.unheard() == 0) {
            return Markup.count(ledger.acknowledged()) + " = " + Markup.count(ledger.logged());
        }
        if (ledger.isExact()) {
            return Markup.count(ledger.acknowledged()) + ", and " + Markup.count(ledger.unheard())
                    + " recorded whose answer was lost = " + Markup.count(ledger.logged());
        }
        return Markup.count(ledger.acknowledged()) + " acknowledged, " + Markup.count(ledger.logged())
                + " in the log: " + Markup.count(ledger.missing()) + " missing, "
                + Markup.count(ledger.twice()) + " twice, " + Markup.count(ledger.unasked())
                + " that nobody asked for, " + Markup.count(ledger.unheard()) + " whose answer was lost";
    }

    private void silences(DayRun run) {
        for (Fault fault : run.faults()) {
            add(
                    run.name(),
                    "longest time without answers: " + fault.name(),
                    Markup.number(fault.silenceSeconds(), 2) + " s",
                    "at most " + Markup.number(fault.mostSilenceSeconds(), 1) + " s",
                    fault.silenceSeconds() <= fault.mostSilenceSeconds());
        }
    }

    private void alerts(DayRun run) {
        if (run.fired().isEmpty()) {
            checks.add(new Check(
                    run.name(), "alerts", "nobody watched", "those of each fault, no other", Outcome.NOT_MEASURED));
            return;
        }
        List<FiredAlert> left = new ArrayList<>(run.fired().get());
        left.sort(Comparator.comparingDouble(FiredAlert::atSecond));
        for (ExpectedAlert expected : run.expected()) {
            double faultAt = faultAt(run, expected);
            Optional<FiredAlert> fired = left.stream()
                    .filter(alert -> alert.name().equals(expected.name()) && alert.atSecond() >= faultAt)
                    .findFirst();
            fired.ifPresent(left::remove);
            add(
                    run.name(),
                    expected.name() + ": " + expected.fault(),
                    fired.map(alert -> "fired after " + Markup.number(alert.atSecond() - faultAt, 1) + " s")
                            .orElse("did not fire"),
                    "within " + whole(expected.withinSeconds()) + " s",
                    fired.isPresent() && fired.get().atSecond() - faultAt <= expected.withinSeconds());
        }
        for (FiredAlert alert : left) {
            add(run.name(), alert.name(), "fired at second " + whole(alert.atSecond()), "not to fire", false);
        }
        if (run.expected().isEmpty() && left.isEmpty()) {
            add(run.name(), "alerts", "none fired", "none to fire", true);
        }
    }

    private static double faultAt(DayRun run, ExpectedAlert expected) {
        return run.faults().stream()
                .filter(fault -> fault.name().equals(expected.fault()))
                .findFirst()
                .orElseThrow()
                .atSecond();
    }

    private void costs(List<CpuCost> costs) {
        for (int gateways : GATEWAYS) {
            String what = "CPU for 100,000 check-ins, gateways: " + gateways;
            Optional<CpuCost> cost =
                    costs.stream().filter(one -> one.gateways() == gateways).findFirst();
            if (cost.isEmpty()) {
                checks.add(new Check("cost", what, "", "flat within 10 %", Outcome.NOT_MEASURED));
                continue;
            }
            double least = costs.stream().mapToDouble(CpuCost::cpuSeconds).min().orElseThrow();
            add(
                    "cost",
                    what,
                    Markup.number(cost.get().cpuSeconds(), 2) + " s; idle "
                            + Markup.number(cost.get().idleCores(), 3) + " cores each",
                    "flat within 10 %",
                    cost.get().cpuSeconds() <= FLAT * least);
        }
    }

    private static String whole(double number) {
        return Markup.number(number, 0);
    }
}
