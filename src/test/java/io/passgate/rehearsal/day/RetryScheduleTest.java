package io.passgate.rehearsal.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.passgate.rehearsal.day.RetrySchedule.Habits;
import io.passgate.rehearsal.day.RetrySchedule.Returning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When people ask again. */
final class RetryScheduleTest {
    private static final long NOW = 7_000_000_000L;
    private static final int MANY = 2_000;

    private static RetrySchedule<Integer> schedule(double obeying) {
        return new RetrySchedule<>(new Habits(obeying, 5, MANY), new Random(13));
    }

    private static List<Returning<Integer>> all(RetrySchedule<Integer> schedule) {
        List<Returning<Integer>> all = new ArrayList<>();
        for (Optional<Returning<Integer>> next = schedule.due(Long.MAX_VALUE);
                next.isPresent();
                next = schedule.due(Long.MAX_VALUE)) {
            all.add(next.get());
        }
        return all;
    }

    private static double seconds(Returning<Integer> returning) {
        return (returning.atNs() - NOW) / 1e9;
    }

    @Test
    void whoIsToldNothing_asksAgainAfterTwoToTenSeconds_evenlySpread() {
        RetrySchedule<Integer> schedule = schedule(1);
        for (int i = 0; i < MANY; i++) {
            schedule.failed(i, 1, OptionalInt.empty(), NOW);
        }
        List<Returning<Integer>> all = all(schedule);
        assertThat(all).hasSize(MANY).allSatisfy(one -> assertThat(seconds(one)).isBetween(2.0, 10.0));
        assertThat(all.stream()
                        .mapToDouble(RetryScheduleTest::seconds)
                        .average()
                        .orElseThrow())
                .isCloseTo(6, within(0.2));
    }

    @Test
    void whoIsToldWhen_comesInTheSecondAfterIt_exceptForTheShareThatDoesNotObey() {
        RetrySchedule<Integer> schedule = schedule(0.7);
        for (int i = 0; i < MANY; i++) {
            schedule.failed(i, 1, OptionalInt.of(20), NOW);
        }
        List<Returning<Integer>> all = all(schedule);
        List<Returning<Integer>> obeying =
                all.stream().filter(one -> seconds(one) >= 20).toList();
        assertThat(obeying.size() / (double) MANY).isCloseTo(0.7, within(0.05));
        assertThat(obeying).allSatisfy(one -> assertThat(seconds(one)).isBetween(20.0, 21.0));
        assertThat(all)
                .filteredOn(one -> !obeying.contains(one))
                .allSatisfy(one -> assertThat(seconds(one)).isBetween(2.0, 10.0));
    }

    @Test
    void theyComeInTheOrderOfTheirTimes_andNotBefore() {
        RetrySchedule<Integer> schedule = schedule(1);
        schedule.failed(1, 1, OptionalInt.of(30), NOW);
        schedule.failed(2, 3, OptionalInt.of(10), NOW);
        assertThat(schedule.due(NOW + TimeUnit.SECONDS.toNanos(10) - 1)).isEmpty();
        assertThat(schedule.due(NOW + TimeUnit.SECONDS.toNanos(11)))
                .hasValueSatisfying(first -> assertThat(first.who()).isEqualTo(2))
                .hasValueSatisfying(first -> assertThat(first.attempts()).isEqualTo(3));
        assertThat(schedule.due(NOW + TimeUnit.SECONDS.toNanos(11))).isEmpty();
        assertThat(schedule.waiting()).isEqualTo(1);
    }

    @Test
    void whoHasAskedOftenEnough_orFindsTooManyWaiting_givesUp() {
        RetrySchedule<Integer> schedule = new RetrySchedule<>(new Habits(1, 2, 1), new Random(13));
        schedule.failed(1, 2, OptionalInt.empty(), NOW);
        assertThat(schedule.waiting()).isZero();
        schedule.failed(2, 1, OptionalInt.empty(), NOW);
        schedule.failed(3, 1, OptionalInt.empty(), NOW);
        assertThat(schedule.waiting()).isEqualTo(1);
        assertThat(schedule.givenUp()).isEqualTo(2);
    }

    @Test
    void anAbsurdRetryAfter_isNotWaitedFor() {
        RetrySchedule<Integer> schedule = schedule(1);
        schedule.failed(1, 1, OptionalInt.of(Integer.MAX_VALUE), NOW);
        schedule.failed(2, 1, OptionalInt.of(-5), NOW);
        assertThat(all(schedule))
                .extracting(RetryScheduleTest::seconds)
                .satisfiesExactly(
                        first -> assertThat(first).isBetween(0.0, 1.0),
                        last -> assertThat(last).isBetween(120.0, 121.0));
    }

    @ParameterizedTest
    @CsvSource({"-0.1,1,1", "1.1,1,1", "NaN,1,1", "0.5,0,1", "0.5,1,0"})
    void habitsOutOfBounds_areRefused(double obeying, int mostAttempts, int mostWaiting) {
        assertThatThrownBy(() -> new Habits(obeying, mostAttempts, mostWaiting))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
