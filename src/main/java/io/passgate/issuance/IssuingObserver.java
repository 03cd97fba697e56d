package io.passgate.issuance;

/** Hears what the issuance queue does, for metrics. Called on its threads; must not block or throw. */
public interface IssuingObserver {

    /** The parts of the work whose time is told, once a batch. */
    enum Stage {
        /** Looking consents up and checking proofs. */
        EXAMINE,
        /** Using the ids of the proofs up. */
        USE_PROOFS,
        /** Making and signing what is issued. */
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

    /**
     * A part of the work on a batch is done.
     *
     * @param stage which part
     * @param ns what it took
     */
    void stageTook(Stage stage, long ns);

    /**
     * An application was decided; whoever waits for it is told next.
     *
     * @param issuanceRequest the application
     * @param issuanceResult what became of it
     */
    void decided(IssuanceRequest<?> issuanceRequest, IssuanceResult<?> issuanceResult);

    /**
     * A batch, or telling its decisions, ended in a fault of ours.
     *
     * @param fault whose message may have a person's data, and is not to be logged
     */
    void failed(Throwable fault);
}
