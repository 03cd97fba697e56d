package io.passgate.issuance;

/** Hears what the desk does, for metrics. Called on its threads; must not block or throw. */
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
        public void decided(Application application, Decision decision) {}

        @Override
        public void failed(Throwable fault) {}
    };

    void stageTook(Stage stage, long ns);

    void decided(Application application, Decision decision);

    /** A batch, or telling its decisions, ended in a fault of ours. */
    void failed(Throwable fault);
}
