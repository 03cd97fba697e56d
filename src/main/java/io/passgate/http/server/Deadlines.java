package io.passgate.http.server;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has to be over within a time, the oldest first. One event loop.
 *
 * <p>All share one timer, which goes off for the oldest: one each would cost more than the rest of what a request
 * needs.
 */
public final class Deadlines {
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Vertx vertx;
    private final long patienceNs;
    private @Nullable Entry oldest;
    private @Nullable Entry newest;
    private boolean isTimed;

    /**
     * A list that nothing stands in yet.
     *
     * @param vertx whose timer is used
     * @param patience from an entry's beginning until it is late; the same for all
     */
    public Deadlines(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.patienceNs = patience.toNanos();
    }

    /** Something that has to be over; it is a link of the list it stands in. */
    abstract static class Entry {
        private long sinceNs;
        private boolean isListed;
        private @Nullable Entry older;
        private @Nullable Entry newer;

        /** How long it has been waited for, in ns. */
        final long ageNs() {
            return System.nanoTime() - sinceNs;
        }

        /** It is not over in time, and has been taken off the list. */
        abstract void late();
    }

    /** Waits for an entry from now on. */
    void add(Entry entry) {
        entry.sinceNs = System.nanoTime();
        entry.isListed = true;
        entry.older = newest;
        if (newest == null) {
            oldest = entry;
        } else {
            newest.newer = entry;
        }
        newest = entry;
        if (!isTimed) {
            time(patienceNs);
        }
    }

    /** Waits for an entry no longer; nothing where it did not. */
    void remove(Entry entry) {
        if (!entry.isListed) {
            return;
        }
        entry.isListed = false;
        if (entry.older == null) {
            oldest = entry.newer;
        } else {
            entry.older.newer = entry.newer;
        }
        if (entry.newer == null) {
            newest = entry.older;
        } else {
            entry.newer.older = entry.older;
        }
        entry.older = null;
        entry.newer = null;
    }

    private void time(long ns) {
        isTimed = true;
        var _ = vertx.setTimer(ns / NS_PER_MS + 1, now -> endLate());
    }

    private void endLate() {
        isTimed = false;
        long nowNs = System.nanoTime();
        while (oldest != null) {
            Entry entry = oldest;
            long leftNs = patienceNs - (nowNs - entry.sinceNs);
            if (leftNs > 0) {
                if (!isTimed) {
                    time(leftNs);
                }
                return;
            }
            remove(entry);
            entry.late();
        }
    }
}
