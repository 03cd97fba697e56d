package io.passgate.store;

/** Hears how the stores do, for metrics. Called on several threads; must not block or throw. */
public interface StoreObserver {
    /** The servers this package speaks to. */
    enum Store {
        POSTGRESQL,
        REDIS
    }

    /** Where a whole replica was taken from. */
    enum Source {
        POSTGRESQL,
        REDIS,
        FILE
    }

    /** An observer that wants to know nothing. */
    StoreObserver NONE = new StoreObserver() {};

    /** A call has been answered. */
    default void took(Store store, String operation, long ns) {}

    /** A call has failed, or has not been answered in time. */
    default void failed(Store store) {}

    /** PostgreSQL has refused a call or a connection, by its SQLSTATE. */
    default void refused(String sqlState) {}

    /** Missing changes were taken from PostgreSQL. */
    default void caughtUp() {}

    /** The whole replica was taken anew. */
    default void reloaded(Source from) {}
}
