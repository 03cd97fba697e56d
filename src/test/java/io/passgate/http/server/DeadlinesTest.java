package io.passgate.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.api.RunningApi;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However many are waited for, and whoever comes back, there is one timer. */
final class DeadlinesTest {
    private static final int TIMES = 100;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger timers = new AtomicInteger();

    @AfterEach
    void close() {
        var _ = RunningApi.await(vertx.close());
    }

    private Vertx counted() {
        return (Vertx) Proxy.newProxyInstance(
                Vertx.class.getClassLoader(), new Class<?>[] {Vertx.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("setTimer")) {
                        timers.incrementAndGet();
                    }
                    try {
                        return method.invoke(vertx, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    /** One that is waited for again each time that it is late. */
    private static final class Again extends Deadlines.Entry {
        private final Deadlines deadlines;
        private final CountDownLatch left;

        private Again(Deadlines deadlines, CountDownLatch left) {
            this.deadlines = deadlines;
            this.left = left;
        }

        @Override
        void late() {
            left.countDown();
            if (left.getCount() > 0) {
                deadlines.add(this);
            }
        }
    }

    @Test
    void whatIsWaitedForAgain_hasOneTimerEachTime() throws InterruptedException {
        Deadlines deadlines = new Deadlines(counted(), Duration.ofMillis(1));
        CountDownLatch left = new CountDownLatch(TIMES);
        vertx.runOnContext(begin -> deadlines.add(new Again(deadlines, left)));
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(timers.get()).isBetween(TIMES, 2 * TIMES);
    }
}
