package io.passgate.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that does as it should while another attacks: it asks over and over, on a connection that it keeps and on
 * new ones, from an address of its own, and writes down each answer that is late or another than it should be.
 */
public final class Bystander implements AutoCloseable {
    /** Where bystanders come from. */
    static final String ADDRESS = "127.0.0.9";

    private static final int PATIENCE_MS = 1_000;
    private static final int PAUSE_MS = 50;
    private static final int SETTLED = 10;

    /** How much longer than usual its questions may take together. */
    private static final int MOST_TIMES = 4;

    private static final int MOST_TOLD = 5;

    private final Connecting connecting;
    private final Supplier<String> request;
    private final Predicate<Wire.Answer> isGood;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Semaphore judged = new Semaphore(0);
    private final AtomicLong slowestNs = new AtomicLong();
    private final List<Thread> threads;
    private volatile boolean isOver;

    /** How it connects. */
    public interface Connecting {
        /** A connection, within this time. */
        Wire connect(int patienceMs) throws IOException;
    }

    /** Begins to ask on a port without TLS. */
    public Bystander(int port, Supplier<String> request, Predicate<Wire.Answer> isGood) {
        this(patienceMs -> Wire.from(ADDRESS, port, patienceMs), request, isGood);
    }

    /** Begins to ask. */
    public Bystander(Connecting connecting, Supplier<String> request, Predicate<Wire.Answer> isGood) {
        this.connecting = connecting;
        this.request = request;
        this.isGood = isGood;
        threads = List.of(thread("kept", this::askOnOne), thread("new", this::askOnNewOnes));
    }

    private static Thread thread(String name, Runnable asking) {
        return Thread.ofPlatform().name("bystander-" + name).daemon().start(asking);
    }

    private void askOnOne() {
        Wire kept = null;
        while (!isOver) {
            long startNs = System.nanoTime();
            try {
                kept = kept == null ? connecting.connect(PATIENCE_MS) : kept;
                Wire.Answer answer = kept.say(request.get()).answer();
                judge("kept", answer, startNs);
                if (answer.headers().getOrDefault("connection", "").equalsIgnoreCase("close")) {
                    kept = closed(kept);
                }
            } catch (IOException noAnswer) {
                fail("kept: " + noAnswer.getMessage());
                kept = closed(kept);
            }
            pause();
        }
        closed(kept);
    }

    private void askOnNewOnes() {
        while (!isOver) {
            long startNs = System.nanoTime();
            try (Wire wire = connecting.connect(PATIENCE_MS)) {
                judge("new", wire.say(request.get()).answer(), startNs);
            } catch (IOException noAnswer) {
                fail("new: " + noAnswer.getMessage());
            }
            pause();
        }
    }

    private static @Nullable Wire closed(@Nullable Wire wire) {
        try {
            if (wire != null) {
                wire.close();
            }
        } catch (IOException alreadyGone) {
            // Nothing is left to close.
        }
        return null;
    }

    private void judge(String connection, Wire.Answer answer, long startNs) {
        long tookNs = System.nanoTime() - startNs;
        slowestNs.accumulateAndGet(tookNs, Math::max);
        if (!isGood.test(answer)) {
            fail(connection + ": " + answer.status() + " " + answer.body());
        } else if (tookNs > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS)) {
            fail(connection + ": after " + TimeUnit.NANOSECONDS.toMillis(tookNs) + " ms");
        }
        asked.incrementAndGet();
        judged.release();
    }

    private void fail(String how) {
        failed.incrementAndGet();
        judged.release();
        if (failures.size() < MOST_TOLD) {
            failures.add(how);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a gateway that has just started answers it well, which may take a while. */
    public void settle() throws InterruptedException {
        long lastNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        do {
            forgetSoFar();
            TimeUnit.SECONDS.sleep(1);
            assertThat(System.nanoTime()).as("bystander: %s %s", this, failures).isLessThan(lastNs);
        } while (failed.get() > 0 || asked.get() < SETTLED);
        forgetSoFar();
    }

    /** Waits for as many questions as it asks in such a time when all is well, whatever becomes of them. */
    public void asksFor(Duration duration) throws InterruptedException {
        int wanted = Math.toIntExact(threads.size() * duration.toMillis() / PAUSE_MS);
        var _ = judged.drainPermits();
        assertThat(judged.tryAcquire(wanted, MOST_TIMES * duration.toMillis(), TimeUnit.MILLISECONDS))
                .as("bystander, after so many questions: %s %s", this, failures)
                .isTrue();
    }

    /** The same, and asserts that every one since the last time was answered well and in time. */
    public void isServedFor(Duration duration) throws InterruptedException {
        asksFor(duration);
        isServed();
    }

    /** Asserts that there were questions since the last time, and that each was answered well and in time. */
    public void isServed() {
        List<String> told = List.copyOf(failures);
        String all = toString();
        assertThat(asked.get() + failed.get()).as("questions").isPositive();
        forgetSoFar();
        assertThat(told).as("bystander: %s", all).isEmpty();
    }

    /** Whatever became of the questions so far does not count. */
    public void forgetSoFar() {
        failures.clear();
        asked.set(0);
        failed.set(0);
        slowestNs.set(0);
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

    @Override
    public String toString() {
        return "%d answers, %d failed, the slowest after %d ms"
                .formatted(asked.get(), failed.get(), TimeUnit.NANOSECONDS.toMillis(slowestNs.get()));
    }
}
