package io.passgate.access;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the payloads of one client may cost, in units of a good one: so many a second, and a burst. Each is paid for
 * with a unit before it is judged, and the rest once it is known; whoever owes waits until it is paid. Thread-safe.
 *
 * <p>The state is one number: the time at which all that was used is paid for (a virtual schedule, as in GCRA).
 */
final class PayloadBudget {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final long burstNs;
    private final LongSupplier nanoClock;
    private final AtomicLong paidAtNs;

    PayloadBudget(RateLimits.Limit limit, LongSupplier nanoClock) {
        this.perSecond = limit.perSecond();
        this.burstNs = ns(limit.burst());
        this.nanoClock = nanoClock;
        this.paidAtNs = new AtomicLong(nanoClock.getAsLong());
    }

    private long ns(long units) {
        return Math.multiplyExact(units, SECOND_NS) / perSecond;
    }

    /** How long until the client owes nothing beyond its burst; 0 where it does not. */
    long owesNs() {
        return Math.max(0, paidAtNs.get() - nanoClock.getAsLong() - burstNs);
    }

    /** Takes units; returns 0, or, where they are not there, the nanoseconds until they are, and takes none. */
    long take(long units) {
        long costNs = ns(units);
        while (true) {
            long nowNs = nanoClock.getAsLong();
            long before = paidAtNs.get();
            long after = (before - nowNs > 0 ? before : nowNs) + costNs;
            long waitNs = after - nowNs - burstNs;
            if (waitNs > 0) {
                return waitNs;
            }
            if (paidAtNs.compareAndSet(before, after)) {
                return 0;
            }
        }
    }

    /** Takes units that have been used already, there or not; less than none gives some back. */
    void settle(long units) {
        paidAtNs.addAndGet(ns(units));
    }
}
