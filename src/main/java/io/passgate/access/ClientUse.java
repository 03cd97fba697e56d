package io.passgate.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.util.concurrent.atomic.AtomicLong;

/** What one client takes of what all share, whichever of its tokens it comes with. Thread-safe. */
public final class ClientUse {
    private final Bucket requests;
    private final PayloadBudget payloads;
    private final AtomicLong bodyBytes = new AtomicLong();

    ClientUse(Bucket requests, PayloadBudget payloads) {
        this.requests = requests;
        this.payloads = payloads;
    }

    /**
     * Takes one request; returns 0, or, where the client may not ask now, as it asked too often or owes for its
     * payloads, the nanoseconds until it may.
     */
    public long takeRequest() {
        long owesNs = payloads.owesNs();
        if (owesNs > 0) {
            return owesNs;
        }
        ConsumptionProbe probe = requests.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
    }

    /**
     * Takes a unit for each payload; returns 0, or, where the client may not have them judged now, the nanoseconds
     * until then.
     */
    public long takePayloads(int count) {
        return payloads.take(count);
    }

    /**
     * What payloads that were {@linkplain #takePayloads taken} cost in the end, in units of a good one; 0 if none was
     * judged.
     */
    public void settlePayloads(int taken, int cost) {
        payloads.settle((long) cost - taken);
    }

    /** Adds to the memory that the client's bodies take; returns what they take then. */
    public long addBodyBytes(long more) {
        return bodyBytes.addAndGet(more);
    }

    /** The memory that the client's bodies take. */
    public long bodyBytes() {
        return bodyBytes.get();
    }
}
