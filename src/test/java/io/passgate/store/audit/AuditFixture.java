package io.passgate.store.audit;

import static io.passgate.store.feed.ChangeFeedFixture.await;

import io.passgate.store.BlockingCalls;
import io.passgate.store.StoreObserver;
import io.passgate.store.audit.AuditCheck.Fault;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestStores;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
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
import java.util.stream.IntStream;

/** An empty audit in a real PostgreSQL, with what writes it and what checks it. */
final class AuditFixture implements AutoCloseable {
    static final Instant NOON = Instant.parse("2021-07-12T03:00:00.123456789Z");
    static final AuditKey KEY = key(7);

    final AuditChain chain = new AuditChain(KEY);
    final ManualTime time = new ManualTime(NOON);
    final Pool pool;
    private final TestStores stores;
    private final Vertx vertx = Vertx.vertx();

    AuditFixture(TestStores stores) throws IOException, SQLException {
        this.stores = stores;
        stores.empty();
        pool = PgBuilder.pool()
                .connectingTo(stores.database().connectOptions())
                .using(vertx)
                .build();
    }

    static AuditKey key(int fill) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) fill);
        return new AuditKey(secret);
    }

    static AuditEvent event(int number) {
        return AuditEvent.of(
                AuditEvent.Kind.TRACE, NOON.plusSeconds(number), "tracer", Map.of("case", "7", "number", number));
    }

    static List<AuditEvent> events(int count) {
        return IntStream.range(0, count).mapToObj(AuditFixture::event).toList();
    }

    /** So many events, each in a transaction of its own. */
    void append(int count) {
        events(count).forEach(event -> append(List.of(event)));
    }

    void append(List<AuditEvent> events) {
        var _ = await(pool.withTransaction(connection -> chain.append(connection, events)));
    }

    void pend(List<AuditEvent> events) {
        var _ = await(pool.withTransaction(connection -> AuditChain.pend(connection, events)));
    }

    AuditLogAppender appender(Optional<Path> heads) {
        BlockingCalls blockingCalls =
                new BlockingCalls(StoreObserver.Store.POSTGRESQL, Duration.ofSeconds(10), StoreObserver.NONE);
        return new AuditLogAppender(chain, pool, blockingCalls, heads, time);
    }

    AuditCheck check(AuditKey key) {
        return new AuditCheck(vertx, stores.database(), key);
    }

    List<Fault> faults(AuditKey key, AuditCheck.Recorded... heads) {
        List<Fault> faults = new ArrayList<>();
        try (AuditCheck check = check(key)) {
            var _ = check.check(List.of(heads), faults::add);
        }
        return faults;
    }

    List<Fault> faults(AuditCheck.Recorded... heads) {
        return faults(KEY, heads);
    }

    AuditCheck.Recorded head() throws SQLException {
        String[] head = stores.texts("SELECT sequence || ' ' || encode(mac, 'hex') FROM audit_head")
                .getFirst()
                .split(" ", -1);
        return new AuditCheck.Recorded(Long.parseLong(head[0]), HexFormat.of().parseHex(head[1]));
    }

    /** Changes the audit as its database's owner can. */
    void plant(String sql) throws SQLException {
        stores.sql("ALTER TABLE audit DISABLE TRIGGER audit_only_added_to");
        stores.sql(sql);
    }

    @Override
    public void close() {
        await(pool.close());
        await(vertx.close());
    }
}
