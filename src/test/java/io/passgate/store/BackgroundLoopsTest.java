package io.passgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Unavailable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends a loop, and what does not. */
@Timeout(20)
final class BackgroundLoopsTest {
    private static final Duration LONG = Duration.ofSeconds(15);

    private final BackgroundLoops loops = new BackgroundLoops(BackgroundLoopsTest.class);

    @Test
    void aFault_endsAPieceOfWork_andNotTheLoop() {
        loops.guarded("failing", () -> {
            throw new StoreException("out of reach");
        });
        loops.guarded("failing", () -> {
            throw new Unavailable("out of reach");
        });
        loops.guarded("failing", () -> {
            throw new AssertionError("a fault");
        });
        AtomicBoolean isDone = new AtomicBoolean();
        loops.guarded("working", () -> isDone.set(true));
        assertThat(isDone).isTrue();
        assertThat(loops.isOpen()).isTrue();
    }

    @Test
    void aPause_endsWhenTheLoopsAreStopped() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger rounds = new AtomicInteger();
        AtomicBoolean wasInterrupted = new AtomicBoolean();
        loops.start("pausing", () -> {
            while (loops.isOpen()) {
                rounds.incrementAndGet();
                begun.countDown();
                loops.pause(Duration.ofDays(1));
            }
            wasInterrupted.set(Thread.currentThread().isInterrupted());
        });
        assertThat(begun.await(15, TimeUnit.SECONDS)).isTrue();
        loops.stop(LONG);
        assertThat(loops.isOpen()).isFalse();
        assertThat(rounds).hasValue(1);
        assertThat(wasInterrupted).as("it finishes what it does").isFalse();
    }

    @Test
    void anInterruptibleLoop_isInterrupted() {
        AtomicBoolean wasInterrupted = new AtomicBoolean();
        loops.startInterruptible("waiting", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopping) {
                wasInterrupted.set(true);
            }
        });
        loops.stop(LONG);
        assertThat(wasInterrupted).isTrue();
    }

    @Test
    void aLoopThatDoesNotEnd_isWaitedForNoLongerThanThePatience() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean isDone = new AtomicBoolean();
        loops.start("endless", () -> {
            try {
                end.await();
                isDone.set(true);
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        loops.stop(Duration.ofMillis(1));
        assertThat(isDone).isFalse();
        end.countDown();
    }
}
