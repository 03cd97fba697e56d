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
     * Takes one request, unless the client has asked too often or owes for its payloads.
     *
     * @return 0, or the nanoseconds until the client may ask; then nothing was taken
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
     * Takes a unit for each payload.
     *
     * @param count how many payloads the request has
     * @return 0, or the nanoseconds until the client may have them judged; then nothing was taken
     */
    public long takePayloads(int count) {
        return payloads.take(count);
    }

    /**
     * Settles what payloads cost in the end.
     *
     * @param taken how many units were {@linkplain #takePayloads taken} for them
     * @param cost in units of a good payload; 0 if none was judged
     */
    public void settlePayloads(int taken, int cost) {
        payloads.settle((long) cost - taken);
    }

    /**
     * Adds to the memory that the client's bodies take.
     *
     * @param more in bytes; negative to give some back
     * @return what they take then, in bytes
     */
    public long addBodyBytes(long more) {
        return bodyBytes.addAndGet(more);
    }

    /** {@return the memory that the client's bodies take, in bytes} */
    public long bodyBytes() {
        return bodyBytes.get();
    }
}
