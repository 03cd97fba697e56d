package io.passgate.rehearsal.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.rehearsal.day.DayChecks.Check;
import io.passgate.rehearsal.day.DayChecks.Outcome;
import io.passgate.rehearsal.day.DayReport.CpuCost;
import io.passgate.rehearsal.day.DayRun.ExpectedAlert;
import io.passgate.rehearsal.day.DayRun.Fault;
import io.passgate.rehearsal.day.DayRun.FiredAlert;
import io.passgate.rehearsal.day.DayRun.Lane;
import io.passgate.rehearsal.day.DayRun.Ledger;
import io.passgate.rehearsal.day.DayRun.Sample;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which promises are said to be held. */
final class DayChecksTest {
    private static final Fault KILLED = new Fault("killed", 100, 110, 1, 3);
    private static final ExpectedAlert DOWN = new ExpectedAlert("Down", "killed", 30);
    private static final Ledger EXACT = new Ledger(7, 7, 0, 0, 0, 0);

    private static final Optional<List<FiredAlert>> NONE_FIRED = Optional.of(List.of());

    private static DayRun run(List<Fault> faults, List<ExpectedAlert> expected, List<FiredAlert> fired) {
        return new DayRun("day", true, List.of(), faults, expected, Optional.of(fired), Optional.of(EXACT));
    }

    private static DayRun withLedger(Ledger ledger) {
        return new DayRun("day", true, List.of(), List.of(), List.of(), NONE_FIRED, Optional.of(ledger));
    }

    private static List<Check> notHeld(DayRun run) {
        return new DayChecks(List.of(run), List.of()).with(Outcome.NOT_HELD);
    }

    @Test
    void aDayAsItShouldBe_holdsEveryPromise() throws IOException {
        MadeUpDay day = new MadeUpDay();
        DayChecks checks = new DayChecks(List.of(day.quiet(), day.withFaults()), MadeUpDay.COSTS);
        assertThat(checks.all()).hasSize(3 + 2 + 5 + 5 + 3).isEqualTo(checks.with(Outcome.HELD));
    }

    /** Whatever else happens when more people come than can be served. */
    @Test
    void aCrowd_isHeldToItsLog_andABaselineToNothing() {
        Ledger lost = new Ledger(7, 6, 1, 0, 0, 0);
        DayRun crowd = new DayRun("crowd", false, List.of(), List.of(), List.of(), Optional.empty(), Optional.of(lost));
        assertThat(notHeld(crowd)).extracting(Check::what).containsExactly("visits acknowledged = visits in the log");
        DayRun baseline =
                new DayRun("baseline", false, List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());
        assertThat(new DayChecks(List.of(baseline), MadeUpDay.COSTS).all()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "7,6,1,0,0,0",
        "7,8,0,1,0,0",
        "7,8,0,0,1,0",
        "7,7,1,1,0,0",
        "7,7,0,1,0,0",
        "7,7,0,0,1,0",
        "0,0,0,0,0,0",
        "7,8,0,0,0,0",
        "7,8,0,0,0,2",
        "7,8,0,1,0,1"
    })
    void aLogThatDiffers_isSaid(long acknowledged, long logged, long missing, long twice, long unasked, long unheard) {
        assertThat(notHeld(withLedger(new Ledger(acknowledged, logged, missing, twice, unasked, unheard))))
                .extracting(Check::what)
                .containsExactly("visits acknowledged = visits in the log");
        assertThat(notHeld(withLedger(EXACT))).isEmpty();
    }

    @Test
    void aVisitWhoseAnswerWasLost_isSaid_andIsNoFault() {
        DayChecks checks = new DayChecks(List.of(withLedger(new Ledger(7, 9, 0, 0, 0, 2))), List.of());
        assertThat(checks.with(Outcome.HELD))
                .extracting(Check::found)
                .contains("7, and 2 recorded whose answer was lost = 9");
    }

    @Test
    void aLedger_tellsWhatIsMissing_whatIsThereTwice_andWhatNobodyAskedFor() {
        Set<String> asked = Set.of("heard", "lost", "unheard", "forgotten");
        List<String> rows = List.of("heard", "unheard", "heard", "invented");
        assertThat(Ledger.of(asked, Set.of("heard", "lost"), rows)).isEqualTo(new Ledger(2, 4, 1, 1, 1, 1));
        assertThat(Ledger.of(asked, Set.of("heard"), List.of("heard"))).isEqualTo(new Ledger(1, 1, 0, 0, 0, 0));
    }

    @Test
    void aLogThatNobodyLookedInto_isNotMeasured() {
        DayRun run = new DayRun("day", true, List.of(), List.of(), List.of(), NONE_FIRED, Optional.empty());
        assertThat(new DayChecks(List.of(run), MadeUpDay.COSTS).with(Outcome.NOT_MEASURED))
                .extracting(Check::what)
                .containsExactly("visits acknowledged = visits in the log");
    }

