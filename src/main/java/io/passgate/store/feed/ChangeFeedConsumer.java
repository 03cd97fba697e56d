package io.passgate.store.feed;

import io.passgate.store.StoreException;
import io.passgate.store.StoreObserver;
import io.passgate.store.changelog.ChangeCodec;
import io.passgate.store.changelog.ChangeEntry;
import io.passgate.store.changelog.HeadObservation;
import io.passgate.store.changelog.LogPosition;
import io.passgate.store.changelog.ReplicatedState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Keeps this gateway's replica at the head of the history: reads the stream, and once a second asks how far PostgreSQL
 * is. What is missing is taken from PostgreSQL change by change, or all at once where too much is. A replica grows old
 * while nobody can tell how far PostgreSQL is, and while PostgreSQL has another history than this gateway, such as
 * after it was restored to an older state: then the newer replica is kept and never silently given up. Belongs to one
 * thread; {@link #known} may be read by any.
 */
final class ChangeFeedConsumer {
    /** A head older than this is not the relays' last one: they are gone, or cannot reach PostgreSQL. */
    static final Duration FRESH = Duration.ofSeconds(3);

    /** So many gateways at once would ask for everything after a gap; each waits a random part of this. */
    static final Duration JITTER = Duration.ofSeconds(10);

    /** Beyond so many missing changes everything is taken anew. */
    static final int MAX_MISSING = 1_000;

    private static final Logger LOG = System.getLogger(ChangeFeedConsumer.class.getName());
    private static final int BATCH = 200;

    private final PostgresChangeLog postgresChangeLog;
    private final RedisChangeStream redisChangeStream;
    private final Snapshots snapshots;
    private final ChangeCodec changes;
    private final ChangeFeed.Ages ages;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final StoreObserver observer;

    private volatile Optional<ReplicaStatus> known = Optional.empty();
    private volatile boolean diverged;
    private volatile long headSequence;
    private Optional<Instant> reloadAt = Optional.empty();

    /** What following needs of the process. */
    record Surroundings(ChangeFeed.Ages ages, InstantSource clock, RandomGenerator random, StoreObserver observer) {}

    ChangeFeedConsumer(
            PostgresChangeLog postgresChangeLog,
            RedisChangeStream redisChangeStream,
            Snapshots snapshots,
            ChangeCodec changes,
            Surroundings surroundings) {
        this.postgresChangeLog = postgresChangeLog;
        this.redisChangeStream = redisChangeStream;
        this.snapshots = snapshots;
        this.changes = changes;
        this.ages = surroundings.ages;
        this.clock = surroundings.clock;
        this.random = surroundings.random;
        this.observer = surroundings.observer;
    }

    /** What is known; empty before the first replica. */
    Optional<ReplicaStatus> known() {
        return known;
    }

    /** Whether PostgreSQL has another history than this gateway. */
    boolean hasDiverged() {
        return diverged;
    }

    /** The last sequence number that PostgreSQL was heard to be at. */
    long headSequence() {
        return headSequence;
    }

    /** Starts from the snapshot file, if there is one. */
    void start() {
        known = snapshots.fromFile().map(saved -> ReplicaStatus.of(saved.replicatedState(), saved.asOf(), ages));
        known.ifPresent(start -> {
            observer.reloaded(StoreObserver.Source.FILE);
            LOG.log(Level.INFO, "from the snapshot file: change {0}, as of {1}", position(), start.asOf());
        });
    }

    private LogPosition position() {
        return known.orElseThrow().replicatedState().logPosition();
    }

    /**
     * Reads the stream, and applies what follows.
     *
     * @return false if that cannot be done before the next beat
     */
    boolean read(Duration patience) {
        if (known.isEmpty() || diverged) {
            return false;
        }
        LogPosition from = position();
        try {
            return apply(redisChangeStream.read(from.epoch(), from.sequence(), BATCH, patience));
        } catch (StoreException lost) {
            LOG.log(Level.DEBUG, "the stream cannot be read: {0}", lost.getMessage());
            return false;
        }
    }

    /** Applies entries as far as they follow on each other; false where they do not. */
    private boolean apply(List<ChangeEntry> entries) {
        for (ChangeEntry entry : entries) {
            if (entry.sequence() > position().sequence()) {
                try {
                    apply(entry);
                } catch (StoreException gap) {
                    LOG.log(Level.WARNING, "{0}", gap.getMessage());
                    return false;
                }
            }
        }
        return true;
    }

    private void apply(ChangeEntry entry) {
        ReplicaStatus before = known.orElseThrow();
        LogPosition after = entry.follow(before.replicatedState().logPosition());
        ReplicatedState replicatedState = before.replicatedState().after(changes.decode(entry.content()), after);
        set(replicatedState.wantsMerge() ? replicatedState.merged(clock.instant()) : replicatedState, before.asOf());
        headSequence = Math.max(headSequence, after.sequence());
    }

    private void set(ReplicatedState replicatedState, Instant asOf) {
        known = Optional.of(ReplicaStatus.of(replicatedState, asOf, ages));
    }

    /** Asks how far PostgreSQL is, takes what is missing, and confirms the replica where nothing is. */
    void beat() {
        try {
            contact();
        } catch (StoreException lost) {
            LOG.log(Level.WARNING, "following was cut short: {0}", lost.getMessage());
        }
    }

    private void contact() {
        Optional<HeadObservation> carried = carried();
        if (carried.isPresent() && isFresh(carried.get()) && isAt(carried.get().logPosition())) {
            confirm(carried.get());
            return;
        }
        Optional<HeadObservation> asked = asked();
        if (asked.isPresent()) {
            follow(asked.get(), carried);
        } else if (carried.isPresent()) {
            followCarried(carried.get());
        }
    }

    private Optional<HeadObservation> carried() {
        try {
            return redisChangeStream.head();
        } catch (StoreException lost) {
            LOG.log(Level.DEBUG, "no head from Redis: {0}", lost.getMessage());
            return Optional.empty();
        }
    }

    private Optional<HeadObservation> asked() {
        Instant now = clock.instant();
        try {
            return Optional.of(new HeadObservation(postgresChangeLog.head(), now));
        } catch (StoreException lost) {
            LOG.log(Level.DEBUG, "no head from PostgreSQL: {0}", lost.getMessage());
            return Optional.empty();
        }
    }

    private boolean isFresh(HeadObservation headObservation) {
        return headObservation.at().plus(FRESH).isAfter(clock.instant());
    }

    private boolean isAt(LogPosition head) {
        return known.isPresent() && position().equals(head);
    }

    private void confirm(HeadObservation headObservation) {
        ReplicaStatus now = known.orElseThrow();
        headSequence = Math.max(headSequence, headObservation.logPosition().sequence());
        diverged = false;
        reloadAt = Optional.empty();
        Instant at = headObservation.at().isAfter(clock.instant()) ? clock.instant() : headObservation.at();
        if (at.isAfter(now.asOf())) {
            set(now.replicatedState(), at);
        }
    }

    /** PostgreSQL has answered: it is right, unless it is behind what it was known to be at. */
    private void follow(HeadObservation headObservation, Optional<HeadObservation> carried) {
        LogPosition there = headObservation.logPosition();
        headSequence = there.sequence();
        boolean behind = (known.isPresent() && isBehind(there, position()))
                || (carried.isPresent() && isBehind(there, carried.get().logPosition()));
        if (behind) {
            diverge(there);
            return;
        }
        if (known.isEmpty() || position().epoch() != there.epoch()) {
            reload(there);
        } else {
            catchUp(there);
        }
        if (hasReached(there)) {
            confirm(headObservation);
        }
    }

    private boolean hasReached(LogPosition there) {
        return known.isPresent()
                && position().epoch() == there.epoch()
                && !position().isBefore(there);
    }

    /** Whether PostgreSQL lacks something: it is earlier, or at the same number in another history. */
    private static boolean isBehind(LogPosition truth, LogPosition other) {
        return truth.isBefore(other)
                || (truth.epoch() == other.epoch() && truth.sequence() == other.sequence() && !truth.equals(other));
    }

    private void diverge(LogPosition there) {
        if (!diverged) {
            LOG.log(Level.ERROR, "PostgreSQL is at {0}, and what is known here is not part of its history", there);
        }
        diverged = true;
    }

    private void catchUp(LogPosition there) {
        if (there.sequence() - position().sequence() > MAX_MISSING) {
            reload(there);
            return;
        }
        switch (followUpTo(there)) {
            case MISSING -> reload(there);
            case BROKEN -> {
                diverge(there);
                throw new StoreException("the changes in PostgreSQL do not follow on " + position());
            }
            case REACHED -> {}
        }
    }

    private enum Followed {
        REACHED,
        /** PostgreSQL does not have the next change any more. */
        MISSING,
        /** It has one of that number that does not follow. */
        BROKEN
    }

    /** Applies the changes in PostgreSQL that lead from here to there, in the same epoch. */
    private Followed followUpTo(LogPosition there) {
        while (position().isBefore(there)) {
            long next = position().sequence() + 1;
            List<ChangeEntry> entries = postgresChangeLog.changes(next, BATCH);
            if (entries.isEmpty() || entries.getFirst().sequence() != next) {
                return Followed.MISSING;
            }
            if (!apply(entries)) {
                return Followed.BROKEN;
            }
            observer.caughtUp();
        }
        return Followed.REACHED;
    }

    /** PostgreSQL is out of reach: what Redis carries is as good as it was when somebody last asked. */
    private void followCarried(HeadObservation headObservation) {
        LogPosition there = headObservation.logPosition();
        if (known.isEmpty() || position().isBefore(there)) {
            boolean streamed = known.isPresent()
                    && position().epoch() == there.epoch()
                    && read(Duration.ofMillis(1))
                    && hasReached(there);
            if (!streamed) {
                Optional<ReplicatedState> carried =
                        snapshots.fromRedis(there, known.map(ReplicaStatus::replicatedState));
                carried.ifPresent(replicatedState -> {
                    take(replicatedState, StoreObserver.Source.REDIS, Instant.EPOCH);
                    var _ = read(Duration.ofMillis(1));
                });
            }
        }
        if (isAt(there)) {
            confirm(headObservation);
        }
    }

    /** Takes everything anew: at once if there is nothing, otherwise when this gateway's random moment has come. */
    private void reload(LogPosition there) {
        if (known.isPresent() && reloadAt.isEmpty()) {
            reloadAt = Optional.of(clock.instant().plusMillis(random.nextLong(JITTER.toMillis())));
            LOG.log(Level.INFO, "everything is taken anew at {0}", reloadAt.get());
        }
        if (reloadAt.isPresent() && clock.instant().isBefore(reloadAt.get())) {
            return;
        }
        snapshots
                .fromRedis(there, known.map(ReplicaStatus::replicatedState))
                .filter(carried -> there.sequence() - carried.logPosition().sequence() <= MAX_MISSING)
                .ifPresent(carried -> take(carried, StoreObserver.Source.REDIS, Instant.EPOCH));
        if (!hasReached(there) && !followsUpTo(there)) {
            Instant now = clock.instant();
            take(postgresChangeLog.load(now), StoreObserver.Source.POSTGRESQL, now);
        }
        reloadAt = Optional.empty();
    }

    private boolean followsUpTo(LogPosition there) {
        return known.isPresent()
                && position().epoch() == there.epoch()
                && followUpTo(there) == Followed.REACHED
                && hasReached(there);
    }

    private void take(ReplicatedState replicatedState, StoreObserver.Source from, Instant confirmedAt) {
        Instant asOf =
                known.map(ReplicaStatus::asOf).filter(confirmedAt::isBefore).orElse(confirmedAt);
        set(replicatedState, asOf);
        observer.reloaded(from);
        LOG.log(Level.INFO, "everything taken from {0}: change {1}", from, replicatedState.logPosition());
    }
}
