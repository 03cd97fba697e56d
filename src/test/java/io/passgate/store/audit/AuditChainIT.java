package io.passgate.store.audit;

import static io.passgate.store.audit.AuditFixture.event;
import static io.passgate.store.audit.AuditFixture.events;
import static io.passgate.store.feed.ChangeFeedFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.store.audit.AuditCheck.Fault;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit in a real PostgreSQL: one chain, whoever writes, and every fault in it is found. */
final class AuditChainIT {
    private static final int WRITERS = 8;
    private static final int EACH = 40;
    private static final int CHECKS = 60;

    @TempDir
    private static Path folder = Path.of("");

    private static TestStores stores;
    private AuditFixture audit;

    @BeforeAll
    static void start() throws IOException {
        stores = new TestStores(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        stores.close();
    }

    @BeforeEach
    void begin() throws IOException, SQLException {
        audit = new AuditFixture(stores);
    }

    @AfterEach
    void end() {
        audit.close();
    }

    @Test
    void eightWritersAtOnce_keepOneChain() throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(WRITERS);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofPlatform().start(() -> {
                ready.countDown();
                try {
                    ready.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                audit.append(EACH);
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        List<Fault> faults = new ArrayList<>();
        try (AuditCheck check = audit.check(AuditFixture.KEY)) {
            assertThat(check.check(List.of(), faults::add))
                    .isEqualTo(new AuditCheck.Summary(WRITERS * EACH, WRITERS * EACH));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void anEdit_isFound() throws SQLException {
        audit.append(5);
        assertThat(audit.faults()).isEmpty();
        audit.plant("UPDATE audit SET detail = replace(detail, '7', '8') WHERE sequence = 3");
        assertThat(audit.faults()).containsExactly(new Fault.Edited(3));
        audit.plant("UPDATE audit SET detail = replace(detail, '8', '7'), at = at + interval '1 microsecond'"
                + " WHERE sequence = 3");
        assertThat(audit.faults()).containsExactly(new Fault.Edited(3));
    }

    @Test
    void aGap_isFound_alsoWhenTheRowsBehindItCloseUp() throws SQLException {
        audit.append(5);
        audit.plant("DELETE FROM audit WHERE sequence = 2");
        assertThat(audit.faults()).containsExactly(new Fault.Gap(2, 2));
        audit.plant("UPDATE audit SET sequence = sequence - 1 WHERE sequence > 2");
        stores.sql("UPDATE audit_head SET sequence = 4");
        assertThat(audit.faults()).contains(new Fault.Edited(2), new Fault.Edited(3), new Fault.Edited(4));
    }

    @Test
    void aFork_isFound() throws SQLException {
        audit.append(5);
        stores.sql("ALTER TABLE audit DROP CONSTRAINT audit_pkey");
        audit.plant("INSERT INTO audit SELECT sequence, at, kind, 'nobody', detail, decode(repeat('ab', 32), 'hex')"
                + " FROM audit WHERE sequence = 3");
        assertThat(audit.faults()).contains(new Fault.Fork(3));
    }

    @Test
    void aCutTail_isFound_byTheHead_andByOneThatWasRecordedElsewhere() throws SQLException {
        audit.append(3);
        AuditCheck.Recorded early = audit.head();
        audit.append(2);
        AuditCheck.Recorded late = audit.head();
        audit.plant("DELETE FROM audit WHERE sequence > 3");
        assertThat(audit.faults()).containsExactly(new Fault.CutTail(4));
        stores.sql("UPDATE audit_head SET sequence = 3, mac = (SELECT mac FROM audit WHERE sequence = 3)");
        assertThat(audit.faults(early)).as("the chain alone looks whole").isEmpty();
        assertThat(audit.faults(early, late)).containsExactly(new Fault.CutTail(4));
        audit.append(2);
        assertThat(audit.faults(early, late)).as("grown again").isEmpty();
        stores.sql("UPDATE audit_head SET sequence = 4, mac = (SELECT mac FROM audit WHERE sequence = 4)");
        assertThat(audit.faults(early, late)).contains(new Fault.HeadMoved(4));
    }

    @Test
    void aTailThatWasWrittenAnew_isFoundByItsRecordedHead() throws SQLException {
        audit.append(5);
        AuditCheck.Recorded late = audit.head();
        audit.plant("DELETE FROM audit WHERE sequence > 3");
        stores.sql("UPDATE audit_head SET sequence = 3, mac = (SELECT mac FROM audit WHERE sequence = 3)");
        audit.append(List.of(event(90), event(91), event(92)));
        assertThat(audit.faults(late)).containsExactly(new Fault.HeadUnknown(5));
    }

    @Test
    void anotherKey_fitsNoRow() {
        audit.append(3);
        assertThat(audit.faults(AuditFixture.key(8)))
                .contains(new Fault.Edited(1), new Fault.Edited(2), new Fault.Edited(3));
    }

    @Test
    void theWritersRole_mayInsertOnly_andTheOwnerIsRefusedByTheTriggers() {
        audit.append(2);
        assertThat(await(audit.pool
                                .query("SELECT count(*) FROM pg_roles WHERE rolname = 'passgate_audit'")
                                .execute())
                        .iterator()
                        .next()
                        .getLong(0))
                .isEqualTo(1);
        for (String change : List.of("UPDATE audit SET actor = 'nobody'", "DELETE FROM audit", "TRUNCATE audit")) {
            assertThatThrownBy(() -> await(audit.pool.query(change).execute()))
                    .as(change)
                    .hasMessageContaining("only added to");
            assertThatThrownBy(() -> await(audit.pool.withTransaction(connection -> connection
                            .query("SET LOCAL ROLE passgate_audit")
                            .execute()
                            .compose(asRole -> connection.query(change).execute()))))
                    .as(change)
                    .hasMessageContaining("permission denied");
        }
        assertThat(audit.faults()).isEmpty();
    }

    @Test
    void aCheckBesideAWriter_raisesNoFalseAlarm() throws InterruptedException {
        audit.append(5);
        AtomicBoolean isOver = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            while (!isOver.get()) {
                audit.append(1);
            }
        });
        try {
            for (int i = 0; i < CHECKS; i++) {
                assertThat(audit.faults()).isEmpty();
            }
        } finally {
            isOver.set(true);
            writer.join();
        }
    }

    @Test
    void aCopyOfARow_isFound_alsoBetweenTwoPages() throws SQLException {
        audit.append(events(1_200));
        stores.sql("ALTER TABLE audit DROP CONSTRAINT audit_pkey");
        for (int sequence : List.of(999, 1_000, 1_001)) {
            audit.plant("INSERT INTO audit SELECT * FROM audit WHERE sequence = " + sequence);
        }
        assertThat(audit.faults()).containsExactly(new Fault.Fork(999), new Fault.Fork(1_000), new Fault.Fork(1_001));
    }

    @Test
    void valuesThatNobodyWrote_areEdits() throws SQLException {
        audit.append(4);
        stores.sql("ALTER TABLE audit DROP CONSTRAINT audit_sequence_check, DROP CONSTRAINT audit_at_check,"
                + " DROP CONSTRAINT audit_mac_check, ALTER actor DROP NOT NULL, ALTER mac DROP NOT NULL");
        audit.plant("INSERT INTO audit SELECT -5, at, kind, actor, detail, mac FROM audit WHERE sequence = 1");
        stores.sql("UPDATE audit SET at = 'infinity' WHERE sequence = 2");
        stores.sql("UPDATE audit SET actor = NULL WHERE sequence = 3");
        stores.sql("UPDATE audit SET mac = NULL WHERE sequence = 4");
        assertThat(audit.faults())
                .containsExactly(
                        new Fault.Edited(-5),
                        new Fault.Edited(2),
                        new Fault.Edited(3),
                        new Fault.Edited(4),
                        new Fault.HeadMoved(4));
    }
}
