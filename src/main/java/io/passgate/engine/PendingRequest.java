package io.passgate.engine;

import io.passgate.model.Slice;
import io.passgate.model.VerificationResult;
import io.passgate.policy.Policy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One queued request. Workers take stretches of it under the queue's lock, and the worker that writes the last result
 * ends it.
 */
final class PendingRequest {
    private final List<Slice> payloads;
    private final Instant at;
    private final Optional<Policy> policy;
    private final Optional<Policy> shownBy;
    private final long queuedNs;
    private final Consumer<Outcome> whenDone;
    private final VerificationResult[] results;

    /** Payloads without a result in the lower half, what those with one took ({@link Cost}) in the upper. */
    private final AtomicLong openAndCost;

    private final Object asker;

    /** Payloads that workers have taken; guarded by the queue's lock. */
    private int taken;

    /** @param asker whose line it waits in */
    PendingRequest(
            Object asker,
            List<Slice> payloads,
            Instant at,
            Optional<Policy> policy,
            Optional<Policy> shownBy,
            long queuedNs,
            Consumer<Outcome> whenDone) {
        if (payloads.isEmpty()) {
            throw new IllegalArgumentException("a request has at least one payload");
        }
        this.asker = asker;
        this.payloads = payloads;
        this.at = at;
        this.policy = policy;
        this.shownBy = shownBy;
        this.queuedNs = queuedNs;
        this.whenDone = whenDone;
        this.results = new VerificationResult[payloads.size()];
        this.openAndCost = new AtomicLong(payloads.size());
    }

    Object asker() {
        return asker;
    }

    int size() {
        return payloads.size();
    }

    int taken() {
        return taken;
    }

    long queuedNs() {
        return queuedNs;
    }

    /** Adds the next payload that no worker has taken; returns its index. */
    int takeInto(Batch batch) {
        putInto(batch, taken);
        return taken++;
    }

    /** Adds a payload that has been taken before. */
    void putInto(Batch batch, int index) {
        batch.add(payloads.get(index), at, policy, shownBy);
    }

    /** Writes one result, and ends the request when it was the last. */
    void finish(int index, VerificationResult result, int cost) {
        results[index] = result;
        long left = openAndCost.addAndGet(((long) cost << Integer.SIZE) - 1);
        if ((int) left == 0) {
            whenDone.accept(new Outcome.Judged(Arrays.asList(results), (int) (left >>> Integer.SIZE)));
        }
    }

    void expire() {
        whenDone.accept(new Outcome.Expired());
    }
}
