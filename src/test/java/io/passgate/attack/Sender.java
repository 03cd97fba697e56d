package io.passgate.attack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends whole requests at a constant rate, on a few connections that it keeps, and reads the answers. */
final class Sender implements AutoCloseable {
    private static final int CONNECTIONS = 8;

    private final int port;
    private final List<byte[]> requests;
    private final long betweenNs;
    private final long startNs = System.nanoTime();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isOver;

    Sender(int port, List<String> requests, int perSecond) {
        this.port = port;
        this.requests = requests.stream().map(Requests::bytes).toList();
        this.betweenNs = TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (int i = 0; i < CONNECTIONS; i++) {
            threads.add(Thread.ofPlatform().name("sender").daemon().start(this::send));
        }
    }

    private void send() {
        while (!isOver) {
            try (Wire wire = Wire.to(port)) {
                while (!isOver) {
                    int number = sent.getAndIncrement();
                    long leftNs = startNs + number * betweenNs - System.nanoTime();
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, leftNs));
                    Wire.Answer answer =
                            wire.say(requests.get(number % requests.size())).answer();
                    var _ = answered.incrementAndGet();
                    if (AttackedGateway.isAccepted(answer)) {
                        var _ = accepted.incrementAndGet();
                    }
                }
            } catch (IOException turnedAway) {
                var _ = failed.incrementAndGet();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Those that were answered with a verdict of acceptance. */
    int accepted() {
        return accepted.get();
    }

    /** Connections that were refused or closed without an answer. */
    int failed() {
        return failed.get();
    }

    int answered() {
        return answered.get();
    }

    @Override
    public void close() {
        isOver = true;
        for (Thread thread : threads) {
            try {
                var _ = thread.join(Duration.ofSeconds(15));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
