package io.passgate.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The scheduling priority of threads whose work can wait. Java's own priorities mean nothing on Linux, unless for all
 * threads of a process at once and with more rights than a gateway has.
 */
final class Niceness {
    private static final Logger LOG = System.getLogger(Niceness.class.getName());

    /** A tenth of the weight of a thread of the usual niceness 0: it runs where nobody else wants to. */
    private static final int BACKGROUND = 10;

    private static final int PRIO_PROCESS = 0;
    private static final int CALLER = 0;

    private Niceness() {}

    /** The work, on a thread that has been lowered. */
    static Runnable lowered(Runnable work) {
        return () -> {
            lower();
            work.run();
        };
    }

    /** Lowers the calling thread, as setpriority(2) does on Linux; elsewhere it would be the whole process. */
    static void lower() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return;
        }
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle setPriority = linker.downcallHandle(
                    linker.defaultLookup().find("setpriority").orElseThrow(),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            int failed = (int) setPriority.invokeExact(PRIO_PROCESS, CALLER, BACKGROUND);
            if (failed != 0) {
                LOG.log(Level.WARNING, "the issuing threads keep the usual priority");
            }
        } catch (Throwable unavailable) {
            LOG.log(Level.WARNING, "the issuing threads keep the usual priority: {0}", unavailable.toString());
        }
    }
}
