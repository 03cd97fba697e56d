package io.passgate.logging;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fault as it may stand in a log: its class, a database's SQLSTATE, and where it happened; never its message, which
 * may quote a payload.
 */
public final class RedactedStackTrace {
    private static final int FRAMES = 6;

    private RedactedStackTrace() {}

    /**
     * {@return the fault and its causes, innermost last, in one line}
     *
     * @param fault null where a failure came without one
     */
    @SuppressWarnings("ReferenceEquality")
    public static String of(@Nullable Throwable fault) {
        if (fault == null) {
            return "no exception";
        }
        String frames = Arrays.stream(fault.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        Throwable cause = fault.getCause();
        String because = cause == null || cause == fault ? "" : "; because of " + of(cause);
        return fault.getClass().getName() + SqlState.suffix(fault) + " at " + frames + because;
    }
}
