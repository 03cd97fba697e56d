package io.passgate.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.rehearsal.Fault.Expected;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is broken at the peak of a day, one after the other, and the alerts of each. An alert is expected after its
 * rule's wait, which is shortened as {@link Monitoring} shortens it, and the time until a gateway has noticed.
 */
public final class Faults {
    private static final int CLOCK_AHEAD_SECONDS = 40;
    private static final Duration NOTICING = Duration.ofSeconds(8);
    private static final int BOUND_VISITORS = 60;
    private static final int BOUND_VISITORS_PER_SECOND = 20;

    /** The instance of a rule about the sum of all gateways. */
    private static final String OF_ALL = "";

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A client gives an attempt up after 3 s and asks again. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private final Rehearsal rehearsal;
    private final BreakableGateways gateways;
    private final double shorter;

    /**
     * Those of a rehearsal whose gateways these are.
     *
     * @param shorter by which the rules are shortened: a fault of some seconds is to outlast their waits
     */
    public Faults(Rehearsal rehearsal, BreakableGateways gateways, double shorter) {
        this.rehearsal = rehearsal;
        this.gateways = gateways;
        this.shorter = shorter;
    }

    /** All five, in the order in which a day has them. */
    public List<Fault> all() {
        return List.of(gatewayKilled(), masterOfRedisKilled(), primaryOfPostgresqlKilled(), linkCut(), clockAhead());
    }

    /** It is started again. */
    public Fault gatewayKilled() {
        return new Fault(
                "a gateway killed",
                gateways.plain::kill,
                rehearsal::mend,
                List.of(expected("PassgateGatewayDown", MINUTE, gateways.plain)),
                Duration.ofSeconds(10),
                SILENCE);
    }

    /** Its replica takes over, and it comes back as one. */
    public Fault masterOfRedisKilled() {
        return new Fault(
                "a master of Redis killed",
                () -> rehearsal.redis.master().kill(),
                rehearsal::mend,
                List.of(
                        expected("PassgateOneTimeFallback", HALF_A_MINUTE, everyDoor()),
                        expected("PassgateStoreDown", MINUTE, everyGateway())),
                Duration.ofSeconds(12),
                SILENCE);
    }

    /** Patroni promotes the standby when the primary's time to live, 20 s, is over. Nobody gets a pass meanwhile. */
    public Fault primaryOfPostgresqlKilled() {
        List<Expected> alerts = new ArrayList<>(List.of(expected("PassgateStoreDown", MINUTE, everyGateway())));
        rehearsal
                .issuing()
                .ifPresent(issuing -> alerts.addAll(List.of(
                        expected("PassgateIssuingImpossible", MINUTE, issuing),
                        new Expected("PassgateShedding", Set.of(OF_ALL), within(MINUTE)))));
        return new Fault(
                "PostgreSQL's primary killed",
                () -> rehearsal.postgresql.primary().kill(),
                rehearsal::mend,
                alerts,
                Duration.ofSeconds(25),
                SILENCE);
    }

    /** Between one gateway and PostgreSQL. */
    public Fault linkCut() {
        return new Fault(
                "a link to PostgreSQL cut",
                gateways.link::cut,
                gateways.link::mend,
                List.of(expected("PassgateStoreDown", MINUTE, gateways.linked)),
                Duration.ofSeconds(20),
                SILENCE);
    }

    /** Of one gateway. HAProxy sends nobody there meanwhile; a door that is bound to it is told that it cannot tell. */
    public Fault clockAhead() {
        return new Fault(
                "a clock 40 s ahead",
                () -> {
                    gateways.clock.set(CLOCK_AHEAD_SECONDS);
                    ServerProcess.await("it is not ready", NOTICING, () -> !gateways.clocked.isReady());
                    comeToClocked();
                },
                () -> {
                    gateways.clock.set(0);
                    gateways.clocked.awaitReady();
                },
                List.of(
                        expected("PassgateClockOff", MINUTE, gateways.clocked),
                        new Expected("PassgateIndeterminate", Set.of(OF_ALL), within(MINUTE))),
                Duration.ofSeconds(12),
                SILENCE);
    }

    private void comeToClocked() throws IOException, InterruptedException {
        try (Visitors bound = new Visitors(
                gateways.clocked.port, Rehearsal.MUSEUM, rehearsal.provider, 1, BOUND_VISITORS_PER_SECOND)) {
            ServerProcess.await("answers", NOTICING, () -> bound.said().size() >= BOUND_VISITORS);
            assertThat(bound.said()).extracting(Visitors.Said::reason).containsOnly("clock_off");
        }
    }

    private GatewayNode[] everyDoor() {
        return gateways.all().toArray(GatewayNode[]::new);
    }

    private GatewayNode[] everyGateway() {
        return rehearsal.gateways().toArray(GatewayNode[]::new);
    }

    private Expected expected(String alert, Duration wait, GatewayNode... of) {
        return new Expected(
                alert, Arrays.stream(of).map(Monitoring::instance).collect(Collectors.toSet()), within(wait));
    }

    private Duration within(Duration wait) {
        return NOTICING.plusMillis(Math.round(wait.toMillis() / shorter));
    }
}
