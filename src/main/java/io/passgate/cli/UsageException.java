package io.passgate.cli;

import java.io.Serial;

/** What was asked cannot be done as it was said: a wrong option, configuration or file. */
public final class UsageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
