package io.passgate.p256;

/** Adds up each signature's points. Belongs to one thread. */
interface PointSums {

    /**
     * Writes the x-coordinate of each signature's sum, four words a signature; all ones, which no coordinate is, for
     * the point at infinity.
     *
     * @param summands one signature to {@link Summands#capacity} of that this was made for
     */
    void sum(Summands summands, long[] x);

    /** As {@link EcdsaBatch#exceptionalAdditions()}. */
    long exceptionalAdditions();
}
