package io.passgate.logging;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Logs what ends a thread in one line, without its message: the JVM would print that, and it may quote a request. */
public final class UncaughtFaults implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = System.getLogger(UncaughtFaults.class.getName());

    /** Creates one, which has no state. */
    public UncaughtFaults() {}

    @Override
    public void uncaughtException(Thread thread, Throwable fault) {
        LOG.log(Level.ERROR, "the thread {0} ended: {1}", thread.getName(), RedactedStackTrace.of(fault));
    }
}
