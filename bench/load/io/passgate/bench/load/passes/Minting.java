package io.passgate.bench.load.passes;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * When passes are ready that are made before they are shown, and are good for seconds only: as long as it took the last
 * time, and some more. One thread.
 */
public final class Minting {
    private static final double SOME_MORE = 1.3;

    private final Duration soon;
    private double passNs;

    /** What is made for an instant. */
    public interface Making<T> {
        /** Takes as long as it takes. */
        T from(Instant start);
    }

    /**
     * One that has made nothing.
     *
     * @param passNs what one pass is guessed to take
     * @param soon what is added to it for all that else is to be done
     */
    public Minting(double passNs, Duration soon) {
        this.passNs = passNs;
        this.soon = soon;
    }

    /**
     * Makes passes, and returns when the first one is to be shown.
     *
     * @param count how many are made
     * @param trials how often it is tried
     * @return empty where the machine had other things to do than to make them in time, as often as it was tried
     */
    public <T> Optional<T> ready(int count, int trials, Making<T> making) {
        for (int trial = 0; trial < trials; trial++) {
            Instant began = Instant.now();
            Instant start = began.plusNanos((long) (count * passNs)).plus(soon);
            T made = making.from(start);
            Instant ready = Instant.now();
            passNs = SOME_MORE * Duration.between(began, ready).toNanos() / count;
            if (ready.isBefore(start)) {
                LockSupport.parkNanos(Duration.between(ready, start).toNanos());
                return Optional.of(made);
            }
        }
        return Optional.empty();
    }
}
