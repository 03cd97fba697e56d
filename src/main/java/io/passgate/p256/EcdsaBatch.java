package io.passgate.p256;

/**
 * Verifies many P-256 signatures over SHA-256 digests at once (SEC 1 version 2 section 4.1.4). Each is decided by
 * itself, and no input changes a neighbour's decision. Belongs to one thread: clear, add, verify, ask, and again.
 * Variable time.
 */
public abstract class EcdsaBatch {

    /** Forgets all that was added. */
    public abstract void clear();

    /** How many were added since {@link #clear()}. */
    public abstract int size();

    /**
     * Adds a signature; what it needs of the arrays is read at once.
     *
     * @param table the table of the signer's key, of the same {@link Kernel} as this batch
     * @param digest 32 bytes from {@code digestOffset}: SHA-256 of the message
     * @param signature 64 bytes from {@code signatureOffset}: r then s, big-endian, of any value
     * @return its index, counting up from 0 since the last {@link #clear()}
     * @throws IllegalStateException if the batch is full
     * @throws IndexOutOfBoundsException if a range is not inside its array
     * @throws IllegalArgumentException if the table is another kernel's
     */
    public abstract int add(KeyTable table, byte[] digest, int digestOffset, byte[] signature, int signatureOffset);

    /** Decides all that were added. */
    public abstract void verify();

    /** Whether the signature at {@code index} holds, after {@link #verify()}. */
    public abstract boolean isValid(int index);

    /**
     * Additions so far of equal or opposite points, or of the point at infinity, that the tree had to settle: what the
     * slope's formula cannot do. Lanes that repeat a signature count it again.
     */
    public abstract long exceptionalAdditions();
}
