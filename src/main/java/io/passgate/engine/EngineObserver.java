package io.passgate.engine;

import io.passgate.model.VerificationResult;

/** Hears what the engine does, for metrics. Called on the engine's threads; must not block or throw. */
public interface EngineObserver {

    /** The stages whose time is told, once a batch. */
    enum Stage {
        /** From the text of the payloads to credentials. */
        DECODE,
        /** The look at the signers and the signatures. */
        SIGNATURE,
        /** The signers' rules, revocations and policies. */
        POLICY,
        /** All of them, for a few payloads of the slow path. */
        SLOW_PATH
    }

    /** An observer that wants to know nothing. */
    EngineObserver NONE = new EngineObserver() {
        @Override
        public void stageTook(Stage stage, long ns) {}

        @Override
        public void batchStarted(int items, long longestWaitNs) {}

        @Override
        public void judged(VerificationResult verificationResult) {}

        @Override
        public void requestExpired() {}

        @Override
        public void failed(Throwable fault) {}
    };

    /**
     * A stage of a batch has ended.
     *
     * @param stage which
     * @param ns how long it took
     */
    void stageTook(Stage stage, long ns);

    /**
     * A worker has taken a batch.
     *
     * @param items payloads in it
     * @param longestWaitNs how long its oldest request had waited
     */
    void batchStarted(int items, long longestWaitNs);

    /**
     * A payload has the verdict that it is answered with, be it a fault of ours.
     *
     * @param verificationResult what the answer is made of
     */
    void judged(VerificationResult verificationResult);

    /** A request was dropped unbegun because its deadline had passed. */
    void requestExpired();

    /**
     * A batch, or telling its result, ended in a fault of ours.
     *
     * @param fault a bug, or memory that ran out
     */
    void failed(Throwable fault);
}
