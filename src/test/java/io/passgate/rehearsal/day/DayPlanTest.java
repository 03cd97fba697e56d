package io.passgate.rehearsal.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.passgate.rehearsal.day.DayCurve.Kind;
import io.passgate.rehearsal.day.DayPlan.Terms;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a day is played. */
final class DayPlanTest {
    private static final Duration NOT_HELD = Duration.ZERO;
    private static final long SECOND_NS = 1_000_000_000;

    private static DayPlan monday(double compression, Duration held) throws IOException {
        return new DayPlan(DayCurve.read(DayCurveTest.MONDAY), new Terms(10_000, 0.5, compression, held));
    }

    @Test
    void thePeak_isTheShareOfTheCapacity_andTheRestKeepsItsProportion() throws IOException {
        DayPlan plan = monday(120, NOT_HELD);
        long peakNs = plan.peak().toNanos();
        assertThat(plan.scale()).isCloseTo(5_000 / 22_100.0, within(1e-9));
        assertThat(plan.perSecond(Kind.CHECK_IN, peakNs)).isCloseTo(5_000, within(1e-6));
        assertThat(plan.perSecond(Kind.PASS, peakNs)).isCloseTo(10_000, within(1e-6));
        assertThat(plan.perSecond(Kind.CHECK_IN, peakNs - 1)).isCloseTo(5_000 * 8_200 / 22_100.0, within(1e-6));
    }

