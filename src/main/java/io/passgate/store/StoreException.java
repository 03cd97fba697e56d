package io.passgate.store;

import java.io.Serial;

/** A dependency is lost, or what it holds cannot be used. The message quotes nothing of what was stored or asked. */
public final class StoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Creates one that has no cause of its own.
     *
     * @param message what is lost or unusable, for people
     */
    public StoreException(String message) {
        super(message);
    }

    /**
     * Creates one with its cause.
     *
     * @param message what is lost or unusable, for people
     * @param cause what was thrown by the client of the store, or by what reads its data
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
