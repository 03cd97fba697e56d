package io.passgate.http.connection;

/** A connection as {@link ConnectionWatch} sees it. Its event loop. */
interface WatchedConnection {

    /** What the watch keeps about it. */
    final class Marks {
        long arrivingSinceNs;
        long heldSinceNs;
        long lingeringSinceNs;
        long heldBytes;
    }

    Marks marks();

    /** Bytes that wait in memory because the client does not take them, or sent them before their turn. */
    long heldBytes();

    /** Its request has taken too long. */
    void requestIsLate();

    /** Ends it, and says why. */
    void end(ConnectionEnd why);

    /** Closes it without a word. */
    void close();
}
