package io.passgate.issuance;

/** Hears what the issuance queue does, for metrics. Called on its threads; must not block or throw. */
public interface IssuingObserver {

    /** The parts of the work whose time is told, once a batch. */
    enum Stage {
        EXAMINE,
        USE_PROOFS,
        SIGN
    }

    /** An observer that wants to know nothing. */
    IssuingObserver NONE = new IssuingObserver() {
        @Override
        public void stageTook(Stage stage, long ns) {}

        @Override
        public void decided(IssuanceRequest<?> issuanceRequest, IssuanceResult<?> issuanceResult) {}

        @Override
        public void failed(Throwable fault) {}
    };

    void stageTook(Stage stage, long ns);

    void decided(IssuanceRequest<?> issuanceRequest, IssuanceResult<?> issuanceResult);

    /** A batch, or telling its decisions, ended in a fault of ours. */
    void failed(Throwable fault);
}