    @Test
    void alertsThatNobodyWatched_areNotMeasured_alsoWhereNoneIsExpected() {
        for (List<ExpectedAlert> expected : List.of(List.<ExpectedAlert>of(), List.of(DOWN))) {
            DayRun run =
                    new DayRun("day", true, List.of(), List.of(KILLED), expected, Optional.empty(), Optional.of(EXACT));
            assertThat(new DayChecks(List.of(run), MadeUpDay.COSTS).with(Outcome.NOT_MEASURED))
                    .extracting(Check::found)
                    .containsExactly("nobody watched");
        }
    }

    @Test
    void oneGoodPassThatIsRefused_isSaid_butNotOfABaseline() {
        List<Lane> lanes = List.of(new Lane("doors", List.of(new Sample(1, 0, 0, 0, 1, 0, 2, 3, 0))));
        DayRun judged = new DayRun("day", true, lanes, List.of(), List.of(), NONE_FIRED, Optional.of(EXACT));
        DayRun baseline = new DayRun("plain", false, lanes, List.of(), List.of(), NONE_FIRED, Optional.empty());
        assertThat(notHeld(judged)).extracting(Check::found).containsExactly("1");
        assertThat(new DayChecks(List.of(baseline), MadeUpDay.COSTS).all())
                .extracting(Check::about)
                .containsOnly("cost");
    }

    @Test
    void aSilence_mayLastAsLongAsWasPromised_andNoLonger() {
        assertThat(notHeld(run(List.of(new Fault("killed", 1, 2, 3, 3)), List.of(), List.of())))
                .isEmpty();
        assertThat(notHeld(run(List.of(new Fault("killed", 1, 2, 3.01, 3)), List.of(), List.of())))
                .extracting(Check::found)
                .containsExactly("3.01 s");
    }

    @ParameterizedTest
    @CsvSource({"100,", "130,", "130.1,fired after 30.1 s", "99,did not fire"})
    void anAlert_isToFireAfterItsFault_inTime(double firedAt, String found) {
        List<Check> notHeld = notHeld(run(List.of(KILLED), List.of(DOWN), List.of(new FiredAlert("Down", firedAt))));
        if (found == null) {
            assertThat(notHeld).isEmpty();
        } else {
            assertThat(notHeld.getFirst().found()).isEqualTo(found);
        }
    }

    @Test
    void anAlertThatNobodyExpected_orThatFiredBeforeItsFault_isSaid() {
        assertThat(notHeld(run(
                        List.of(KILLED),
                        List.of(DOWN),
                        List.of(new FiredAlert("Other", 105), new FiredAlert("Down", 105)))))
                .extracting(Check::what)
                .containsExactly("Other");
        assertThat(notHeld(run(List.of(), List.of(), List.of(new FiredAlert("Down", 99)))))
                .extracting(Check::found)
                .containsExactly("fired at second 99");
    }

    @Test
    void oneAlert_standsForOneFaultOnly() {
        Fault again = new Fault("again", 200, 210, 1, 3);
        List<ExpectedAlert> twice = List.of(DOWN, new ExpectedAlert("Down", "again", 30));
        assertThat(notHeld(run(List.of(KILLED, again), twice, List.of(new FiredAlert("Down", 201)))))
                .hasSize(2);
        assertThat(notHeld(run(
                        List.of(KILLED, again),
                        twice,
                        List.of(new FiredAlert("Down", 101), new FiredAlert("Down", 201)))))
                .isEmpty();
    }

    @Test
    void cost_isFlatUpToATenthMoreThanTheLeast() {
        List<CpuCost> flat = List.of(new CpuCost(1, 2, 0), new CpuCost(2, 2.2, 0), new CpuCost(3, 2.1, 0));
        List<CpuCost> steep = List.of(new CpuCost(1, 2, 0), new CpuCost(2, 2.1, 0), new CpuCost(3, 2.21, 0));
        assertThat(new DayChecks(List.of(), flat).with(Outcome.HELD)).hasSize(3);
        assertThat(new DayChecks(List.of(), steep).with(Outcome.NOT_HELD))
                .extracting(Check::found)
                .containsExactly("2.21 s; idle 0.000 cores each");
    }

    @Test
    void costOfANumberOfGatewaysThatWasNotTried_isNotMeasured() {
        assertThat(new DayChecks(List.of(), MadeUpDay.COSTS.subList(0, 2)).with(Outcome.NOT_MEASURED))
                .extracting(Check::what)
                .containsExactly("CPU for 100,000 check-ins, gateways: 3");
    }

    @Test
    void recordsOutOfBounds_areRefused() {
        assertThatThrownBy(() -> run(List.of(), List.of(DOWN), List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run(List.of(), List.of(), Collections.nCopies(101, new FiredAlert("Down", 1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Sample(-1, 0, 0, 0, 0, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Sample(0, Double.NaN, 0, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Sample(0, 0, 0, 0, 0, 0, 0, Double.POSITIVE_INFINITY, 0))
                .isInstanceOf(IllegalArgumentException.class);
        Sample one = new Sample(1, 1, 0, 0, 0, 0, Double.NaN, Double.NaN, 0);
        assertThatThrownBy(() -> new Lane("doors", Collections.nCopies(7_201, one)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Lane("doors", Collections.nCopies(7_200, one)).samples()).hasSize(7_200);
    }
}
