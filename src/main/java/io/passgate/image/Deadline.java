package io.passgate.image;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Until when one picture may be worked on, and whether anybody still wants it. Whoever works asks it between steps that
 * are short by themselves.
 */
final class Deadline {
    private final LongSupplier nanoClock;
    private final long atNs;
    private final BooleanSupplier isGone;

    /**
     * A deadline from now on.
     *
     * @param nanoClock as {@link System#nanoTime}
     * @param patienceNs how far it is away
     * @param isGone whether nobody waits for the picture any more
     */
    Deadline(LongSupplier nanoClock, long patienceNs, BooleanSupplier isGone) {
        this.nanoClock = nanoClock;
        this.isGone = isGone;
        this.atNs = nanoClock.getAsLong() + patienceNs;
    }

    boolean isOver() {
        return nanoClock.getAsLong() - atNs >= 0 || isGone.getAsBoolean();
    }

    /** @throws PictureRefusal if it is over */
    void check() throws PictureRefusal {
        if (isOver()) {
            throw new PictureRefusal(new PictureResult.Overloaded());
        }
    }
}
