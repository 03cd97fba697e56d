package io.passgate.testing;

import io.passgate.crypto.SignatureBatch;
import io.passgate.crypto.VerificationKey;
import io.passgate.model.Slice;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A gate before signatures are decided: workers stop at it until a test lets them through, one batch at a time. */
public final class Gate {
    private static final int EVERYONE = 1_000_000;
    private static final int PATIENCE_SECONDS = 20;

    private final Semaphore passes = new Semaphore(0);
    private final Semaphore arrivals = new Semaphore(0);

    /** The batch, with this gate before its decisions. */
    public SignatureBatch guard(SignatureBatch inner) {
        return new Guarded(inner);
    }

    /** Waits until one more batch stands at the gate. */
    public void awaitArrival() {
        try {
            if (!arrivals.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("no batch came to the gate");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** How many batches stand at the gate now. */
    public int standing() {
        return passes.getQueueLength();
    }

    /** Lets one batch pass. */
    public void letOne() {
        passes.release();
    }

    /** Lets every batch pass from now on. */
    public void open() {
        passes.release(EVERYONE);
    }

    private final class Guarded implements SignatureBatch {
        private final SignatureBatch inner;

        private Guarded(SignatureBatch inner) {
            this.inner = inner;
        }

        @Override
        public boolean hasKeyTable(VerificationKey key) {
            return inner.hasKeyTable(key);
        }

        @Override
        public void clear() {
            inner.clear();
        }

        @Override
        public int add(VerificationKey key, Slice message, Slice signature) {
            return inner.add(key, message, signature);
        }

        @Override
        public void verify() {
            arrivals.release();
            passes.acquireUninterruptibly();
            inner.verify();
        }

        @Override
        public Decision decision(int index) {
            return inner.decision(index);
        }
    }
}