    @Test
    void aSecondThatIsPlayed_isAsBusyHoweverFastTheDayGoes() throws IOException {
        DayPlan slow = monday(1, NOT_HELD);
        DayPlan fast = monday(720, NOT_HELD);
        assertThat(slow.length()).isEqualTo(Duration.ofDays(1));
        assertThat(fast.length()).isEqualTo(Duration.ofMinutes(2));
        LocalTime evening = LocalTime.of(18, 2);
        assertThat(fast.perSecond(Kind.CHECK_IN, fast.at(evening).toNanos()))
                .isEqualTo(slow.perSecond(Kind.CHECK_IN, slow.at(evening).toNanos()))
                .isPositive();
        assertThat((double) slow.total(Kind.CHECK_IN) / fast.total(Kind.CHECK_IN))
                .isCloseTo(720, within(0.1));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whoIsDue_growsByTheRateOfEachInstant_upToAll(Kind kind) throws IOException {
        DayPlan plan = monday(97, Duration.ofSeconds(11));
        long endNs = plan.length().toNanos();
        long stepNs = SECOND_NS / 10;
        long last = plan.due(kind, 0);
        assertThat(last).isZero();
        for (long nowNs = stepNs; nowNs < endNs; nowNs += stepNs) {
            long due = plan.due(kind, nowNs);
            double least = Math.min(plan.perSecond(kind, nowNs - stepNs), plan.perSecond(kind, nowNs)) / 10;
            double most = Math.max(plan.perSecond(kind, nowNs - stepNs), plan.perSecond(kind, nowNs)) / 10;
            assertThat((double) (due - last)).isBetween(least - 1, most + 1);
            last = due;
        }
        assertThat(plan.due(kind, endNs)).isEqualTo(plan.total(kind)).isGreaterThanOrEqualTo(last);
        assertThat(plan.due(kind, Long.MAX_VALUE)).isEqualTo(plan.total(kind));
        assertThat(plan.due(kind, -1)).isZero();
    }

    @Test
    void nobodyComes_beforeTheDayOrAfterIt() throws IOException {
        DayPlan plan = monday(720, NOT_HELD);
        assertThat(plan.perSecond(Kind.PASS, -1)).isZero();
        assertThat(plan.perSecond(Kind.PASS, 0)).isPositive();
        assertThat(plan.perSecond(Kind.PASS, plan.length().toNanos() - 1)).isPositive();
        assertThat(plan.perSecond(Kind.PASS, plan.length().toNanos())).isZero();
    }

    @Test
    void aHeldPeak_isAsBusyForLonger_andTheRestOfTheDayIsAsBefore() throws IOException {
        DayPlan plain = monday(120, NOT_HELD);
        DayPlan held = monday(120, Duration.ofSeconds(200));
        assertThat(plain.peakOver().minus(plain.peak())).isEqualTo(Duration.ofMillis(2_500));
        assertThat(held.peak()).isEqualTo(plain.peak());
        assertThat(held.peakOver().minus(held.peak())).isEqualTo(Duration.ofSeconds(200));
        assertThat(held.length()).isEqualTo(plain.length().plusMillis(197_500));
        assertThat(held.total(Kind.CHECK_IN) - plain.total(Kind.CHECK_IN)).isBetween(987_499L, 987_501L);
        assertThat(held.perSecond(Kind.CHECK_IN, held.peakOver().toNanos() - 1)).isCloseTo(5_000, within(1e-6));
    }

    @Test
    void aHoldThatIsShorterThanThePeakIs_changesNothing() throws IOException {
        assertThat(monday(1, Duration.ofSeconds(299)).length()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void timesOfTheDay_areFoundBothWays() throws IOException {
        DayPlan plan = monday(240, Duration.ofSeconds(60));
        for (LocalTime time :
                List.of(LocalTime.MIDNIGHT, LocalTime.of(11, 40), LocalTime.of(12, 2, 30), LocalTime.of(18, 0))) {
            assertThat(Duration.between(time, plan.timeOfDay(plan.at(time).toNanos()))
                            .abs())
                    .isLessThanOrEqualTo(Duration.ofSeconds(1));
        }
        assertThat(plan.timeOfDay(-1)).isEqualTo(LocalTime.MIDNIGHT);
        assertThat(plan.timeOfDay(plan.length().toNanos())).isEqualTo("23:59:59");
    }

    @Test
    void faults_areAllAtThePeak_equallyFarApart_andTheLastHasAsLong() throws IOException {
        DayPlan plan = monday(120, Duration.ofSeconds(220));
        List<Duration> instants = plan.faultInstants(5);
        assertThat(instants.getFirst()).isEqualTo(plan.peak().plusSeconds(20));
        assertThat(IntStream.range(1, 5)
                        .mapToObj(i -> instants.get(i).minus(instants.get(i - 1)))
                        .collect(Collectors.toSet()))
                .containsExactly(Duration.ofSeconds(40));
        assertThat(plan.peakOver().minus(instants.getLast())).isEqualTo(Duration.ofSeconds(40));
    }

    @ParameterizedTest
    @CsvSource({
        "0,1,1,0",
        "10000001,1,1,0",
        "NaN,1,1,0",
        "1,0,1,0",
        "1,20.1,1,0",
        "1,NaN,1,0",
        "1,1,0.9,0",
        "1,1,2881,0",
        "1,1,Infinity,0",
        "1,1,1,-1",
        "1,1,1,3601"
    })
    void termsOutOfBounds_areRefused(double capacity, double share, double compression, long heldSeconds) {
        assertThatThrownBy(() -> new Terms(capacity, share, compression, Duration.ofSeconds(heldSeconds)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDayOnWhichNobodyChecksIn_hasNoPeak() {
        String lines = IntStream.range(0, DayCurve.SLOTS)
                .mapToObj(slot -> DayCurve.timeOf(slot) + ",0,1,1,1\n")
                .collect(Collectors.joining());
        DayCurve empty = DayCurve.parse("time,check_ins,verifications,passes,first_consents\n" + lines, "empty");
        assertThatThrownBy(() -> new DayPlan(empty, new Terms(1, 1, 1, NOT_HELD)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a day without a check-in has no peak");
    }

    @Test
    void zeroOrTooManyFaults_areRefused() throws IOException {
        DayPlan plan = monday(120, NOT_HELD);
        assertThatThrownBy(() -> plan.faultInstants(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan.faultInstants(21)).isInstanceOf(IllegalArgumentException.class);
    }
}
