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

    /** {@return how many showings wait, or are under way} */
    public int pending() {
        return uses.pending();
    }

    /** {@return whether used passes are known by Redis; otherwise by PostgreSQL, or by this gateway alone} */
    public boolean isShared() {
        return uses.isShared();
    }

    /** {@return how many entries this gateway has carried into PostgreSQL since it started} */
    public long written() {
        return consumer.written();
    }

    /** {@return how many batches of entries in Redis are not in PostgreSQL yet; empty while Redis does not say} */
    public Optional<Long> waitingBatches() {
        return consumer.waiting().map(EntryLogConsumer.Waiting::batches);
    }

    /** {@return how long the oldest of them has been there, zero where none is; empty while Redis does not say} */
    public Optional<Duration> waitingFor() {
        return consumer.waiting().map(EntryLogConsumer.Waiting::oldest);
    }

    /** {@return how many bytes of entries wait in the spool; 0 where there is no spool} */
    public long spooledBytes() {
        return spool.map(EntryWriteAheadFile::bytes).orElse(0L);
    }

    /** {@return the number of the last audited event; 0 where nothing is audited} */
    public long auditSequence() {
        return audit.map(AuditLogAppender::sequence).orElse(0L);
    }

    /** {@return how many events are not in the audit's chain yet; of more than 10,000 as many} */
    public long auditPending() {
        return audit.map(AuditLogAppender::pending).orElse(0L);
    }

    /** {@return how long the oldest of them has waited; zero where there is none} */
    public Duration auditWaiting() {
        return audit.map(AuditLogAppender::waiting).orElse(Duration.ZERO);
    }

    /** {@return what this gateway has a secret for} */
    public Set<SecretPurpose> secrets() {
        return secrets.purposes();
    }

    /**
     * {@return whether the database knows this gateway's secret; empty while that cannot be told}
     *
     * @param purpose one of {@link #secrets}
     */
    public Optional<Boolean> isKnown(SecretPurpose purpose) {
        return secrets.isSame(purpose);
    }

    /** {@return what is not as it should be, for people; empty where nothing is} */
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
