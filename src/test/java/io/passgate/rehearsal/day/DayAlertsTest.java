package io.passgate.rehearsal.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.rehearsal.Fault;
import io.passgate.rehearsal.FiredAlerts.Fired;
import io.passgate.rehearsal.day.DayRun.ExpectedAlert;
import io.passgate.rehearsal.day.DayRun.FiredAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which alert is of which fault. */
final class DayAlertsTest {
    private static final Instant START = Instant.parse("2021-12-13T00:00:00Z");
    private static final Fault.Step NOTHING = () -> {};

    private static DayAlerts.Broken broken(String name, int second, String alert, String... instances) {
        Fault fault = new Fault(
                name,
                NOTHING,
                NOTHING,
                List.of(new Fault.Expected(alert, Set.of(instances), Duration.ofSeconds(8))),
                Duration.ofSeconds(10),
                Duration.ofSeconds(4));
        return new DayAlerts.Broken(fault, Duration.ofSeconds(second));
    }

    private static Fired fired(String name, String instance, int second) {
        return new Fired(name, instance, "since " + second, START.plusSeconds(second));
    }

    private static DayAlerts alerts(List<DayAlerts.Broken> broken, Fired... fired) {
        return new DayAlerts(START, broken, Arrays.asList(fired));
    }

    @Test
    void anAlertOfSeveralGateways_firedWhenTheLastOfThemTold_howeverOftenItCame() {
        DayAlerts alerts = alerts(
                List.of(broken("killed", 10, "Down", "a", "b")),
                fired("Down", "b", 12),
                fired("Down", "a", 14),
                fired("Down", "b", 20));
        assertThat(alerts.expected()).containsExactly(new ExpectedAlert("Down of 2 gateways", "killed", 8));
        assertThat(alerts.fired()).containsExactly(new FiredAlert("Down of 2 gateways", 14));
    }

    @Test
    void anAlertThatOneOfTheGatewaysDidNotSetOff_isNotTheOneExpected() {
        DayAlerts alerts = alerts(List.of(broken("killed", 10, "Down", "a", "b")), fired("Down", "b", 12));
        assertThat(alerts.expected()).extracting(ExpectedAlert::name).containsExactly("Down of 2 gateways");
        assertThat(alerts.fired()).containsExactly(new FiredAlert("Down of b alone", 12));
    }

    @Test
    void anAlertBeforeItsFault_orOfAnotherGateway_isOneMore() {
        DayAlerts alerts = alerts(
                List.of(broken("killed", 10, "Down", "a")),
                fired("Down", "a", 9),
                fired("Down", "b", 12),
                fired("Down", "a", 12),
                fired("Shedding", "", 13));
        assertThat(alerts.fired())
                .containsExactlyInAnyOrder(
                        new FiredAlert("Down", 12),
                        new FiredAlert("Down of a", 9),
                        new FiredAlert("Down of b", 12),
                        new FiredAlert("Shedding", 13));
    }

    @Test
    void theSameAlertOfTwoFaults_isOfTheOneThatWasMadeLast() {
        DayAlerts alerts = alerts(
                List.of(broken("killed", 10, "Down", "a"), broken("cut", 30, "Down", "a")),
                fired("Down", "a", 29),
                fired("Down", "a", 30));
        assertThat(alerts.fired()).containsExactly(new FiredAlert("Down", 29), new FiredAlert("Down", 30));
    }
}
