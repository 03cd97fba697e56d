package io.passgate.app.os;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.BitSet;
import java.util.PrimitiveIterator;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How Linux shares the cores among the threads of a gateway; elsewhere nothing is done. Java's own priorities mean
 * nothing there, unless for all threads of a process at once and with more rights than a gateway has.
 */
public final class Scheduling {
    private static final Logger LOG = System.getLogger(Scheduling.class.getName());

    /** The niceness of {@link #background}: 36 parts of the weight where the usual niceness 0 has 1,024. */
    public static final int BACKGROUND = 15;

    /**
     * Below the usual one, 0.7 to 2.8 ms by the number of cores. At a fifth of it a full gateway switches threads too
     * often.
     */
    static final Duration SHORT_SLICE = Duration.ofNanos(500_000);

    private static final boolean ON_LINUX = System.getProperty("os.name", "").equals("Linux");

    private Scheduling() {}

    /**
     * For threads whose work can wait: they get a thirtieth of the usual weight.
     *
     * @return what such a thread runs first
     */
    public static Runnable background() {
        Runnable lower =
                once("background threads keep the priority of the process", () -> LinuxThread.setNiceness(BACKGROUND));
        Runnable usualSlice = once("background threads have the slices of who started them", LinuxThread::resetSlice);
        return () -> {
            lower.run();
            usualSlice.run();
        };
    }

    /**
     * For threads that others wait for: their slices are short, which lets them in before the slice of another is over,
     * and takes nothing from their share (Linux 6.12, EEVDF).
     *
     * @return what such a thread runs first
     */
    public static Runnable prompt() {
        return once("the system does not let threads have short slices", () -> LinuxThread.setSlice(SHORT_SLICE));
    }

    /**
     * The same for a crew of threads, which share their work. If they are as many as the cores, each keeps to a core of
     * its own: Linux would have several wait for one core for milliseconds while another is busy with what can wait.
     *
     * @param threads how many run it
     * @return what such a thread runs first, each of them once
     */
    public static Runnable prompt(int threads) {
        Runnable inTime = prompt();
        BitSet all = new BitSet();
        once("the cores of verifying threads cannot be told", () -> all.or(LinuxThread.cores()))
                .run();
        if (all.cardinality() != threads) {
            return inTime;
        }
        PrimitiveIterator.OfInt free = all.stream().iterator();
        Runnable keepToOne = once("verifying threads run on all cores", () -> LinuxThread.setCores(next(free)));
        return () -> {
            inTime.run();
            keepToOne.run();
        };
    }

    private static BitSet next(PrimitiveIterator.OfInt cores) {
        BitSet one = new BitSet();
        synchronized (cores) {
            one.set(cores.nextInt());
        }
        return one;
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
