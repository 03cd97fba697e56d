package io.passgate.logging;

import java.io.IOException;
import java.util.logging.Filter;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * The JDK's log manager without what its shutdown hook does: that one takes the handlers away while the gateway's own
 * hook still finishes requests, and what is said then would be lost. Every logger, ours or a library's, gets a filter
 * that takes out what may quote a request, whatever handlers are configured. {@code bin/passgate} names it to the JVM.
 */
public final class LastingLogManager extends LogManager {
    private static final Filter QUOTELESS = new RedactingFilter();

    private volatile boolean configured;

    /** Creates the one that the JVM names by {@code java.util.logging.manager}. */
    public LastingLogManager() {}

    @Override
    public void readConfiguration() throws IOException {
        super.readConfiguration();
        configured = true;
    }

    @Override
    public boolean addLogger(Logger logger) {
        logger.setFilter(QUOTELESS);
        return super.addLogger(logger);
    }

    @Override
    public void reset() {
        if (!configured) {
            super.reset();
        }
    }
}
