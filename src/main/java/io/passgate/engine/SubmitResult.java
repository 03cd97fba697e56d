package io.passgate.engine;

/** What the engine said to a request that was offered. */
public enum SubmitResult {
    /** It will be answered. */
    QUEUED,
    /** The queue is full: try again in a moment. */
    FULL,
    /** The engine is shutting down. */
    CLOSED,
    /** There is no policy of that name. */
    UNKNOWN_POLICY
}
