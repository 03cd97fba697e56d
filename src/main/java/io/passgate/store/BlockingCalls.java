package io.passgate.store;

import io.passgate.logging.SqlState;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one store from a thread that may wait: each has a deadline, and is timed and counted. Never used on an event
 * loop.
 */
public final class BlockingCalls {
    private final StoreObserver.Store store;
    private final Duration timeout;
    private final StoreObserver observer;
    private volatile boolean up;

    public BlockingCalls(StoreObserver.Store store, Duration timeout, StoreObserver observer) {
        this.store = store;
        this.timeout = timeout;
        this.observer = observer;
    }

    /** Whether the last call was answered. */
    public boolean isUp() {
        return up;
    }

    /**
     * The answer of one call.
     *
     * @throws StoreException if it fails or takes longer than the timeout
     */
    public <T extends @Nullable Object> T await(String operation, Supplier<Future<T>> call) {
        return await(operation, Duration.ZERO, call);
    }

    /** As {@link #await(String, Supplier)}, for a call that may itself wait for so long. */
    public <T extends @Nullable Object> T await(String operation, Duration more, Supplier<Future<T>> call) {
        long startedNs = System.nanoTime();
        try {
            T answer = call.get()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.plus(more).toMillis(), TimeUnit.MILLISECONDS);
            up = true;
            observer.took(store, operation, System.nanoTime() - startedNs);
            return answer;
        } catch (ExecutionException failed) {
            throw lost(operation, failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            throw lost(operation, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreException(store + " " + operation + " was interrupted", interrupted);
        }
    }

    private StoreException lost(String operation, Throwable cause) {
        up = false;
        observer.failed(store);
        SqlState.of(cause).ifPresent(observer::refused);
        return new StoreException(store + " " + operation + " failed: " + SqlState.describe(cause), cause);
    }
}
