package io.passgate.p256;

import java.util.Arrays;

/**
 * The multipliers u1 = e / s and u2 = r / s mod n of many signatures, with one inversion for all (Montgomery's trick).
 * Only signatures with r and s in [1, n) are taken, so that no product is zero. Belongs to one thread.
 */
final class Scalars {
    private static final int L = Limbs52.COUNT;

    private final long[] e;
    private final long[] r;
    private final long[] s;
    private final long[] prefix;
    private final long[] u1;
    private final long[] u2;
    private final long[] words = new long[UInt256.COUNT];
    private final long[] inverse = new long[L];
    private final long[] product = new long[L];
    private final long[] multiplied = new long[L];
    private final Inverse inversion = new Inverse(Curve.N);

    Scalars(int capacity) {
        this.e = new long[capacity * L];
        this.r = new long[capacity * L];
        this.s = new long[capacity * L];
        this.prefix = new long[capacity * L];
        this.u1 = new long[capacity * UInt256.COUNT];
        this.u2 = new long[capacity * UInt256.COUNT];
    }

    /**
     * Sets the digest and the signature at {@code index}.
     *
     * @return whether r and s are in [1, n); otherwise the index is free still
     */
    boolean set(int index, byte[] digest, int digestOffset, byte[] signature, int signatureOffset) {
        UInt256.read(digest, digestOffset, words, 0);
        Limbs52.fromWords(e, index * L, words, 0);
        return setInRange(r, index, signature, signatureOffset)
                && setInRange(s, index, signature, signatureOffset + UInt256.COUNT * Long.BYTES);
    }

    private boolean setInRange(long[] limbs, int index, byte[] bytes, int offset) {
        UInt256.read(bytes, offset, words, 0);
        Limbs52.fromWords(limbs, index * L, words, 0);
        return !UInt256.areZero(words, 0) && UInt256.areLess(words, 0, Order.N, 0);
    }

    /**
     * Computes the multipliers of the first {@code count}, at least one. The prefixes lose a factor R with each
     * product, and their inverses gain it; what is left in the end is 1 / s times the R that the last product takes
     * off.
     */
    void compute(int count) {
        Limbs52.copy(prefix, 0, s, 0);
        for (int i = 1; i < count; i++) {
            Order.mul(prefix, i * L, prefix, (i - 1) * L, s, i * L);
        }
        Limbs52.toCanonicalWords(words, 0, prefix, (count - 1) * L, Order.N);
        inversion.invert(words, 0);
        Limbs52.fromWords(inverse, 0, words, 0);
        Order.mul(inverse, 0, inverse, 0, Order.R_SQUARED, 0);
        for (int i = count - 1; i >= 0; i--) {
            if (i > 0) {
                Order.mul(product, 0, inverse, 0, prefix, (i - 1) * L);
                Order.mul(inverse, 0, inverse, 0, s, i * L);
            } else {
                Limbs52.copy(product, 0, inverse, 0);
            }
            multiply(u1, i, e);
            multiply(u2, i, r);
        }
    }

    private void multiply(long[] result, int index, long[] factor) {
        Order.mul(multiplied, 0, factor, index * L, product, 0);
        Limbs52.toCanonicalWords(result, index * UInt256.COUNT, multiplied, 0, Order.N);
    }

    /** Forgets the first {@code count} signatures. */
    void wipe(int count) {
        Arrays.fill(e, 0, count * L, 0);
        Arrays.fill(r, 0, count * L, 0);
        Arrays.fill(s, 0, count * L, 0);
        Arrays.fill(u1, 0, count * UInt256.COUNT, 0);
        Arrays.fill(u2, 0, count * UInt256.COUNT, 0);
    }

    /** Four words a signature, each number in [0, n). */
    long[] u1() {
        return u1;
    }

    /** Four words a signature, each number in [1, n). */
    long[] u2() {
        return u2;
    }
}
