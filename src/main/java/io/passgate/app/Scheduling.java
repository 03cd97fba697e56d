package io.passgate.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How Linux shares the cores among the threads of a gateway; elsewhere nothing is done. Java's own priorities mean nothing
 * there, unless for all threads of a process at once and with more rights than a gateway has.
 */
public final class Scheduling {
    /** Stands for half of the cores. */
    public static final int HALF = 0;

    /** Stands for all cores. */
    static final int ALL = Integer.MAX_VALUE;

    private static final Logger LOG = System.getLogger(Scheduling.class.getName());

    /** A tenth of the weight of a thread of the usual niceness 0. */
    private static final int BACKGROUND = 10;

    /** Below the usual one, 0.7 to 2.8 ms by the number of cores. At a fifth of it a full gateway switches threads too often. */
    static final Duration SHORT_SLICE = Duration.ofNanos(500_000);

    private static final boolean ON_LINUX = System.getProperty("os.name", "").equals("Linux");

    private Scheduling() {}

    /**
     * For threads whose work can wait: they get a tenth of the usual weight, and run on the last of the cores only.
     *
     * @param cores how many of the cores that the calling thread may use, or {@link #HALF}, or {@link #ALL}; one at least, all at
     *     most
     * @return what such a thread runs first
     */
    public static Runnable background(int cores) {
        BitSet some = backgroundCores(cores);
        Runnable lower =
                once("background threads keep the priority of the process", () -> LinuxThread.setNiceness(BACKGROUND));
        Runnable keepTo = once("background threads run on all cores", () -> LinuxThread.setCores(some));
        Runnable usualSlice = once("background threads have the slices of who started them", LinuxThread::resetSlice);
        return () -> {
            lower.run();
            keepTo.run();
            usualSlice.run();
        };
    }

    /** The numbers of the cores that {@link #background} means; empty where they cannot be told. */
    public static BitSet backgroundCores(int cores) {
        BitSet all = new BitSet();
        once("the cores of background threads cannot be told", () -> all.or(LinuxThread.cores()))
                .run();
        return last(all, cores);
    }

    /** The last so many of {@code all}. */
    static BitSet last(BitSet all, int count) {
        BitSet some = (BitSet) all.clone();
        int kept = Math.max(1, count == HALF ? all.cardinality() / 2 : count);
        while (some.cardinality() > kept) {
            some.clear(some.nextSetBit(0));
        }
        return some;
    }

    /**
     * For threads that others wait for: their slices are short, which lets them in before the slice of another is over, and
     * takes nothing from their share (Linux 6.12, EEVDF).
     *
     * @return what such a thread runs first
     */
    public static Runnable prompt() {
        return once("the system does not let threads have short slices", () -> LinuxThread.setSlice(SHORT_SLICE));
    }

    /** Does it on whatever thread runs it; that it cannot be done is told once. */
    private static Runnable once(String otherwise, Runnable change) {
        AtomicBoolean told = new AtomicBoolean();
        return () -> {
            if (!ON_LINUX) {
                return;
            }
            try {
                change.run();
            } catch (RuntimeException | LinkageError refused) {
                if (!told.getAndSet(true)) {
                    LOG.log(Level.WARNING, "{0}: {1}", otherwise, refused.toString());
                }
            }
        };
    }
}
