package io.passgate.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a healthy gateway over and over how it is, and writes down each answer that is late or says otherwise. */
public final class HealthWatch implements AutoCloseable {
    private static final int PATIENCE_MS = 1_000;
    private static final int PAUSE_MS = 200;
    private static final int MOST_TOLD = 5;
    private static final List<String> PATHS = List.of("/health/live", "/health/ready");

    private final int port;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Thread thread;
    private volatile boolean isOver;

    HealthWatch(int managementPort) {
        port = managementPort;
        thread = Thread.ofPlatform().name("health").daemon().start(this::watch);
    }

    private void watch() {
        while (!isOver) {
            for (String path : PATHS) {
                String said = ask(path);
                if (!said.startsWith("200 ") || !said.contains("\"up\"")) {
                    fail(path + ": " + said);
                }
                var _ = asked.incrementAndGet();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String ask(String path) {
        long startNs = System.nanoTime();
        try (Wire wire = Wire.from("127.0.0.1", port, PATIENCE_MS)) {
            Wire.Answer answer = wire.say(Requests.get(path)).answer();
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            return tookMs > PATIENCE_MS ? "after " + tookMs + " ms" : answer.status() + " " + answer.body();
        } catch (IOException noAnswer) {
            return String.valueOf(noAnswer.getMessage());
        }
    }

    private void fail(String how) {
        if (failures.size() < MOST_TOLD) {
            failures.add(how);
        }
    }

    /** Asserts that every answer since the last time was true and in time. */
    public void isTrue() throws InterruptedException {
        int before = asked.get();
        while (asked.get() == before && !isOver) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        List<String> told = List.copyOf(failures);
        failures.clear();
        assertThat(told).as("health").isEmpty();
    }

    @Override
    public void close() {
        isOver = true;
        try {
            var _ = thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
