package io.passgate.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How far this gateway's clock is off those of PostgreSQL and Redis. Their clocks are read for nothing else. Ours is
 * off as far as the nearest of those that can be asked: where only one of them differs, it is the one that is wrong.
 *
 * <p>One thread asks; any may read, and waits for no store.
 */
public final class ClockCheck {
    private final InstantSource clock;
    private final Duration warn;
    private final Duration hard;
    private volatile Measured measured = new Measured(Map.of(), Duration.ZERO);

    /** How far our clock is ahead of each store's, and how far it is off. */
    private record Measured(Map<StoreObserver.Store, Duration> offsets, Duration off) {}

    /**
     * Creates a check that has not asked anyone yet.
     *
     * @param clock this gateway's
     * @param warn beyond it those who run the gateway are warned
     * @param hard beyond it the gateway is not ready
     */
    public ClockCheck(InstantSource clock, Duration warn, Duration hard) {
        this.clock = clock;
        this.warn = warn;
        this.hard = hard;
    }

    /**
     * Asks one store's clock; half of the time its answer takes counts as the way back.
     *
     * @param store whose clock it is
     * @param theirs waits for the answer; where it throws a {@link StoreException} nothing is known of that clock
     */
    public void ask(StoreObserver.Store store, Supplier<Instant> theirs) {
        try {
            Instant before = clock.instant();
            Instant there = theirs.get();
            Instant after = clock.instant();
            Instant here = before.plus(Duration.between(before, after).dividedBy(2));
            change(offsets -> offsets.put(store, Duration.between(there, here)));
        } catch (StoreException lost) {
            change(offsets -> offsets.remove(store));
        }
    }

    private synchronized void change(Consumer<Map<StoreObserver.Store, Duration>> change) {
        Map<StoreObserver.Store, Duration> offsets = new EnumMap<>(StoreObserver.Store.class);
        offsets.putAll(measured.offsets);
        change.accept(offsets);
        measured = new Measured(Map.copyOf(offsets), nearest(offsets.values()));
    }

    /** {@return how far our clock is ahead of each store's that answered when last asked; negative if behind} */
    public Map<StoreObserver.Store, Duration> offsets() {
        return measured.offsets;
    }

    /** {@return whether our clock is off beyond the warning} Not while no store answers. */
    public boolean isDoubtful() {
        return measured.off.compareTo(warn) > 0;
    }

    /** {@return whether our clock is off so far that this gateway is not ready} Not while no store answers. */
    public boolean isOff() {
        return measured.off.compareTo(hard) > 0;
    }

    private static Duration nearest(Collection<Duration> offsets) {
        return offsets.stream().map(Duration::abs).min(Duration::compareTo).orElse(Duration.ZERO);
    }
}
