package io.passgate.crypto;

import io.passgate.p256.EcdsaBatch;
import io.passgate.p256.KeyTable;

/** Finds a signature valid whose last byte is that of the digest; allocates nothing. */
final class FakeEcdsaBatch extends EcdsaBatch {
    private final boolean[] valid;
    private int size;
    private int verifications;

    FakeEcdsaBatch(int capacity) {
        valid = new boolean[capacity];
    }

    @Override
    public void clear() {
        size = 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int add(KeyTable table, byte[] digest, int digestOffset, byte[] signature, int signatureOffset) {
        valid[size] = digest[digestOffset + 31] == signature[signatureOffset + 63];
        return size++;
    }

    @Override
    public void verify() {
        verifications++;
    }

    @Override
    public boolean isValid(int index) {
        return valid[index];
    }

    @Override
    public long exceptionalAdditions() {
        return verifications;
    }
}
