package io.passgate.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What the watchdog says and does at the exact instant of each bound, by a clock that a test moves. */
final class WatchdogTest {
    private static final Duration ROUND = Duration.ofMillis(250);

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final StandingLoop good = new StandingLoop();
    private final StandingLoop bad = new StandingLoop();
    private final List<String> ended = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private boolean isThereMemory = true;
    private final Watchdog watchdog = new Watchdog(
            new Watchdog.Terms(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(5)),
            List.of(new EventLoop("http-0", good), new EventLoop("issuing-1", bad)),
            new Watchdog.Surroundings(() -> isThereMemory, time, ended::add, new WatchObserver() {
                @Override
                public void stalled(String loop) {
                    heard.add("stalled " + loop);
                }

                @Override
                public void starved(String loop) {
                    heard.add("starved " + loop);
                }
            }));

    /** An event loop that turns when a test says so. */
    private static final class StandingLoop implements Executor {
        private final Queue<Runnable> asked = new ArrayDeque<>();
        private boolean isStopped;

        @Override
        public void execute(Runnable task) {
            if (isStopped) {
                throw new RejectedExecutionException();
            }
            asked.add(task);
        }

        void turn() {
            for (Runnable task = asked.poll(); task != null; task = asked.poll()) {
                task.run();
            }
        }
    }

    /** Rounds in which the good loop turns, and the bad one if it is said to. */
    private void pass(Duration duration, boolean badTurns) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(ROUND)) {
            time.advance(ROUND);
            watchdog.round();
            good.turn();
            if (badTurns) {
                bad.turn();
            }
        }
    }

    @Test
    void loopsThatTurn_areNotTold() {
        pass(Duration.ofMinutes(2), true);
        assertThat(watchdog.notReadyBecause()).isEmpty();
        assertThat(watchdog.notLiveBecause()).isEmpty();
        assertThat(heard).isEmpty();
        assertThat(ended).isEmpty();
        assertThat(watchdog.longestStuckSeconds()).isZero();
    }

    @Test
    void aLoopThatDoesNotTurnForTwoSeconds_isTold_countedOnce_andForgottenWhenItTurns() {
        pass(ROUND, false);
        pass(Duration.ofMillis(1_750), false);
        assertThat(watchdog.notReadyBecause()).isEmpty();
        pass(ROUND, false);
        assertThat(watchdog.notReadyBecause()).containsExactly("event loop issuing-1 has not turned for 2 s");
        assertThat(watchdog.notLiveBecause()).isEmpty();
        pass(Duration.ofSeconds(10), false);
        assertThat(watchdog.notReadyBecause()).containsExactly("event loop issuing-1 has not turned for 12 s");
        assertThat(watchdog.longestStuckSeconds()).isEqualTo(12.0);
        assertThat(heard).containsExactly("stalled issuing-1");
        pass(Duration.ofMillis(500), true);
        assertThat(watchdog.notReadyBecause()).isEmpty();
        assertThat(ended).isEmpty();
        pass(Duration.ofSeconds(3), false);
        assertThat(heard).containsExactly("stalled issuing-1", "stalled issuing-1");
    }

    @Test
    void aLoopThatDoesNotTurnForThirtySeconds_endsTheProcessOnce() {
        pass(ROUND, false);
        pass(Duration.ofMillis(29_750), false);
        assertThat(ended).isEmpty();
        pass(ROUND, false);
        assertThat(ended).containsExactly("event loop issuing-1 has not turned for 30 s");
        assertThat(watchdog.notLiveBecause()).hasSize(1);
        pass(Duration.ofSeconds(5), false);
        assertThat(ended).hasSize(1);
    }

    @Test
    void aProcessThatStoodStill_isNotEndedForIt() {
        pass(ROUND, false);
        for (int i = 0; i < 5; i++) {
            time.advance(Duration.ofHours(1));
            watchdog.round();
            good.turn();
        }
        assertThat(watchdog.notReadyBecause()).containsExactly("event loop issuing-1 has not turned for 5 s");
        assertThat(ended).isEmpty();
    }

    @Test
    void aLoopThatGetsNoMemory_isToldAtOnce_andEndsTheProcessAfterFiveSeconds() {
        pass(Duration.ofSeconds(1), true);
        isThereMemory = false;
        pass(ROUND, true);
        pass(ROUND, true);
        assertThat(watchdog.notReadyBecause())
                .containsExactly(
                        "event loop http-0 has got no direct memory for 0 s",
                        "event loop issuing-1 has got no direct memory for 0 s");
        assertThat(heard).containsExactly("starved http-0", "starved issuing-1");
        pass(Duration.ofMillis(4_500), true);
        assertThat(ended).isEmpty();
        pass(ROUND, true);
        assertThat(ended)
                .containsExactly("event loop http-0 has got no direct memory for 5 s; "
                        + "event loop issuing-1 has got no direct memory for 5 s");
    }

    @Test
    void aLoopThatGetsMemoryAgain_isForgotten() {
        isThereMemory = false;
        pass(Duration.ofSeconds(3), true);
        assertThat(watchdog.notReadyBecause()).hasSize(2);
        isThereMemory = true;
        pass(Duration.ofSeconds(2).plus(ROUND), true);
        assertThat(watchdog.notReadyBecause()).isEmpty();
        pass(Duration.ofSeconds(20), true);
        assertThat(ended).isEmpty();
    }

    @Test
    void aLoopThatWasStopped_isNotWaitedFor() {
        bad.isStopped = true;
        pass(Duration.ofMinutes(1), false);
        assertThat(watchdog.notReadyBecause()).isEmpty();
        assertThat(ended).isEmpty();
    }
}
