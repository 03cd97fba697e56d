package io.passgate.testing.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** How a side behaves that a request waits for. */
public enum Mood {
    ANSWERS,
    /** It throws before there is a future. */
    THROWS,
    FAILS,
    /** Its future is never completed. */
    SILENT;

    <T> Future<T> future(T answer) {
        return switch (this) {
            case ANSWERS -> Future.succeededFuture(answer);
            case THROWS -> throw new IllegalStateException("CANARY");
            case FAILS -> Future.failedFuture(new IllegalStateException("CANARY"));
            case SILENT -> Promise.<T>promise().future();
        };
    }
}
