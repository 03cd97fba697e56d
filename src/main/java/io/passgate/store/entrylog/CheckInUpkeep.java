package io.passgate.store.entrylog;

import io.passgate.holdertag.TagKeyDays;
import io.passgate.logging.SqlState;
import io.passgate.store.BackgroundLoops;
import io.passgate.store.BlockingCalls;
import io.passgate.store.StoreException;
import io.passgate.store.audit.AuditLogAppender;
import io.passgate.store.secret.SecretPurpose;
import io.passgate.store.secret.SecretWatch;
import io.passgate.store.tagkey.TagKeyStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What goes on behind check-in, on three threads: entries are carried, the log is kept in order, and audited. */
final class CheckInUpkeep {
    private static final Logger LOG = System.getLogger(CheckInUpkeep.class.getName());
    private static final Duration CARRYING = Duration.ofMillis(100);
    private static final Duration TAKING_OVER = Duration.ofSeconds(5);
    private static final Duration KEEPING = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration DRAINING = Duration.ofSeconds(10);

    private final EntryLogConsumer consumer;
    private final Optional<EntryWriteAheadFile> spool;
    private final UnsharedOneTimeUse unshared;
    private final Retention retention;
    private final Uses uses;
    private final Optional<TagKeyStore> tagKeys;
    private final Optional<Auditing> audit;
    private final InstantSource clock;
    private final BackgroundLoops loops = new BackgroundLoops(CheckInUpkeep.class);

    /** Uses that PostgreSQL knows, to be forgotten in time. */
    record Uses(PostgresOneTimeUse postgresOneTimeUse, BlockingCalls calls) {}

    /** Who writes the audit, unless this gateway's key is not the chain's. */
    record Auditing(AuditLogAppender appender, SecretWatch secrets) {
        private void round() {
            if (secrets.isOther(SecretPurpose.AUDIT)) {
                appender.look();
            } else {
                appender.round();
            }
        }
    }

    CheckInUpkeep(
            EntryLogConsumer consumer,
            Optional<EntryWriteAheadFile> spool,
            UnsharedOneTimeUse unshared,
            Retention retention,
            Uses uses,
            Optional<TagKeyStore> tagKeys,
            Optional<Auditing> audit,
            InstantSource clock) {
        this.consumer = consumer;
        this.spool = spool;
        this.unshared = unshared;
        this.retention = retention;
        this.uses = uses;
        this.tagKeys = tagKeys;
        this.audit = audit;
        this.clock = clock;
    }

    void start() {
        loops.start("passgate-entries", this::carry);
        loops.start("passgate-retention", this::keep);
        audit.ifPresent(auditing -> loops.start("passgate-audit", () -> append(auditing)));
    }

    /** Tells the threads to end, without waiting. */
    void stop() {
        loops.stop();
    }

    /** Carries what is under way and ends, within {@code patience}. */
    void stop(Duration patience) {
        loops.stop(patience);
    }

    private void carry() {
        long lastTakeOverNs = System.nanoTime();
        long nextLookNs = lastTakeOverNs;
        while (loops.isOpen()) {
            boolean isMore = carriesMore();
            if (System.nanoTime() - lastTakeOverNs > TAKING_OVER.toNanos()) {
                lastTakeOverNs = System.nanoTime();
                loops.guarded("taking entries over", consumer::takeOver);
            }
            drain();
            if (System.nanoTime() - nextLookNs >= 0) {
                nextLookNs = System.nanoTime() + SOON.toNanos();
                loops.guarded("looking what waits", consumer::look);
            }
            if (!isMore) {
                loops.pause(CARRYING);
            }
        }
    }

    private boolean carriesMore() {
        try {
            return consumer.round();
        } catch (StoreException lost) {
            LOG.log(Level.DEBUG, "entries wait: {0}", lost.getMessage());
        } catch (RuntimeException | Error fault) {
            LOG.log(
                    Level.ERROR,
                    "carrying entries failed: {0}",
                    fault.getClass().getName());
        }
        return false;
    }

    private void drain() {
        if (spool.isPresent() && !spool.get().isEmpty()) {
            unshared.drained()
                    .onFailure(lost -> LOG.log(Level.DEBUG, "the spool waits: {0}", SqlState.describe(lost)))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .completeOnTimeout(null, DRAINING.toSeconds(), TimeUnit.SECONDS)
                    .exceptionally(lost -> null)
                    .join();
        }
    }

    private void append(Auditing auditing) {
        while (loops.isOpen()) {
            loops.guarded("auditing", auditing::round);
            loops.pause(SOON);
        }
        loops.guarded("auditing", auditing::round);
        loops.guarded("auditing", () -> {
            var _ = auditing.appender.writeHead();
        });
    }

    private void keep() {
        while (loops.isOpen()) {
            loops.guarded("keeping the entry log", retention::round);
            loops.guarded("holding tag keys", this::holdTagKeys);
            loops.guarded("forgetting consumers", consumer::forgetConsumers);
            loops.guarded("forgetting uses", this::forgetUses);
            loops.pause(retention.hasPurged() ? KEEPING : SOON);
        }
    }

    private void forgetUses() {
        var _ = uses.calls.await("purge", () -> uses.postgresOneTimeUse.forgetBefore(clock.instant()));
    }

    private void holdTagKeys() {
        if (tagKeys.isEmpty() || !retention.hasPurged()) {
            return;
        }
        TagKeyDays days = TagKeyDays.at(clock.instant());
        tagKeys.get().forgetBefore(days.first());
        var _ = tagKeys.get().of(days.today());
        if (days.next().isPresent()) {
            var _ = tagKeys.get().of(days.next().get());
        }
    }
}
