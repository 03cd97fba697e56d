package io.passgate.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.Tools;
import io.passgate.app.config.InvalidConfig;
import io.passgate.rehearsal.FiredAlerts.Fired;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The engines that would carry a country, each of them broken while people are let in and Prometheus watches. */
@Tools.Needed("rehearsal")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FailoverIT {
    private static final Path FOLDER = Path.of("target/rehearsal/failover");
    private static final int DOORS = 4;
    private static final int PER_SECOND = 80;
    private static final int SOME = 100;

    /** A rule that waits for a minute waits for 2 s, so that what is broken for some seconds is told of. */
    private static final double SHORTER = 30;

    private static final Duration SETTLING = Duration.ofSeconds(40);
    private static final Duration NOTICING = Duration.ofSeconds(30);

    private Rehearsal rehearsal;
    private BreakableGateways gateways;
    private Monitoring monitoring;
    private Faults faults;

    @BeforeAll
    void start() throws IOException, InterruptedException, SQLException, InvalidConfig {
        rehearsal = new Rehearsal(FOLDER);
        gateways = new BreakableGateways(rehearsal, FOLDER);
        monitoring = new Monitoring(FOLDER.resolve("monitoring"));
        faults = new Faults(rehearsal, gateways, SHORTER);
        rehearsal.start();
        monitoring.start(gateways.all(), SHORTER);
    }

    @BeforeEach
    void mend() throws IOException, InterruptedException {
        gateways.mend();
        rehearsal.mend();
        monitoring.awaitQuiet(SETTLING);
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        monitoring.close();
        rehearsal.close();
        gateways.close();
    }

    private List<Long> processes() {
        return gateways.all().stream().map(GatewayNode::pid).toList();
    }

    /** What is looked at while something is broken. */
    private interface Look {
        void at(Visitors visitors) throws IOException, InterruptedException;
    }

    /** Breaks and mends something while people come, and holds what is promised whatever is broken. */
    private EntryBook during(Fault fault, Look look) throws IOException, InterruptedException, SQLException {
        try (Visitors visitors = rehearsal.visitors(DOORS, PER_SECOND)) {
            visitors.awaitMore(SOME);
            Instant begun = Instant.now();
            fault.breaks().run();
            look.at(visitors);
            Duration left = Duration.between(Instant.now(), begun.plus(fault.brokenFor()));
            TimeUnit.MILLISECONDS.sleep(Math.max(0, left.toMillis()));
            fault.mends().run();
            visitors.awaitMore(SOME);
            visitors.end();
            EntryBook book = new EntryBook(visitors.said(), visitors.since);
            System.out.println(fault.name() + ": " + book.summary());
            book.nobodyIsRefusedByAFaultOfOurs();
            book.nobodyIsLetInTwiceUnlessItWasSaid();
            book.compareWith(rehearsal.postgresql::texts, SETTLING);
            assertThat(Duration.ofNanos(book.longestSilenceNs())).isLessThanOrEqualTo(fault.mostSilence());
            monitoring.awaitQuiet(SETTLING);
            itsAlertsFired(fault, begun);
            return book;
        }
    }

    private void itsAlertsFired(Fault fault, Instant begun) {
        List<Fired> fired = monitoring.fired().stream()
                .filter(one -> one.at().isAfter(begun))
                .toList();
        for (Fired one : fired) {
            System.out.println("  %s of %s after %.1f s"
                    .formatted(
                            one.name(),
                            one.instance(),
                            Duration.between(begun, one.at()).toMillis() / 1e3));
        }
        for (Fault.Expected expected : fault.alerts()) {
            assertThat(fired.stream()
                            .filter(one -> one.name().equals(expected.alert())
                                    && one.at().isBefore(begun.plus(expected.within())))
                            .map(Fired::instance)
                            .collect(Collectors.toSet()))
                    .as("%s within %s", expected.alert(), expected.within())
                    .isEqualTo(expected.instances());
        }
        Set<String> expected = fault.alerts().stream()
                .flatMap(one -> one.instances().stream().map(instance -> one.alert() + " of " + instance))
                .collect(Collectors.toSet());
        assertThat(fired)
                .as("no alert fires beside those")
                .extracting(one -> one.name() + " of " + one.instance())
                .isSubsetOf(expected);
    }

    @Test
    void primaryOfPostgresqlKilled_standbyIsPromoted_andGatewaysFollow()
            throws IOException, InterruptedException, SQLException {
        List<Long> before = processes();
        PatroniNode lost = rehearsal.postgresql.primary();
        EntryBook book = during(faults.primaryOfPostgresqlKilled(), visitors -> {
            visitors.awaitMore(SOME);
            rehearsal.postgresql.awaitPromotion(lost);
        });
        assertThat(book.failures()).as("Redis lets people in meanwhile").isZero();
        assertThat(processes()).as("nobody was restarted").isEqualTo(before);
    }

    @Test
    void masterOfRedisKilled_replicaTakesOver_andTheAnswersSaySo()
            throws IOException, InterruptedException, SQLException {
        EntryBook book = during(faults.masterOfRedisKilled(), visitors -> {
            visitors.awaitMore(SOME);
            rehearsal.redis.awaitServing();
            for (GatewayNode gateway : gateways.all()) {
                ServerProcess.await(
                        "Redis is asked again", NOTICING, () -> gateway.metric("passgate_onetime_shared") == 1);
            }
        });
        assertThat(book.failures()).as("PostgreSQL decides meanwhile").isZero();
        assertThat(book.count(said -> said.oneTime().equals("fallback"))).isPositive();
    }

    @Test
    void gatewayKilled_onlyWhatWasUnderWayFails_andNothingAcknowledgedIsLost()
            throws IOException, InterruptedException, SQLException {
        EntryBook book = during(faults.gatewayKilled(), visitors -> visitors.awaitMore(2 * SOME));
        assertThat(book.failures()).as("one request was under way at each door").isLessThanOrEqualTo(DOORS);
    }

    @Test
    void linkToPostgresqlCutFor20Seconds_visitsWaitInRedis_andNobodyNotices()
            throws IOException, InterruptedException, SQLException {
        Fault fault = faults.linkCut();
        assertThat(fault.brokenFor()).hasSeconds(20);
        EntryBook book = during(fault, visitors -> {
            TimeUnit.MILLISECONDS.sleep(fault.brokenFor().toMillis());
            assertThat(gateways.linked.isReady()).as("it goes on").isTrue();
        });
        assertThat(book.failures()).isZero();
        assertThat(book.count(said -> said.isAccepted() && !said.oneTime().equals("shared")))
                .isZero();
    }

    @Test
    void clockOfAGatewaySet40SecondsAhead_itIsTakenOutOfService_andRefusesNobody()
            throws IOException, InterruptedException, SQLException {
        EntryBook book = during(faults.clockAhead(), visitors -> {
            assertThat(gateways.clocked.isReady()).isFalse();
            visitors.awaitMore(SOME);
        });
        assertThat(book.failures()).isZero();
        assertThat(book.count(said ->
                        said.verdict().equals("indeterminate") && !said.reason().equals("clock_off")))
                .isZero();
    }
}
