package io.passgate.cli;

import java.io.IOException;
import java.util.logging.LogManager;

/**
 * The JDK's log manager without what its shutdown hook does: that one takes the handlers away while the gateway's own
 * hook still finishes requests, and what is said then would be lost. {@code bin/passgate} names it to the JVM.
 */
public final class LastingLogManager extends LogManager {
    private volatile boolean configured;

    @Override
    public void readConfiguration() throws IOException {
        super.readConfiguration();
        configured = true;
    }

    @Override
    public void reset() {
        if (!configured) {
            super.reset();
        }
    }
}
