package io.passgate.logging;

import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Takes out of a log record what may quote a request. An exception becomes its class and its place, in one line. Of a
 * library's message only its logger is left, unless that logger never hears of a request: what a library says of bad
 * input holds it.
 */
final class RedactingFilter implements Filter {
    private static final String OURS = "io.passgate.";

    /** These say what the process does, and never what it was sent. */
    private static final Set<String> NEVER_QUOTING = Set.of("io.vertx.core.impl.BlockedThreadChecker");

    @Override
    public boolean isLoggable(LogRecord record) {
        String logger = String.valueOf(record.getLoggerName());
        boolean quotes = !logger.startsWith(OURS) && !NEVER_QUOTING.contains(logger);
        if (quotes) {
            record.setMessage(record.getThrown() == null ? "its message is not shown" : "failed");
            record.setParameters(null);
            record.setResourceBundle(null);
        }
        if (record.getThrown() != null) {
            record.setMessage(record.getMessage() + ": " + RedactedStackTrace.of(record.getThrown()));
            record.setThrown(null);
        }
        return true;
    }
}
