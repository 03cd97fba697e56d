package io.passgate.issuance;

/** What a thread of the {@link Desk} does once a batch is decided. */
public interface Pace {
    /** Returns when the thread may take the next batch. */
    void rest() throws InterruptedException;
}
