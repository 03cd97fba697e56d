package io.passgate.rehearsal.day;

import io.passgate.rehearsal.Fault;
import io.passgate.rehearsal.FiredAlerts.Fired;
import io.passgate.rehearsal.day.DayRun.ExpectedAlert;
import io.passgate.rehearsal.day.DayRun.FiredAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The alerts of a play beside those that its faults should set off. An alert of several gateways counts once: when the
 * last of them has told. One that comes again while its fault lasts is the same. One thread.
 */
final class DayAlerts {
    private final Instant start;
    private final List<ExpectedAlert> expected = new ArrayList<>();
    private final List<FiredAlert> fired = new ArrayList<>();

    /**
     * What was broken.
     *
     * @param at from the play's beginning
     */
    record Broken(Fault fault, Duration at) {}

    /**
     * Of a play that is over.
     *
     * @param start of the play
     * @param broken in the order of time; what fires from one on and before the next is the first one's
     * @param told all that fired in the play
     */
    DayAlerts(Instant start, List<Broken> broken, List<Fired> told) {
        this.start = start;
        List<Fired> left = new ArrayList<>(told);
        for (int i = 0; i < broken.size(); i++) {
            Instant from = start.plus(broken.get(i).at());
            Instant until = i + 1 < broken.size() ? start.plus(broken.get(i + 1).at()) : Instant.MAX;
            for (Fault.Expected one : broken.get(i).fault().alerts()) {
                expect(broken.get(i).fault(), one, mine(left, one, from, until));
            }
        }
        left.forEach(one -> fired.add(new FiredAlert(
                one.instance().isEmpty() ? one.name() : one.name() + " of " + one.instance(), seconds(one))));
    }

    private static List<Fired> mine(List<Fired> left, Fault.Expected expected, Instant from, Instant until) {
        List<Fired> mine = left.stream()
                .filter(one -> one.name().equals(expected.alert())
                        && expected.instances().contains(one.instance())
                        && !one.at().isBefore(from)
                        && one.at().isBefore(until))
                .toList();
        left.removeAll(mine);
        return mine;
    }

    private void expect(Fault fault, Fault.Expected one, List<Fired> mine) {
        Set<String> silent = new HashSet<>(one.instances());
        Optional<Fired> last = Optional.empty();
        for (Fired alert : mine) {
            if (silent.remove(alert.instance())) {
                last = Optional.of(alert);
            }
        }
        int all = one.instances().size();
        String name = all == 1 ? one.alert() : one.alert() + " of " + all + " gateways";
        expected.add(new ExpectedAlert(name, fault.name(), one.within().toMillis() / 1e3));
        if (silent.isEmpty()) {
            last.ifPresent(alert -> fired.add(new FiredAlert(name, seconds(alert))));
        } else {
            mine.forEach(alert ->
                    fired.add(new FiredAlert(alert.name() + " of " + alert.instance() + " alone", seconds(alert))));
        }
    }

    private double seconds(Fired alert) {
        return Duration.between(start, alert.at()).toMillis() / 1e3;
    }

    List<ExpectedAlert> expected() {
        return List.copyOf(expected);
    }

    List<FiredAlert> fired() {
        return List.copyOf(fired);
    }
}
