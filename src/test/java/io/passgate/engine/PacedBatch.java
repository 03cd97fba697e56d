package io.passgate.engine;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.crypto.SignatureBatch;
import io.passgate.crypto.VerificationKey;
import io.passgate.model.Slice;
import io.passgate.testing.Gate;

/** The provider's batch, with one key that is not quick; quick batches stop at one gate, the others at another. */
final class PacedBatch implements SignatureBatch {
    private final SignatureBatch inner;
    private final SignatureBatch quick;
    private final SignatureBatch slow;
    private final VerificationKey slowKey;
    private boolean isSlow;

    PacedBatch(int capacity, VerificationKey slowKey, Gate quickGate, Gate slowGate) {
        this.inner = new JcaSignatureBatch(CryptoProviders.preferred(), capacity);
        this.quick = quickGate.guard(inner);
        this.slow = slowGate.guard(inner);
        this.slowKey = slowKey;
    }

    @Override
    public boolean hasKeyTable(VerificationKey key) {
        return !key.equals(slowKey);
    }

    @Override
    public void clear() {
        inner.clear();
        isSlow = false;
    }

    @Override
    public int add(VerificationKey key, Slice message, Slice signature) {
        isSlow |= key.equals(slowKey);
        return inner.add(key, message, signature);
    }

    @Override
    public void verify() {
        if (isSlow) {
            slow.verify();
        } else {
            quick.verify();
        }
    }

    @Override
    public Decision decision(int index) {
        return inner.decision(index);
    }
}
