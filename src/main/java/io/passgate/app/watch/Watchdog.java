package io.passgate.app.watch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Asks every event loop four times a second to turn once and to take memory for a read. One that does not is told of,
 * and after a while the process is ended, to be started again: nothing in it would bring a stuck loop back. The
 * watchdog has a thread of its own, which waits for nobody.
 *
 * <p>Its time is that of its own rounds: while the whole process stands still, in a debugger or for lack of a core,
 * nobody is late.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Watchdog.class.getName());
    private static final long ROUND_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /** The most that one round counts for. */
    private static final long LONGEST_STEP_NS = 4 * ROUND_NS;

    private final Terms terms;
    private final Surroundings process;
    private final List<Pulse> pulses;
    private long lastRoundNs;
    private volatile boolean hasEnded;
    private volatile boolean isClosed;

    /**
     * How long what is borne.
     *
     * @param warnAfter a loop that has not turned for so long is told of
     * @param endAfter and for so long, ends the process
     * @param memoryEndAfter a loop that has got no direct memory for so long ends it too
     */
    public record Terms(Duration warnAfter, Duration endAfter, Duration memoryEndAfter) {}

    /**
     * What the watchdog takes from its process.
     *
     * @param isThereMemory asked on each event loop
     * @param nanoClock as {@link System#nanoTime}
     * @param end ends the process, for the reason given
     * @param observer told of each loop that is late, on the watchdog's thread
     */
    public record Surroundings(
            BooleanSupplier isThereMemory, LongSupplier nanoClock, Consumer<String> end, WatchObserver observer) {}

    /**
     * Watches nothing before it is started.
     *
     * @param terms how long what is borne
     * @param loops all that are watched
     * @param process what the watchdog takes from it
     */
    public Watchdog(Terms terms, List<EventLoop> loops, Surroundings process) {
        this.terms = terms;
        this.process = process;
        pulses = loops.stream()
                .map(loop -> new Pulse(loop, process.isThereMemory))
                .toList();
        lastRoundNs = process.nanoClock.getAsLong();
    }

    /** Watches from now on, on a thread of its own. */
    public void start() {
        var _ = Thread.ofPlatform().name("passgate-watchdog").daemon().start(this::watch);
    }

    private void watch() {
        while (!isClosed) {
            try {
                round();
            } catch (RuntimeException | Error fault) {
                LOG.log(
                        Level.ERROR,
                        "the watchdog had a fault: {0}",
                        fault.getClass().getName());
            }
            LockSupport.parkNanos(this, ROUND_NS);
        }
    }

    /** One look at every loop. */
    void round() {
        long nowNs = process.nanoClock.getAsLong();
        long stepNs = Math.min(nowNs - lastRoundNs, LONGEST_STEP_NS);
        lastRoundNs = nowNs;
        for (Pulse pulse : pulses) {
            boolean wasStuck = isStuck(pulse);
            boolean wasStarved = pulse.starvedNs() > 0;
            pulse.round(stepNs);
            if (isStuck(pulse) && !wasStuck) {
                process.observer.stalled(pulse.name());
                LOG.log(Level.WARNING, "{0}: {1}", stuck(pulse), pulse.place());
            }
            if (pulse.starvedNs() > 0 && !wasStarved) {
                process.observer.starved(pulse.name());
                LOG.log(Level.WARNING, "{0}", starved(pulse));
            }
        }
        List<String> because = notLiveBecause();
        if (!because.isEmpty() && !hasEnded) {
            hasEnded = true;
            process.end.accept(String.join("; ", because));
        }
    }

    private boolean isStuck(Pulse pulse) {
        return pulse.stuckNs() >= terms.warnAfter.toNanos();
    }

    private static String stuck(Pulse pulse) {
        return "event loop " + pulse.name() + " has not turned for " + seconds(pulse.stuckNs());
    }

    private static String starved(Pulse pulse) {
        return "event loop " + pulse.name() + " has got no direct memory for " + seconds(pulse.starvedNs());
    }

    private static String seconds(long ns) {
        return TimeUnit.NANOSECONDS.toSeconds(ns) + " s";
    }

    /** {@return why the process can do its work no more; empty while it can} */
    public List<String> notLiveBecause() {
        return because(terms.endAfter, terms.memoryEndAfter);
    }

    /** {@return why it should get no traffic now; empty while it may} */
    public List<String> notReadyBecause() {
        return because(terms.warnAfter, Duration.ofNanos(1));
    }

    private List<String> because(Duration stuckFor, Duration starvedFor) {
        List<String> because = new ArrayList<>();
        for (Pulse pulse : pulses) {
            if (pulse.stuckNs() >= stuckFor.toNanos()) {
                because.add(stuck(pulse));
            }
            if (pulse.starvedNs() >= starvedFor.toNanos()) {
                because.add(starved(pulse));
            }
        }
        return because;
    }

    /** {@return the longest time that a loop has not turned for now, in seconds} */
    public double longestStuckSeconds() {
        long longest = pulses.stream().mapToLong(Pulse::stuckNs).max().orElse(0);
        return (double) longest / TimeUnit.SECONDS.toNanos(1);
    }

    /** Looks no more. */
    @Override
    public void close() {
        isClosed = true;
    }
}
