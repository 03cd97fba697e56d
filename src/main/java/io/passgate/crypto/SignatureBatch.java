package io.passgate.crypto;

import io.passgate.model.Slice;

/**
 * Verifies many signatures at once; each is decided by itself, and no input changes a neighbour's decision. Belongs to
 * one thread: clear, add, verify, ask, and again.
 */
public interface SignatureBatch {

    /** The decision on one signature. */
    enum Decision {
        /** The signature is one of the message by the key. */
        VALID,
        /** It is not. */
        INVALID,
        /** The verifier failed; nothing is known of the signature. */
        FAILED
    }

    /**
     * {@return whether signatures by this key are decided at the pace of the batch} Those that are not may be better
     * kept out of it, for the sake of the others. An implementation that knows one pace only says yes.
     *
     * @param key that the signatures are by
     */
    default boolean hasKeyTable(VerificationKey key) {
        return true;
    }

    /** Forgets all that was added and lets go of it. */
    void clear();

    /**
     * Adds a signature by {@code key}, with that key's algorithm.
     *
     * @param key whose algorithm the signature is of
     * @param message what was signed, read in place until {@link #clear()}
     * @param signature of any length, read in place until {@link #clear()}
     * @return its index, counting up from 0 since the last {@link #clear()}
     * @throws IllegalStateException if the batch is full
     */
    int add(VerificationKey key, Slice message, Slice signature);

    /** Decides all that were added. */
    void verify();

    /**
     * {@return the decision on a signature, after {@link #verify()}}
     *
     * @param index what {@link #add} gave
     */
    Decision decision(int index);
}
