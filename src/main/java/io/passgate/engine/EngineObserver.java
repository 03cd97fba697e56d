package io.passgate.engine;

import io.passgate.model.VerificationResult;

/** Hears what the engine does, for metrics. Called on the engine's threads; must not block or throw. */
public interface EngineObserver {

    /** The stages whose time is told, once a batch. */
    enum Stage {
        DECODE,
        SIGNATURE,
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

    void stageTook(Stage stage, long ns);

    /** A worker has taken a batch whose oldest request had waited {@code longestWaitNs}. */
    void batchStarted(int items, long longestWaitNs);

    /** A payload has the verdict that it is answered with, be it a fault of ours. */
    void judged(VerificationResult verificationResult);

    /** A request was dropped unbegun because its deadline had passed. */
    void requestExpired();

    /** A batch, or telling its result, ended in a fault of ours. */
    void failed(Throwable fault);
}
