package io.passgate.rehearsal.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.rehearsal.day.DayRun.Sample;
import io.passgate.rehearsal.day.LaneTally.Outcome;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is recorded of each second. */
final class LaneTallyTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LaneTally tally = new LaneTally("doors", 3);

    private List<Sample> samples() {
        return tally.lane().samples();
    }

    @Test
    void eachPayload_countsInTheSecondOfItsEvent_andAfterTheEndInTheLast() {
        tally.offered(999 * MS, 64);
        tally.count(Outcome.ANSWERED, 1_000 * MS, 60);
        tally.count(Outcome.SHED, 1_999 * MS, 1);
        tally.count(Outcome.INDETERMINATE, 2_000 * MS, 2);
        tally.count(Outcome.REFUSED, 2_999 * MS, 3);
        tally.count(Outcome.UNANSWERED, 9_000 * MS, 4);
        tally.queue(1_500 * MS, 17);
        assertThat(samples())
                .containsExactly(
                        new Sample(64, 0, 0, 0, 0, 0, Double.NaN, Double.NaN, 0),
                        new Sample(0, 60, 1, 0, 0, 0, Double.NaN, Double.NaN, 17),
                        new Sample(0, 0, 0, 2, 3, 4, Double.NaN, Double.NaN, 0));
    }

    @Test
    void percentiles_areOfTheAnswersOfTheirSecond() {
        for (int i = 100; i >= 1; i--) {
            tally.took(500 * MS, i * MS);
        }
        tally.took(2_500 * MS, 7 * MS);
        assertThat(samples()).extracting(Sample::p50Ms).containsExactly(50.0, Double.NaN, 7.0);
        assertThat(samples()).extracting(Sample::p99Ms).containsExactly(99.0, Double.NaN, 7.0);
    }

    @Test
    void moreAnswersThanThereWasRoomFor_areAllKept() {
        for (int i = 1; i <= 3_000; i++) {
            tally.took(MS, i * MS);
        }
        assertThat(samples().getFirst().p99Ms()).isEqualTo(2_970);
    }

    @Test
    void theLongestSilence_isThatWithinAnInterval_alsoWhileItLasts() {
        tally.took(200 * MS, MS);
        tally.took(700 * MS, MS);
        tally.took(705 * MS, MS);
        tally.took(900 * MS, MS);
        assertThat(tally.silenceNs(0, 1_000 * MS)).isEqualTo(500 * MS);
        assertThat(tally.silenceNs(600 * MS, 1_000 * MS)).isEqualTo(195 * MS);
        assertThat(tally.silenceNs(600 * MS, 2_500 * MS)).isEqualTo(1_600 * MS);
        assertThat(tally.silenceNs(300 * MS, 400 * MS)).isEqualTo(100 * MS);
        assertThat(tally.silenceNs(700 * MS, 709 * MS)).isZero();
    }
}
