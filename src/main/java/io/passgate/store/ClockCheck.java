package io.passgate.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How far this gateway's clock is off those of PostgreSQL and Redis. Their clocks are read for nothing else. Ours is
 * off as far as the nearest of those that can be asked: where only one of them differs, it is the one that is wrong.
 *
 * <p>When our clock is set while nobody asks, that shows at once: it has gone further than the time that passed, or less
 * far.
 *
 * <p>One thread asks; any may read, and waits for no store.
 */
public final class ClockCheck {
    /** A clock that is being slewed, and one that is read in milliseconds, has not been set. */
    private static final long SET_MS = 1_000;

    private static final long NS_PER_MS = 1_000_000;

    private static final Duration FARTHEST = Duration.ofSeconds(Long.MAX_VALUE);

    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Duration warn;
    private final Duration hard;
    private volatile Map<StoreObserver.Store, Measured> measured = Map.of();

    /**
     * What a store's answer has told.
     *
     * @param ahead how far our clock was ahead of the store's
     * @param originMs what our clock would have said when the other one, which nobody sets, was at 0
     */
    private record Measured(Duration ahead, long originMs) {
        Duration aheadNow(long nowOriginMs) {
            long setMs = nowOriginMs - originMs;
            return Math.abs(setMs) < SET_MS ? ahead : ahead.plusMillis(setMs);
        }
    }

    /**
     * Creates a check that has not asked anyone yet.
     *
     * @param clock this gateway's
     * @param nanoClock as {@link System#nanoTime}, which nobody sets
     * @param warn beyond it those who run the gateway are warned
     * @param hard beyond it the gateway is not ready
     */
    public ClockCheck(InstantSource clock, LongSupplier nanoClock, Duration warn, Duration hard) {
        this.clock = clock;
        this.nanoClock = nanoClock;
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
            long originMs = originMs();
            Instant after = clock.instant();
            Instant here = before.plus(Duration.between(before, after).dividedBy(2));
            Duration ahead = Duration.between(there, here);
            change(all -> all.put(store, new Measured(ahead, originMs)));
        } catch (StoreException lost) {
            change(all -> all.remove(store));
        }
    }

    private synchronized void change(Consumer<Map<StoreObserver.Store, Measured>> change) {
        Map<StoreObserver.Store, Measured> all = new EnumMap<>(StoreObserver.Store.class);
        all.putAll(measured);
        change.accept(all);
        measured = Map.copyOf(all);
    }

    private long originMs() {
        return clock.millis() - nanoClock.getAsLong() / NS_PER_MS;
    }

    /**
     * {@return how far our clock is ahead of each store's that answered when last asked, with what it was set by since;
     * negative if behind}
     */
    public Map<StoreObserver.Store, Duration> offsets() {
        long originMs = originMs();
        Map<StoreObserver.Store, Duration> offsets = new EnumMap<>(StoreObserver.Store.class);
        measured.forEach((store, one) -> offsets.put(store, one.aheadNow(originMs)));
        return offsets;
    }

    /** {@return whether our clock is off beyond the warning} Not while no store answers. */
    public boolean isDoubtful() {
        return off().compareTo(warn) > 0;
    }

    /** {@return whether our clock is off so far that this gateway is not ready} Not while no store answers. */
    public boolean isOff() {
        return off().compareTo(hard) > 0;
    }

    /** Read for every batch: it allocates next to nothing. */
    private Duration off() {
        Map<StoreObserver.Store, Measured> all = measured;
        long originMs = originMs();
        Duration nearest = all.isEmpty() ? Duration.ZERO : FARTHEST;
        for (Measured one : all.values()) {
            Duration off = one.aheadNow(originMs).abs();
            nearest = off.compareTo(nearest) < 0 ? off : nearest;
        }
        return nearest;
    }
}
