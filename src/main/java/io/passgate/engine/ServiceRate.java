package io.passgate.engine;

/** How fast the workers have been with their last batches, together. Not thread-safe. */
final class ServiceRate {
    /** What counts of the batches before: the last sixteen or so make the rate. */
    private static final double KEPT = 15 / 16d;

    private final int workers;
    private double payloads;
    private double ns;

    ServiceRate(int workers) {
        this.workers = workers;
    }

    /** A worker was done with so many payloads after so long. */
    void worked(int count, long tookNs) {
        payloads = KEPT * payloads + count;
        ns = KEPT * ns + tookNs;
    }

    /** Payloads that all workers are done with in so long a time; more than any number while nothing is known. */
    double within(long forNs) {
        return ns == 0 ? Double.MAX_VALUE : workers * payloads / ns * forNs;
    }
}
