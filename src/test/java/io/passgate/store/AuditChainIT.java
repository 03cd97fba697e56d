package io.passgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.store.AuditCheck.Fault;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestStores;
import io.passgate.trust.Signer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private static final Instant NOON = Instant.parse("2021-07-12T03:00:00.123456789Z");
    private static final AuditKey KEY = key(7);

    @TempDir
    private static Path folder = Path.of("");

    private static TestStores stores;
    private static Vertx vertx;

    private final AuditChain chain = new AuditChain(KEY);
    private final ManualTime time = new ManualTime(NOON);
    private Pool pool;

    private static AuditKey key(int fill) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) fill);
        return new AuditKey(secret);
    }

    @BeforeAll
    static void start() throws IOException {
        stores = new TestStores(folder);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws IOException {
        var unused = vertx.close();
        stores.close();
    }

    @BeforeEach
    void connect() throws IOException, SQLException {
        stores.empty();
        pool = PgBuilder.pool()
                .connectingTo(stores.database().connectOptions())
                .using(vertx)
                .build();
    }

    @AfterEach
    void close() {
        await(pool.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static AuditEvent event(int number) {
        return AuditEvent.of(
                AuditEvent.Kind.TRACE, NOON.plusSeconds(number), "tracer", Map.of("case", "7", "number", number));
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            AuditEvent event = event(i);
            var unused = await(pool.withTransaction(connection -> chain.append(connection, List.of(event))));
        }
    }

    private AuditNotary notary(Optional<Path> heads) {
        Calls calls = new Calls(StoreObserver.Store.POSTGRESQL, Duration.ofSeconds(10), StoreObserver.NONE);
        return new AuditNotary(chain, pool, calls, heads, time);
    }

    private List<Fault> faults(AuditKey key, AuditCheck.Recorded... heads) {
        List<Fault> faults = new ArrayList<>();
        try (AuditCheck check = new AuditCheck(vertx, stores.database(), key)) {
            var unused = check.check(List.of(heads), faults::add);
        }
        return faults;
    }

    private List<Fault> faults(AuditCheck.Recorded... heads) {
        return faults(KEY, heads);
    }

    private AuditCheck.Recorded head() throws SQLException {
        String[] head = stores.texts("SELECT sequence || ' ' || encode(mac, 'hex') FROM audit_head")
                .getFirst()
                .split(" ", -1);
        return new AuditCheck.Recorded(Long.parseLong(head[0]), HexFormat.of().parseHex(head[1]));
    }

    /** Changes the audit as its database's owner can. */
    private void plant(String sql) throws SQLException {
        stores.sql("ALTER TABLE audit DISABLE TRIGGER audit_only_added_to");
        stores.sql(sql);
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
                append(EACH);
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        List<Fault> faults = new ArrayList<>();
        try (AuditCheck check = new AuditCheck(vertx, stores.database(), KEY)) {
            assertThat(check.check(List.of(), faults::add))
                    .isEqualTo(new AuditCheck.Summary(WRITERS * EACH, WRITERS * EACH));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void anEdit_isFound() throws SQLException {
        append(5);
        assertThat(faults()).isEmpty();
        plant("UPDATE audit SET detail = replace(detail, '7', '8') WHERE sequence = 3");
        assertThat(faults()).containsExactly(new Fault.Edited(3));
        plant("UPDATE audit SET detail = replace(detail, '8', '7'), at = at + interval '1 microsecond'"
                + " WHERE sequence = 3");
        assertThat(faults()).containsExactly(new Fault.Edited(3));
    }

    @Test
    void aGap_isFound_alsoWhenTheRowsBehindItCloseUp() throws SQLException {
        append(5);
        plant("DELETE FROM audit WHERE sequence = 2");
        assertThat(faults()).containsExactly(new Fault.Gap(2, 2));
        plant("UPDATE audit SET sequence = sequence - 1 WHERE sequence > 2");
        stores.sql("UPDATE audit_head SET sequence = 4");
        assertThat(faults()).contains(new Fault.Edited(2), new Fault.Edited(3), new Fault.Edited(4));
    }

    @Test
    void aFork_isFound() throws SQLException {
        append(5);
        stores.sql("ALTER TABLE audit DROP CONSTRAINT audit_pkey");
        plant("INSERT INTO audit SELECT sequence, at, kind, 'nobody', detail, decode(repeat('ab', 32), 'hex')"
                + " FROM audit WHERE sequence = 3");
        assertThat(faults()).contains(new Fault.Fork(3));
    }

    @Test
    void aCutTail_isFound_byTheHead_andByOneThatWasRecordedElsewhere() throws SQLException {
        append(3);
        AuditCheck.Recorded early = head();
        append(2);
        AuditCheck.Recorded late = head();
        plant("DELETE FROM audit WHERE sequence > 3");
        assertThat(faults()).containsExactly(new Fault.CutTail(4));
        stores.sql("UPDATE audit_head SET sequence = 3, mac = (SELECT mac FROM audit WHERE sequence = 3)");
        assertThat(faults(early)).as("the chain alone looks whole").isEmpty();
        assertThat(faults(early, late)).containsExactly(new Fault.CutTail(4));
        append(2);
        assertThat(faults(early, late)).as("grown again").isEmpty();
        stores.sql("UPDATE audit_head SET sequence = 4, mac = (SELECT mac FROM audit WHERE sequence = 4)");
        assertThat(faults(early, late)).contains(new Fault.HeadMoved(4));
    }

    @Test
    void aTailThatWasWrittenAnew_isFoundByItsRecordedHead() throws SQLException {
        append(5);
        AuditCheck.Recorded late = head();
        plant("DELETE FROM audit WHERE sequence > 3");
        stores.sql("UPDATE audit_head SET sequence = 3, mac = (SELECT mac FROM audit WHERE sequence = 3)");
        var unused = await(
                pool.withTransaction(connection -> chain.append(connection, List.of(event(90), event(91), event(92)))));
        assertThat(faults(late)).containsExactly(new Fault.HeadUnknown(5));
    }

    @Test
    void anotherKey_fitsNoRow() {
        append(3);
        assertThat(faults(key(8))).contains(new Fault.Edited(1), new Fault.Edited(2), new Fault.Edited(3));
    }

    @Test
    void theWritersRole_mayInsertOnly_andTheOwnerIsRefusedByTheTriggers() {
        append(2);
        assertThat(await(pool.query("SELECT count(*) FROM pg_roles WHERE rolname = 'passgate_audit'")
                                .execute())
                        .iterator()
                        .next()
                        .getLong(0))
                .isEqualTo(1);
        for (String change : List.of("UPDATE audit SET actor = 'nobody'", "DELETE FROM audit", "TRUNCATE audit")) {
            assertThatThrownBy(() -> await(pool.query(change).execute()))
                    .as(change)
                    .hasMessageContaining("only added to");
            assertThatThrownBy(() -> await(pool.withTransaction(connection -> connection
                            .query("SET LOCAL ROLE passgate_audit")
                            .execute()
                            .compose(asRole -> connection.query(change).execute()))))
                    .as(change)
                    .hasMessageContaining("permission denied");
        }
        assertThat(faults()).isEmpty();
    }

    @Test
    void whatIsPending_isMovedExactlyOnce_byTwoNotariesAtOnce() throws InterruptedException, SQLException {
        var unused = await(pool.withTransaction(connection -> {
            List<AuditEvent> events = new ArrayList<>();
            for (int i = 0; i < 1_200; i++) {
                events.add(event(i));
            }
            return AuditChain.pend(connection, events);
        }));
        Thread one = Thread.ofPlatform().start(() -> notary(Optional.empty()).round());
        Thread other = Thread.ofPlatform().start(() -> notary(Optional.empty()).round());
        one.join();
        other.join();
        assertThat(stores.number("SELECT count(*) FROM audit_pending")).isZero();
        assertThat(stores.number("SELECT count(DISTINCT detail) FROM audit")).isEqualTo(1_200);
        assertThat(stores.number("SELECT count(*) FROM audit")).isEqualTo(1_200);
        assertThat(faults()).isEmpty();
    }

    @Test
    void theHead_isWrittenAtOnce_andThenEveryHour() throws IOException {
        Path file = folder.resolve("heads-" + System.nanoTime());
        AuditNotary notary = notary(Optional.of(file));
        append(2);
        notary.round();
        notary.round();
        time.advance(Duration.ofMinutes(59));
        notary.round();
        assertThat(Files.readAllLines(file)).hasSize(1).first().asString().contains("\"sequence\":2,");
        time.advance(Duration.ofMinutes(1));
        append(1);
        notary.round();
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("\"sequence\":3,");
    }

    @Test
    void aCheckBesideAWriter_raisesNoFalseAlarm() throws InterruptedException {
        append(5);
        AtomicBoolean isOver = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            while (!isOver.get()) {
                append(1);
            }
        });
        try {
            for (int i = 0; i < CHECKS; i++) {
                assertThat(faults()).isEmpty();
            }
        } finally {
            isOver.set(true);
            writer.join();
        }
    }

    @Test
    void aCopyOfARow_isFound_alsoBetweenTwoPages() throws SQLException {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            events.add(event(i));
        }
        var unused = await(pool.withTransaction(connection -> chain.append(connection, events)));
        stores.sql("ALTER TABLE audit DROP CONSTRAINT audit_pkey");
        for (int sequence : List.of(999, 1_000, 1_001)) {
            plant("INSERT INTO audit SELECT * FROM audit WHERE sequence = " + sequence);
        }
        assertThat(faults()).containsExactly(new Fault.Fork(999), new Fault.Fork(1_000), new Fault.Fork(1_001));
    }

    @Test
    void valuesThatNobodyWrote_areEdits() throws SQLException {
        append(4);
        stores.sql("ALTER TABLE audit DROP CONSTRAINT audit_sequence_check, DROP CONSTRAINT audit_at_check,"
                + " DROP CONSTRAINT audit_mac_check, ALTER actor DROP NOT NULL, ALTER mac DROP NOT NULL");
        plant("INSERT INTO audit SELECT -5, at, kind, actor, detail, mac FROM audit WHERE sequence = 1");
        stores.sql("UPDATE audit SET at = 'infinity' WHERE sequence = 2");
        stores.sql("UPDATE audit SET actor = NULL WHERE sequence = 3");
        stores.sql("UPDATE audit SET mac = NULL WHERE sequence = 4");
        assertThat(faults())
                .containsExactly(
                        new Fault.Edited(-5),
                        new Fault.Edited(2),
                        new Fault.Edited(3),
                        new Fault.Edited(4),
                        new Fault.HeadMoved(4));
    }

    @Test
    void aHeadsFileWhoseLastLineWasCutOff_takesTheNextOneWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("heads-" + System.nanoTime()), "{\"sequence\":1,\"ma");
        append(2);
        notary(Optional.of(file)).round();
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().startsWith("{\"sequence\":2,");
    }

    @Test
    void aHeadsFileThatCannotBeWritten_isTriedAgainAtTheNextRound() throws IOException {
        Path missing = folder.resolve("missing-" + System.nanoTime());
        AuditNotary notary = notary(Optional.of(missing.resolve("heads")));
        notary.round();
        var unused = Files.createDirectory(missing);
        notary.round();
        assertThat(Files.readAllLines(missing.resolve("heads"))).hasSize(1);
    }

    @Test
    void whatWaits_isCountedAndTimed_whileItCannotBeMoved() throws SQLException {
        AuditNotary notary = notary(Optional.empty());
        var unused =
                await(pool.withTransaction(connection -> AuditChain.pend(connection, List.of(event(0), event(1)))));
        stores.sql("ALTER TABLE audit_head RENAME TO audit_head_away");
        stores.sql("CREATE VIEW audit_head AS SELECT sequence, mac FROM audit_head_away LIMIT 1");
        time.advance(Duration.ofMinutes(2));
        assertThatThrownBy(notary::round).isInstanceOf(StoreException.class);
        assertThat(notary.pending()).isEqualTo(2);
        assertThat(notary.waiting()).isBetween(Duration.ofSeconds(119), Duration.ofSeconds(121));
        stores.sql("DROP VIEW audit_head");
        stores.sql("ALTER TABLE audit_head_away RENAME TO audit_head");
        notary.round();
        assertThat(notary.pending()).isZero();
        assertThat(notary.waiting()).isZero();
        assertThat(notary.sequence()).isEqualTo(2);
    }

    @Test
    void aDeviceThatTheVersionBeforeRegisters_isAuditedAsWell() throws SQLException {
        stores.sql("INSERT INTO device_registration (provider, consent, thumbprint, registered_at)"
                + " VALUES ('kakao', decode(repeat('fb', 16), 'hex'), 'print', timestamptz '2021-07-12 12:00+09')");
        notary(Optional.empty()).round();
        assertThat(stores.texts("SELECT kind || ' ' || actor || ' ' || detail FROM audit"))
                .containsExactly(
                        "device_registered kakao {\"consent\":\"-_v7-_v7-_v7-_v7-_v7-w\",\"thumbprint\":\"print\"}");
        assertThat(faults()).isEmpty();
    }

    @Test
    void aSigner_isAuditedWhereItReallyWasAddedOrRemoved_withWhoAsked() throws SQLException {
        Signer signer = TestIssuer.trusting(TestIssuer.ec256("XX")).signers().getFirst();
        try (FeedFixture fixture = new FeedFixture(stores)) {
            Authority authority = fixture.started().authority();
            for (int i = 0; i < 2; i++) {
                assertThat(await(authority.addSigners("admin", List.of(signer))))
                        .isEmpty();
            }
            assertThat(await(authority.removeSigners("another", List.of(signer.id()))))
                    .isOne();
            assertThat(await(authority.removeSigners("another", List.of(signer.id()))))
                    .isZero();
        }
        notary(Optional.empty()).round();
        assertThat(stores.texts("SELECT kind || ' ' || actor FROM audit ORDER BY sequence"))
                .containsExactly("key_added admin", "key_removed another");
        assertThat(stores.texts("SELECT detail FROM audit")).allMatch(detail -> detail.contains(signer.id()));
        assertThat(faults()).isEmpty();
    }
}
