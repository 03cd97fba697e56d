package io.passgate.store;

/** Hears how the stores do, for metrics. Called on several threads; must not block or throw. */
public interface StoreObserver {
    /** The servers this package speaks to. */
    enum Store {
        /** The database, which is the truth. */
        POSTGRESQL,
        /** Carries changes to every gateway, and holds what they share for seconds. */
        REDIS
    }

    /** Where a whole replica was taken from. */
    enum Source {
        /** Its tables, all read at one position of the history. */
        POSTGRESQL,
        /** The snapshot that some gateway has put there. */
        REDIS,
        /** This gateway's own snapshot file, at its start. */
        FILE
    }

    /** An observer that wants to know nothing. */
    StoreObserver NONE = new StoreObserver() {};

    /**
     * Hears that a call has been answered.
     *
     * @param store that has answered
     * @param operation what was asked, such as {@code head}: one of a few fixed names, a label of metrics
     * @param ns from the call to its answer, in nanoseconds
     */
    default void took(Store store, String operation, long ns) {}

    /**
     * Hears that a call has failed, or has not been answered in time.
     *
     * @param store that was called
     */
    default void failed(Store store) {}

    /**
     * Hears that PostgreSQL has refused a call or a connection.
     *
     * @param sqlState five characters, as in appendix A of PostgreSQL's documentation
     */
    default void refused(String sqlState) {}

    /** Hears that missing changes were taken from PostgreSQL. */
    default void caughtUp() {}

    /**
     * Hears that the whole replica was taken anew.
     *
     * @param from where it was taken from
     */
    default void reloaded(Source from) {}
}
