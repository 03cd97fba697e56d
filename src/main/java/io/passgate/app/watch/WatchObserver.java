package io.passgate.app.watch;

/** Hears what the watchdog sees; on its thread. */
public interface WatchObserver {
    /**
     * An event loop has not turned for too long; once, until it turns again.
     *
     * @param loop its name
     */
    void stalled(String loop);

    /**
     * An event loop has begun to get no direct memory.
     *
     * @param loop its name
     */
    void starved(String loop);
}
