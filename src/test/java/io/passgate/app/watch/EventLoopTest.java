package io.passgate.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.CapturedLogs;
import io.passgate.testing.ManualTime;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The watchdog on event loops of Vert.x, one of which a latch keeps from turning. */
final class EventLoopTest {
    private static final Duration STEP = Duration.ofMillis(500);

    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final AtomicReference<String> ended = new AtomicReference<>("");

    private static void roundAfterAllTurned(List<EventLoop> loops, Watchdog watchdog) throws InterruptedException {
        watchdog.round();
        CountDownLatch turned = new CountDownLatch(loops.size());
        loops.forEach(loop -> loop.executor().execute(turned::countDown));
        assertThat(turned.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aBlockedLoop_isNamedWithItsPlace_andTheOthersAreNot() throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        CountDownLatch release = new CountDownLatch(1);
        try (CapturedLogs logs = new CapturedLogs()) {
            List<EventLoop> loops = EventLoop.of("http", vertx);
            assertThat(loops).extracting(EventLoop::name).containsExactly("http-0", "http-1", "http-acceptor");
            Watchdog watchdog = new Watchdog(
                    new Watchdog.Terms(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(5)),
                    loops,
                    new Watchdog.Surroundings(DirectMemory::isThereForARead, time, ended::set, new Deaf()));
            roundAfterAllTurned(loops, watchdog);
            BlockingQueue<Thread> blocked = new ArrayBlockingQueue<>(1);
            loops.get(1).executor().execute(() -> {
                blocked.add(Thread.currentThread());
                awaitRelease(release);
            });
            waits(blocked.poll(20, TimeUnit.SECONDS));
            List<EventLoop> others = List.of(loops.get(0), loops.get(2));
            for (int i = 0; i < 5; i++) {
                time.advance(STEP);
                roundAfterAllTurned(others, watchdog);
            }
            assertThat(watchdog.notReadyBecause()).containsExactly("event loop http-1 has not turned for 2 s");
            assertThat(logs.lines())
                    .filteredOn(line -> line.contains("has not turned"))
                    .singleElement()
                    .asString()
                    .contains("EventLoopTest.awaitRelease");
            release.countDown();
            roundAfterAllTurned(loops, watchdog);
            time.advance(STEP);
            watchdog.round();
            assertThat(watchdog.notReadyBecause()).isEmpty();
            assertThat(ended).hasValue("");
        } finally {
            release.countDown();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static void waits(@Nullable Thread blocked) {
        long lastNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (blocked == null || blocked.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime() - lastNs)
                    .as("%s does not wait", blocked)
                    .isNegative();
            Thread.onSpinWait();
        }
    }

    private static void awaitRelease(CountDownLatch release) {
        try {
            var _ = release.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Deaf implements WatchObserver {
        @Override
        public void stalled(String loop) {}

        @Override
        public void starved(String loop) {}
    }
}
