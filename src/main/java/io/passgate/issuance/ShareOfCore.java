package io.passgate.issuance;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Has one thread take no more than a share of a core, however much of it is free: it rests in proportion to its work. */
public final class ShareOfCore implements Pace {
    /** However long a batch has taken: code that is not compiled yet takes many times as long. */
    private static final long LONGEST_REST_NS = TimeUnit.SECONDS.toNanos(1);

    private final int restsForEach;
    private final LongSupplier processorNs;
    private final Pause pause;
    private long seenNs;

    /** Lets so many nanoseconds pass. */
    public interface Pause {
        void pause(long ns) throws InterruptedException;
    }

    /**
     * The share of a thread that has just started.
     *
     * @param oneIn 10 for a tenth of a core
     * @param processorNs what the calling thread has taken since it started, as {@link
     *     java.lang.management.ThreadMXBean#getCurrentThreadCpuTime}; where that is not known, -1, it rests longest
     */
    public ShareOfCore(int oneIn, LongSupplier processorNs, Pause pause) {
        this.restsForEach = oneIn - 1;
        this.processorNs = processorNs;
        this.pause = pause;
    }

    @Override
    public void rest() throws InterruptedException {
        long nowNs = processorNs.getAsLong();
        long restNs = nowNs < 0 ? LONGEST_REST_NS : (nowNs - seenNs) * restsForEach;
        seenNs = nowNs;
        pause.pause(Math.min(restNs, LONGEST_REST_NS));
    }
}
