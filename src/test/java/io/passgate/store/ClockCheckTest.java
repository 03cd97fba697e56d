package io.passgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How far our clock may be off, to the nanosecond. */
final class ClockCheckTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final ManualTime time = new ManualTime(NOON);
    private final ClockCheck check = new ClockCheck(time, time, Duration.ofSeconds(5), Duration.ofSeconds(30));

    private void ask(StoreObserver.Store store, Duration ours) {
        check.ask(store, () -> NOON.minus(ours));
    }

    private void bothAre(Duration ours) {
        ask(StoreObserver.Store.POSTGRESQL, ours);
        ask(StoreObserver.Store.REDIS, ours);
    }

    @Test
    void offset_isDoubtfulBeyondItsWarning_andOffBeyondItsBound() {
        bothAre(Duration.ofSeconds(5));
        assertThat(check.isDoubtful()).isFalse();
        bothAre(Duration.ofSeconds(5).plusNanos(1));
        assertThat(check.isDoubtful()).isTrue();
        assertThat(check.isOff()).isFalse();
        bothAre(Duration.ofSeconds(-30));
        assertThat(check.isOff()).isFalse();
        bothAre(Duration.ofSeconds(-30).minusNanos(1));
        assertThat(check.isOff()).isTrue();
    }

    @Test
    void oneStoreThatDiffersAlone_isItselfWrong_unlessTheOtherCannotBeAsked() {
        ask(StoreObserver.Store.POSTGRESQL, Duration.ofMinutes(1));
        ask(StoreObserver.Store.REDIS, Duration.ofSeconds(1));
        assertThat(check.isDoubtful()).isFalse();
        check.ask(StoreObserver.Store.REDIS, () -> {
            throw new StoreException("out of reach");
        });
        assertThat(check.isOff()).isTrue();
        assertThat(check.offsets()).containsOnlyKeys(StoreObserver.Store.POSTGRESQL);
    }

    @Test
    void whereNobodyCanBeAsked_theClockIsTaken() {
        assertThat(check.isDoubtful()).isFalse();
    }

    @Test
    void whileAStoreIsAsked_nobodyElseWaits() {
        bothAre(Duration.ofMinutes(1));
        check.ask(StoreObserver.Store.REDIS, () -> {
            boolean off = CompletableFuture.supplyAsync(check::isOff)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            assertThat(off).isTrue();
            return NOON;
        });
        assertThat(check.isOff()).isFalse();
    }

    @Test
    void aClockThatIsSet_isOffAtOnce_untilItIsSetBack() {
        bothAre(Duration.ZERO);
        time.set(NOON.plusSeconds(40));
        assertThat(check.isOff()).isTrue();
        assertThat(check.isDoubtful()).isTrue();
        assertThat(check.offsets())
                .hasSize(2)
                .allSatisfy((_, ahead) -> assertThat(ahead).hasSeconds(40));
        time.set(NOON);
        assertThat(check.offsets()).containsEntry(StoreObserver.Store.REDIS, Duration.ZERO);
        assertThat(check.isOff()).isFalse();
        time.set(NOON.minusSeconds(40));
        assertThat(check.isOff()).isTrue();
        assertThat(check.offsets()).containsEntry(StoreObserver.Store.POSTGRESQL, Duration.ofSeconds(-40));
        time.set(NOON.minusSeconds(30));
        assertThat(check.isOff()).isFalse();
        assertThat(check.isDoubtful()).isTrue();
    }

    @Test
    void aClockThatIsSetRight_isNotOffAnyMore() {
        bothAre(Duration.ofMinutes(1));
        time.set(NOON.minus(Duration.ofMinutes(1)));
        assertThat(check.isOff()).isFalse();
        assertThat(check.isDoubtful()).isFalse();
    }

    @Test
    void aClockThatGoesOn_isNotOff_whenNobodyIsAskedForLong() {
        bothAre(Duration.ZERO);
        time.advance(Duration.ofHours(5));
        assertThat(check.isDoubtful()).isFalse();
    }

    @Test
    void aClockThatIsSetWhileNoStoreAnswers_isTaken() {
        time.set(NOON.plusSeconds(40));
        assertThat(check.isDoubtful()).isFalse();
    }

    @Test
    void halfOfTheWay_isTakenOff() {
        check.ask(StoreObserver.Store.REDIS, () -> {
            time.advance(Duration.ofSeconds(4));
            return NOON.plusSeconds(2);
        });
        assertThat(check.offsets()).containsEntry(StoreObserver.Store.REDIS, Duration.ZERO);
    }
}
