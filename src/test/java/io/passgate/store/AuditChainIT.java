package io.passgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.store.AuditCheck.Fault;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestStores;
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
}
