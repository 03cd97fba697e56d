package io.passgate.app.config;

import java.io.Serial;

/** The configuration cannot be used; the message names the file and the key. */
public final class InvalidConfig extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Says what is wrong.
     *
     * @param message begins with the file or the key, and repeats no secret
     */
    public InvalidConfig(String message) {
        super(message);
    }
}
