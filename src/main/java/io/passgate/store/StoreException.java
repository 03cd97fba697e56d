package io.passgate.store;

import java.io.Serial;

/** A dependency is lost, or what it holds cannot be used. The message quotes nothing of what was stored or asked. */
public final class StoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
