package io.passgate.rehearsal.day;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.passgate.Tools;
import io.passgate.app.config.InvalidConfig;
import io.passgate.rehearsal.BreakableGateways;
import io.passgate.rehearsal.Fault;
import io.passgate.rehearsal.Faults;
import io.passgate.rehearsal.Monitoring;
import io.passgate.rehearsal.Rehearsal;
import io.passgate.rehearsal.day.DayRun.ExpectedAlert;
import io.passgate.rehearsal.day.DayRun.FiredAlert;
import io.passgate.rehearsal.day.DayRun.Ledger;
import io.passgate.rehearsal.day.DayRun.Sample;
import io.passgate.testing.browser.NeedsBrowser;
import io.passgate.testing.browser.TestBrowser;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A short day with few people and two faults, of which nothing depends on how fast the machine is. */
@Tools.Needed("rehearsal")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DayIT {
    private static final Path FOLDER = Path.of("target/rehearsal/day");
    private static final Path REPORT = FOLDER.resolve("report.html");
    private static final double SHORTER = 30;
    private static final Duration QUIET = Duration.ofSeconds(60);
    private static final int HOLDERS = 200;

    /** About 130 requests a second in all at the peak, for 50 s; the rest of the day takes 30 s. */
    private static final DayPlan.Terms TERMS = new DayPlan.Terms(50, 0.8, 2_880, Duration.ofSeconds(50));

    private Rehearsal rehearsal;
    private BreakableGateways gateways;
    private DayRun run;

    @BeforeAll
    void play() throws IOException, InterruptedException, SQLException, InvalidConfig {
        rehearsal = new Rehearsal(FOLDER);
        gateways = new BreakableGateways(rehearsal, FOLDER);
        var _ = rehearsal.addIssuing();
        rehearsal.start();
        DayRequests requests = new DayRequests(rehearsal, HOLDERS);
        DayPlan plan = new DayPlan(DayCurve.read(DayCurveTest.MONDAY), TERMS);
        Faults faults = new Faults(rehearsal, gateways, SHORTER);
        List<Fault> made = List.of(faults.gatewayKilled(), faults.linkCut());
        try (Monitoring monitoring = new Monitoring(FOLDER.resolve("monitoring"))) {
            monitoring.start(rehearsal.gateways(), SHORTER);
            monitoring.awaitQuiet(QUIET);
            run = DayPlay.on(rehearsal, plan, requests, System.out).play("with faults", rehearsal, made, monitoring);
        }
        DayReport.Head head = new DayReport.Head("A short day", List.of("As the tests play it."));
        boolean _ = DayReport.write(REPORT, head, plan, List.of(run), List.of());
        System.out.println(DayReport.table(List.of(run), List.of()));
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        rehearsal.close();
        gateways.close();
    }

    private List<Sample> samples() {
        return run.lanes().stream().flatMap(lane -> lane.samples().stream()).toList();
    }

    @Test
    void eachVisitThatWasAcknowledged_isInTheLogOnce() {
        Ledger ledger = run.ledger().orElseThrow();
        assertThat(ledger.acknowledged()).isGreaterThan(1_000);
        assertThat(ledger.isExact()).as("%s", ledger).isTrue();
    }

    @Test
    void nobodyWhoIsGood_isRefused_whateverIsBroken() {
        assertThat(run.refused()).isZero();
    }

    @Test
    void allFourKinds_areAnswered() {
        for (DayRun.Lane lane : run.lanes()) {
            double offered =
                    lane.samples().stream().mapToDouble(Sample::offered).sum();
            double answered =
                    lane.samples().stream().mapToDouble(Sample::answered).sum();
            assertThat(answered).as(lane.name()).isGreaterThan(0.9 * offered).isGreaterThan(1_000);
        }
        assertThat(samples()).extracting(Sample::p99Ms).anyMatch(Double::isFinite);
    }

    @Test
    void theAlertsOfEachFault_fire() {
        assertThat(run.faults()).hasSize(2);
        assertThat(run.expected()).hasSize(2);
        assertThat(run.fired().orElseThrow())
                .extracting(FiredAlert::name)
                .containsAll(run.expected().stream().map(ExpectedAlert::name).toList());
    }

    @Test
    @NeedsBrowser
    void theReport_opensInABrowser_withoutAnError() {
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page();
            var _ = page.navigate(REPORT.toUri().toString());
            assertThat(page.locator("h1").textContent()).isEqualTo("A short day");
            assertThat(page.locator("svg").count()).isPositive();
            assertThat(page.locator(".faults li").count()).isEqualTo(2);
        }
    }
}
