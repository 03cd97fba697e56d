package io.passgate.issuance;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request, what it came to, and who waits for that. Belongs to the thread that took it from the queue.
 *
 * @param <R> what it comes to where nothing stands against it
 */
final class QueuedRequest<R> {
    private final IssuanceRequest<R> request;
    private final long sinceNs;
    private final Consumer<? super IssuanceResult<R>> whenDecided;
    private @Nullable IssuanceResult<R> result;

    /** @param sinceNs when it was queued, as {@link System#nanoTime} */
    QueuedRequest(IssuanceRequest<R> request, long sinceNs, Consumer<? super IssuanceResult<R>> whenDecided) {
        this.request = request;
        this.sinceNs = sinceNs;
        this.whenDecided = whenDecided;
    }

    IssuanceRequest<R> request() {
        return request;
    }

    long sinceNs() {
        return sinceNs;
    }

    /** Settles it, in favour or not; nobody is told yet. */
    void settle(IssuanceResult<R> settled) {
        result = settled;
    }

    /** Has what is asked for made. */
    void settleBy(RequestKind.Maker maker) {
        settle(request.kind().by(maker));
    }

    /** Nothing can be issued now; the text is for people. */
    void settleAsImpossible(String why) {
        settle(new IssuanceResult.Impossible<>(why));
    }

    void settleAsDenied(IssuanceResult.Denial why) {
        settle(new IssuanceResult.Denied<>(why));
    }

    void settleAsTooLate() {
        settle(new IssuanceResult.TooLate<>());
    }

    /** @throws IllegalStateException if it is not settled */
    IssuanceResult<R> result() {
        if (result == null) {
            throw new IllegalStateException("a request that was never settled");
        }
        return result;
    }

    /** Tells the observer first, and then who waits. */
    void tell(IssuingObserver observer) {
        observer.decided(request, result());
        whenDecided.accept(result());
    }
}
