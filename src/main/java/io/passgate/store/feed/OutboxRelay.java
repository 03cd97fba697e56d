package io.passgate.store.feed;

import io.passgate.model.Slice;
import io.passgate.store.StoreException;
import io.passgate.store.changelog.ChangeEntry;
import io.passgate.store.changelog.HeadObservation;
import io.passgate.store.changelog.LogPosition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Takes changes from PostgreSQL's outbox to Redis' stream, and tells everyone how far PostgreSQL is. Every gateway has
 * one; which of them works in a round is drawn in Redis, and the gateway that has just made a change does not wait for
 * that. Publishing what has been published does nothing.
 */
final class OutboxRelay {
    /** Between two rounds: what was changed without a gateway is published after it at the latest. */
    static final Duration ROUND = Duration.ofMillis(500);

    /** A little less than a round, so that each round has somebody. */
    static final Duration TERM = Duration.ofMillis(450);

    /** Entries the stream keeps; a gateway further behind asks PostgreSQL. */
    static final int KEPT = 2_000;

    private static final Logger LOG = System.getLogger(OutboxRelay.class.getName());
    private static final int BATCH = 200;
    private static final Slice NO_DIGEST = Slice.of(new byte[LogPosition.DIGEST_BYTES]);

    private final String gateway;
    private final PostgresChangeLog postgresChangeLog;
    private final RedisChangeStream redisChangeStream;
    private final InstantSource clock;
    private volatile boolean conflicting;

    OutboxRelay(
            String gateway,
            PostgresChangeLog postgresChangeLog,
            RedisChangeStream redisChangeStream,
            InstantSource clock) {
        this.gateway = gateway;
        this.postgresChangeLog = postgresChangeLog;
        this.redisChangeStream = redisChangeStream;
        this.clock = clock;
    }

    /** Whether Redis holds a history that PostgreSQL does not. */
    boolean isConflicting() {
        return conflicting;
    }

    /**
     * One round.
     *
     * @param changed whether there is something new for certain
     * @throws StoreException if a store is out of reach
     */
    void round(boolean changed) {
        if (!changed && !redisChangeStream.takes(RedisChangeStream.Duty.RELAY, gateway, TERM)) {
            return;
        }
        Instant asked = clock.instant();
        LogPosition head = postgresChangeLog.head();
        boolean agreed = publish(head) && announce(new HeadObservation(head, asked));
        if (!agreed && !conflicting) {
            LOG.log(Level.ERROR, "Redis carries a history that PostgreSQL, at {0}, does not have", head);
        }
        conflicting = !agreed;
    }

    /** A relay beside this one may have been faster: only what PostgreSQL does not know either is a conflict. */
    private boolean announce(HeadObservation headObservation) {
        if (redisChangeStream.announce(headObservation)) {
            return true;
        }
        Optional<HeadObservation> there = redisChangeStream.head();
        LogPosition now = postgresChangeLog.head();
        return there.isEmpty()
                || now.equals(there.get().logPosition())
                || there.get().logPosition().isBefore(now);
    }

    private boolean publish(LogPosition head) {
        long last = redisChangeStream.lastPublished(head.epoch());
        if (last > head.sequence()) {
            return postgresChangeLog.head().sequence() >= last;
        }
        boolean empty = last == 0;
        long next = empty ? Math.max(1, head.sequence() - KEPT + 1) : last + 1;
        Slice digest = NO_DIGEST;
        while (next <= head.sequence()) {
            List<ChangeEntry> entries = postgresChangeLog.changes(empty ? next : next - 1, BATCH);
            if (entries.isEmpty()) {
                return true;
            }
            for (ChangeEntry entry : entries) {
                if (entry.sequence() >= next) {
                    if (entry.sequence() > next && !empty) {
                        redisChangeStream.restart(head.epoch());
                    }
                    LogPosition before = new LogPosition(head.epoch(), entry.sequence() - 1, digest);
                    if (redisChangeStream.publish(before, entry, KEPT) < 0) {
                        return false;
                    }
                    next = entry.sequence() + 1;
                    empty = false;
                }
                digest = entry.digest();
            }
        }
        return true;
    }
}
