package io.passgate.engine;

import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.VerificationResult;
import io.passgate.policy.Policy;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Payloads that are judged together, each at its own instant and by its own policy, and what became of them. One
 * thread, reused: {@link #clear}, {@link #add}, {@link VerificationPipeline#judge}, {@link #checked}.
 */
public final class Batch {
    private static final VerificationResult NOT_JUDGED = Rejections.because(Reason.GATEWAY_FAULT);

    private final Slice[] payloads;
    private final Instant[] instants;
    private final Optional<Policy>[] policies;
    private final Optional<Policy>[] shownBy;
    private final VerificationResult[] checked;
    private final boolean[] deferred;
    private final int[] costs;
    private int size;

    /**
     * Creates an empty batch.
     *
     * @param capacity payloads that it holds at most
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Batch(int capacity) {
        payloads = new Slice[capacity];
        instants = new Instant[capacity];
        policies = new Optional[capacity];
        shownBy = new Optional[capacity];
        checked = new VerificationResult[capacity];
        deferred = new boolean[capacity];
        costs = new int[capacity];
        size = capacity;
        clear();
    }

    /** Lets go of all payloads and results. */
    public void clear() {
        Arrays.fill(payloads, 0, size, Slice.empty());
        Arrays.fill(instants, 0, size, Instant.EPOCH);
        Arrays.fill(policies, 0, size, Optional.empty());
        Arrays.fill(shownBy, 0, size, Optional.empty());
        forgetResults();
        size = 0;
    }

    /**
     * Adds a payload.
     *
     * @param payload the text of a QR code, read in place until {@link #clear}
     * @param at the instant it is judged at
     * @param policy whose rules its claims have to meet, if any
     * @throws IndexOutOfBoundsException if the batch is full
     */
    public void add(Slice payload, Instant at, Optional<Policy> policy) {
        add(payload, at, policy, Optional.empty());
    }

    /**
     * Adds a payload of a door's request.
     *
     * @param shownByPolicy that says how far the doses shown bring their holder, if that is asked
     */
    void add(Slice payload, Instant at, Optional<Policy> policy, Optional<Policy> shownByPolicy) {
        payloads[size] = payload;
        instants[size] = at;
        policies[size] = policy;
        shownBy[size] = shownByPolicy;
        costs[size] = Cost.LEAST;
        size++;
    }

    /** {@return how many payloads were added} */
    public int size() {
        return size;
    }

    /** {@return whether there is no room for another payload} */
    public boolean isFull() {
        return size == payloads.length;
    }

    /** {@return how many payloads it holds at most} */
    public int capacity() {
        return payloads.length;
    }

    /**
     * {@return what became of a payload; before judging, and after a fault, indeterminate}
     *
     * @param index its number, from 0 in the order of adding
     */
    public VerificationResult checked(int index) {
        return checked[index];
    }

    /** What judging the payload took ({@link Cost}). */
    int cost(int index) {
        return costs[index];
    }

    void cost(int index, int units) {
        costs[index] = units;
    }

    Slice payload(int index) {
        return payloads[index];
    }

    Instant at(int index) {
        return instants[index];
    }

    Optional<Policy> policy(int index) {
        return policies[index];
    }

    Optional<Policy> shownBy(int index) {
        return shownBy[index];
    }

    void decide(int index, VerificationResult result) {
        checked[index] = result;
        deferred[index] = false;
    }

    /** Leaves an item to the slow path: no result is told of it here. */
    void defer(int index) {
        deferred[index] = true;
    }

    boolean isDeferred(int index) {
        return deferred[index];
    }

    /** Takes back every result: after a fault in the middle nothing is told of any. */
    void forgetResults() {
        Arrays.fill(checked, 0, size, NOT_JUDGED);
        Arrays.fill(deferred, 0, size, false);
    }
}
