package io.passgate.http.connection;

/** Hears what becomes of connections; called on event loops, and does not block them. */
public interface ConnectionObserver {
    /**
     * A connection was not taken, or was ended.
     *
     * @param why the reason
     */
    void ended(ConnectionEnd why);

    /**
     * A request was answered before any route saw it.
     *
     * @param status of its answer
     */
    void refused(int status);
}
