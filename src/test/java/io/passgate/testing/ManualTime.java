package io.passgate.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that stands still until a test moves it; its nanosecond clock moves along. */
public final class ManualTime implements InstantSource, LongSupplier {
    private volatile Instant now;
    private final AtomicLong nanos = new AtomicLong(-5);

    public ManualTime(Instant now) {
        this.now = now;
    }

    public void set(Instant instant) {
        now = instant;
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
        var _ = nanos.addAndGet(duration.toNanos());
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** As {@link System#nanoTime}; it starts below 0, as that one may. */
    @Override
    public long getAsLong() {
        return nanos.get();
    }
}
