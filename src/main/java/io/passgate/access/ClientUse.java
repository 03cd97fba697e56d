package io.passgate.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.util.concurrent.atomic.AtomicLong;

/** What one client takes of what all share, whichever of its tokens it comes with. Thread-safe. */
public final class ClientUse {
    private final Bucket requests;
    private final AtomicLong bodyBytes = new AtomicLong();

    ClientUse(Bucket requests) {
        this.requests = requests;
    }

    /** Takes one request; returns 0, or, where the client may not ask now, the nanoseconds until it may. */
    public long takeRequest() {
        ConsumptionProbe probe = requests.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
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
