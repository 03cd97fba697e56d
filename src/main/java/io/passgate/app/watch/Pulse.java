package io.passgate.app.watch;

import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How one event loop is: whether it has done what it was last asked to, and whether it got memory for it. */
final class Pulse {
    private static final int FRAMES = 8;

    /** One that gets no memory waits half a second each time, and is asked every two seconds only. */
    private static final int ROUNDS_WITHOUT_MEMORY = 8;

    private final EventLoop loop;
    private final BooleanSupplier isThereMemory;
    private volatile boolean hasTurned = true;
    private volatile boolean isStarved;
    private volatile @Nullable Thread thread;

    /** Only the watchdog writes them. */
    private volatile long stuckNs;

    private volatile long starvedNs;

    private int roundsToGo;

    Pulse(EventLoop loop, BooleanSupplier isThereMemory) {
        this.loop = loop;
        this.isThereMemory = isThereMemory;
    }

    /** Looks whether the loop has turned since it was last asked to, and asks it again if so. */
    void round(long stepNs) {
        starvedNs = isStarved ? starvedNs + stepNs : 0;
        stuckNs = hasTurned ? 0 : stuckNs + stepNs;
        if (!hasTurned) {
            return;
        }
        hasTurned = false;
        roundsToGo = isStarved ? roundsToGo - 1 : 0;
        Runnable asked = roundsToGo > 0 ? this::turn : this::turnWithMemory;
        if (roundsToGo <= 0) {
            roundsToGo = ROUNDS_WITHOUT_MEMORY;
        }
        try {
            loop.executor().execute(asked);
        } catch (RejectedExecutionException stopped) {
            hasTurned = true;
        }
    }

    /** On the event loop. */
    private void turn() {
        thread = Thread.currentThread();
        hasTurned = true;
    }

    private void turnWithMemory() {
        thread = Thread.currentThread();
        try {
            isStarved = !isThereMemory.getAsBoolean();
        } finally {
            hasTurned = true;
        }
    }

    String name() {
        return loop.name();
    }

    /** How long it has not turned. */
    long stuckNs() {
        return stuckNs;
    }

    /** How long it has got no direct memory. */
    long starvedNs() {
        return starvedNs;
    }

    /** Where its thread is. */
    String place() {
        Thread last = thread;
        return last == null
                ? "an unknown place"
                : Arrays.stream(last.getStackTrace())
                        .limit(FRAMES)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < "));
    }
}
