package io.passgate.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.Tools;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.CuttableLink;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The engines that would carry a country, each of them broken while people are let in. */
@Tools.Needed("rehearsal")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FailoverIT {
    private static final int DOORS = 4;
    private static final int PER_SECOND = 80;
    private static final int SOME = 100;
    private static final Duration SETTLING = Duration.ofSeconds(40);
    private static final Duration NOTICING = Duration.ofSeconds(30);

    private static final int CUT_SECONDS = 20;

    private Rehearsal rehearsal;
    private CuttableLink link;
    private ShiftedClock clock;

    /** It reaches PostgreSQL over the link. */
    private GatewayNode first;

    private GatewayNode second;

    /** It has the clock. */
    private GatewayNode third;

    @BeforeAll
    void start() throws IOException, InterruptedException, SQLException, InvalidConfig {
        rehearsal = new Rehearsal(Path.of("target/rehearsal/failover"));
        link = new CuttableLink(rehearsal.haProxy.databasePort);
        clock = new ShiftedClock(Path.of("target/rehearsal/failover/clock"));
        first = rehearsal.add(link.port(), GatewayNode.laidOut());
        second = rehearsal.add();
        third = rehearsal.add(rehearsal.haProxy.databasePort, clock.program());
        rehearsal.start();
    }

    @BeforeEach
    void mend() throws IOException, InterruptedException {
        link.mend();
        clock.set(0);
        rehearsal.mend();
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        rehearsal.close();
        link.close();
    }

    private List<GatewayNode> gateways() {
        return List.of(first, second, third);
    }

    private List<Long> processes() {
        return gateways().stream().map(GatewayNode::pid).toList();
    }

    /** What holds whatever is broken. */
    private EntryBook audited(String broken, Visitors visitors) throws IOException, InterruptedException, SQLException {
        EntryBook book = new EntryBook(visitors.said(), visitors.since);
        System.out.println(broken + ": " + book.summary());
        book.nobodyIsRefusedByAFaultOfOurs();
        book.nobodyIsLetInTwiceUnlessItWasSaid();
        book.compareWith(rehearsal.postgresql::texts, SETTLING);
        return book;
    }

    @Test
    void primaryOfPostgresqlKilled_standbyIsPromoted_andGatewaysFollow()
            throws IOException, InterruptedException, SQLException {
        List<Long> before = processes();
        try (Visitors visitors = rehearsal.visitors(DOORS, PER_SECOND)) {
            visitors.awaitMore(SOME);
            PatroniNode lost = rehearsal.postgresql.primary();
            lost.kill();
            visitors.awaitMore(SOME);
            rehearsal.postgresql.awaitPromotion(lost);
            visitors.awaitMore(SOME);
            visitors.end();
            EntryBook book = audited("PostgreSQL's primary killed", visitors);
            assertThat(book.failures()).as("Redis lets people in meanwhile").isZero();
        }
        assertThat(processes()).as("nobody was restarted").isEqualTo(before);
    }

    @Test
    void masterOfRedisKilled_replicaTakesOver_andTheAnswersSaySo()
            throws IOException, InterruptedException, SQLException {
        try (Visitors visitors = rehearsal.visitors(DOORS, PER_SECOND)) {
            visitors.awaitMore(SOME);
            rehearsal.redis.master().kill();
            visitors.awaitMore(SOME);
            rehearsal.redis.awaitServing();
            for (GatewayNode gateway : gateways()) {
                ServerProcess.await(
                        "Redis is asked again",
                        Duration.ofSeconds(30),
                        () -> gateway.metric("passgate_onetime_shared") == 1);
            }
            visitors.awaitMore(SOME);
            visitors.end();
            EntryBook book = audited("a master of Redis killed", visitors);
            assertThat(book.failures()).as("PostgreSQL decides meanwhile").isZero();
            assertThat(book.count(said -> said.oneTime().equals("fallback"))).isPositive();
        }
    }

    @Test
    void gatewayKilled_onlyWhatWasUnderWayFails_andNothingAcknowledgedIsLost()
            throws IOException, InterruptedException, SQLException {
        try (Visitors visitors = rehearsal.visitors(DOORS, PER_SECOND)) {
            visitors.awaitMore(SOME);
            first.kill();
            visitors.awaitMore(2 * SOME);
            visitors.end();
            EntryBook book = audited("a gateway killed", visitors);
            assertThat(book.failures())
                    .as("one request was under way at each door")
                    .isLessThanOrEqualTo(DOORS);
        }
    }

    @Test
    void linkToPostgresqlCutFor20Seconds_visitsWaitInRedis_andNobodyNotices()
            throws IOException, InterruptedException, SQLException {
        try (Visitors visitors = rehearsal.visitors(DOORS, PER_SECOND)) {
            visitors.awaitMore(SOME);
            link.cut();
            TimeUnit.SECONDS.sleep(CUT_SECONDS);
            assertThat(first.isReady()).as("it goes on").isTrue();
            link.mend();
            visitors.awaitMore(SOME);
            visitors.end();
            EntryBook book = audited("a link to PostgreSQL cut", visitors);
            assertThat(book.failures()).isZero();
            assertThat(visitors.said())
                    .filteredOn(Visitors.Said::isAccepted)
                    .extracting(Visitors.Said::oneTime)
                    .containsOnly("shared");
        }
    }

    @Test
    void clockOfAGatewaySet40SecondsAhead_itIsTakenOutOfService_andRefusesNobody()
            throws IOException, InterruptedException, SQLException {
        try (Visitors visitors = rehearsal.visitors(DOORS, PER_SECOND)) {
            visitors.awaitMore(SOME);
            clock.set(40);
            ServerProcess.await("it is not ready", NOTICING, () -> !third.isReady());
            try (Visitors stubborn = new Visitors(third.port, Rehearsal.MUSEUM, rehearsal.provider, 1, 20)) {
                ServerProcess.await("answers", NOTICING, () -> stubborn.said().size() >= 20);
                assertThat(stubborn.said()).extracting(Visitors.Said::reason).containsOnly("clock_off");
            }
            visitors.awaitMore(SOME);
            clock.set(0);
            third.awaitReady();
            visitors.awaitMore(SOME);
            visitors.end();
            EntryBook book = audited("a clock 40 s ahead", visitors);
            assertThat(book.failures()).isZero();
            assertThat(book.count(said -> said.verdict().equals("indeterminate")
                            && !said.reason().equals("clock_off")))
                    .isZero();
        }
    }
}
