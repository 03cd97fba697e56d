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

    /**
     * Creates one that has made no call, and so is not up.
     *
     * @param store that is called
     * @param timeout of one call, in whole milliseconds
     * @param observer told how long each call took, or that it failed, and by which SQLSTATE
     */
    public BlockingCalls(StoreObserver.Store store, Duration timeout, StoreObserver observer) {
        this.store = store;
        this.timeout = timeout;
        this.observer = observer;
    }

    /** {@return whether the last call was answered; false before the first} */
    public boolean isUp() {
        return up;
    }

    /**
     * Makes one call and waits for its answer.
     *
     * @param <T> the answer, which may be null
     * @param operation its name in metrics and messages; see {@link StoreObserver#took}
     * @param call starts the call, on this thread
     * @return the answer
     * @throws StoreException if it fails or takes longer than the timeout, or this thread is interrupted
     */
    public <T extends @Nullable Object> T await(String operation, Supplier<Future<T>> call) {
        return await(operation, Duration.ZERO, call);
    }

    /**
     * As {@link #await(String, Supplier)}, for a call that may itself wait.
     *
     * @param <T> the answer, which may be null
     * @param operation its name in metrics and messages; see {@link StoreObserver#took}
     * @param more what it may take beyond the timeout
     * @param call starts the call, on this thread
     * @return the answer
     * @throws StoreException if it fails or takes longer than both together, or this thread is interrupted
     */
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
