package io.passgate.p256;

/**
 * Verifies many P-256 signatures over SHA-256 digests at once (SEC 1 version 2 section 4.1.4). Each is decided by
 * itself, and no input changes a neighbour's decision. Belongs to one thread: clear, add, verify, ask, and again.
 * Variable time.
 */
public abstract class EcdsaBatch {
    /** Creates an empty batch. */
    protected EcdsaBatch() {}
    /** Forgets all that was added. */
    public abstract void clear();

    /** {@return how many were added since {@link #clear()}} */
    public abstract int size();

    /**
     * Adds a signature; what it needs of the arrays is read at once.
     *
     * @param table the table of the signer's key, of the same {@link Kernel} as this batch
     * @param digest the SHA-256 of the message, 32 bytes
     * @param digestOffset where it begins
     * @param signature r then s, 32 bytes each, big-endian, of any value
     * @param signatureOffset where it begins
     * @return its index, counting up from 0 since the last {@link #clear()}
     * @throws IllegalStateException if the batch is full
     * @throws IndexOutOfBoundsException if a range is not inside its array
     * @throws IllegalArgumentException if the table is another kernel's
     */
    public abstract int add(KeyTable table, byte[] digest, int digestOffset, byte[] signature, int signatureOffset);

    /** Decides all that were added. */
    public abstract void verify();

    /**
     * {@return whether a signature holds, after {@link #verify()}}
     *
     * @param index what {@link #add} gave
     */
    public abstract boolean isValid(int index);

    /**
     * {@return how many additions so far were of equal or opposite points, or of the point at infinity} The slope's
     * formula cannot do them, and the tree had to settle them. Lanes that repeat a signature count it again.
     */
    public abstract long exceptionalAdditions();
}
