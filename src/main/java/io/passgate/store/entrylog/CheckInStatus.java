package io.passgate.store.entrylog;

import io.passgate.store.audit.AuditLogAppender;
import io.passgate.store.secret.SecretPurpose;
import io.passgate.store.secret.SecretWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the stores of check-in are doing, for metrics and for people. Any thread. */
public final class CheckInStatus {
    /** Entries are carried within a second where nothing is wrong. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final FailoverOneTimeUse uses;
    private final EntryLogConsumer consumer;
    private final Optional<EntryWriteAheadFile> spool;
    private final Optional<AuditLogAppender> audit;
    private final SecretWatch secrets;

    CheckInStatus(
            FailoverOneTimeUse uses,
            EntryLogConsumer consumer,
            Optional<EntryWriteAheadFile> spool,
            Optional<AuditLogAppender> audit,
            SecretWatch secrets) {
        this.uses = uses;
        this.consumer = consumer;
        this.spool = spool;
        this.audit = audit;
        this.secrets = secrets;
    }

    /** Showings that wait, or are under way. */
    public int pending() {
        return uses.pending();
    }

    /** Whether used passes are known by Redis; otherwise by PostgreSQL, or by this gateway alone. */
    public boolean isShared() {
        return uses.isShared();
    }

    /** Entries that this gateway has carried into PostgreSQL. */
    public long written() {
        return consumer.written();
    }

    /** Batches of entries in Redis that are not in PostgreSQL yet; empty while Redis does not say. */
    public Optional<Long> waitingBatches() {
        return consumer.waiting().map(EntryLogConsumer.Waiting::batches);
    }

    /** How long the oldest of them has been there, zero where there is none; empty while Redis does not say. */
    public Optional<Duration> waitingFor() {
        return consumer.waiting().map(EntryLogConsumer.Waiting::oldest);
    }

    /** Bytes of entries that wait in the spool. */
    public long spooledBytes() {
        return spool.map(EntryWriteAheadFile::bytes).orElse(0L);
    }

    /** The number of the last audited event. */
    public long auditSequence() {
        return audit.map(AuditLogAppender::sequence).orElse(0L);
    }

    /** Events that are not in the audit's chain yet, 10,000 at most. */
    public long auditPending() {
        return audit.map(AuditLogAppender::pending).orElse(0L);
    }

    /** How long the oldest of them has waited. */
    public Duration auditWaiting() {
        return audit.map(AuditLogAppender::waiting).orElse(Duration.ZERO);
    }

    /** What this gateway has a secret for. */
    public Set<SecretPurpose> secrets() {
        return secrets.purposes();
    }

    /** Whether the database knows this gateway's secret; empty while that cannot be told. */
    public Optional<Boolean> isKnown(SecretPurpose purpose) {
        return secrets.isSame(purpose);
    }

    /** What is not as it should be, for people. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(secrets.warnings());
        if (!uses.isShared()) {
            all.add("used passes are not known by Redis");
        }
        if (waitingFor().filter(oldest -> oldest.compareTo(LONG) > 0).isPresent()) {
            all.add("entries wait in Redis");
        }
        if (spooledBytes() > 0) {
            all.add("entries wait in the spool");
        }
        return all;
    }
}
