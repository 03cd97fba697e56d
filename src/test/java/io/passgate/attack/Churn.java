package io.passgate.attack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that come, say something, and go in the middle of it (RST). */
public final class Churn implements AutoCloseable {
    private static final int PATIENCE_MS = 1_000;

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger came = new AtomicInteger();
    private volatile boolean isOver;

    /**
     * Begins.
     *
     * @param said what they say, each in turn
     * @param perSecond how many a second, at most
     */
    public Churn(int port, List<String> said, int perSecond) {
        int crew = 2;
        long betweenNs = TimeUnit.SECONDS.toNanos(crew) / perSecond;
        for (int i = 0; i < crew; i++) {
            String source = "127.0.1." + (i + 1);
            threads.add(
                    Thread.ofPlatform().name("churn").daemon().start(() -> comeAndGo(source, port, said, betweenNs)));
        }
    }

    private void comeAndGo(String source, int port, List<String> said, long betweenNs) {
        long dueNs = System.nanoTime();
        while (!isOver) {
            try (Wire wire = Wire.from(source, port, PATIENCE_MS)) {
                int number = came.incrementAndGet();
                wire.say(said.get(number % said.size())).reset();
            } catch (IOException turnedAway) {
                // The next one tries.
            }
            dueNs += betweenNs;
            long leftNs = dueNs - System.nanoTime();
            if (leftNs > 0) {
                try {
                    TimeUnit.NANOSECONDS.sleep(leftNs);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    public int came() {
        return came.get();
    }

    @Override
    public void close() {
        isOver = true;
        for (Thread thread : threads) {
            try {
                var _ = thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
