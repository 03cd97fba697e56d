package io.passgate.store.entrylog;

import static io.passgate.store.feed.ChangeFeedFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.OneTimeUse.Answer;
import io.passgate.checkin.Visit;
import io.passgate.model.OpaqueId;
import io.passgate.store.BlockingCalls;
import io.passgate.store.StoreException;
import io.passgate.store.StoreObserver;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestStores;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 28 days in a real PostgreSQL, a real Redis with its append-only file, and the spool; and not one more. */
final class RetentionIT {
    private static final String FACILITY = "a-museum-with-a-long-name";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime(Instant.now());
    private final Random random = new Random(28);

    @TempDir
    private Path folder;

    private Vertx vertx;
    private TestStores stores;
    private Pool pool;
    private Redis redis;
    private EntryWriteAheadFile entryWriteAheadFile;
    private VisitTable table;
    private boolean isClockRight = true;
    private Retention retention;

    @BeforeEach
    void start() throws IOException, SQLException {
        vertx = Vertx.vertx();
        stores = new TestStores(folder.resolve("stores"));
        stores.empty();
        pool = PgBuilder.pool()
                .connectingTo(stores.database().connectOptions())
                .using(vertx)
                .build();
        redis = Redis.createClient(vertx, stores.redisSettings().options());
        entryWriteAheadFile = new EntryWriteAheadFile(folder.resolve("spool"), 1 << 20);
        table = new VisitTable(pool);
        retention = new Retention(
                table,
                new BlockingCalls(StoreObserver.Store.POSTGRESQL, TIMEOUT, StoreObserver.NONE),
                redis,
                new BlockingCalls(StoreObserver.Store.REDIS, TIMEOUT, StoreObserver.NONE),
                Optional.of(entryWriteAheadFile),
                time,
                () -> isClockRight);
    }

    @AfterEach
    void stop() throws IOException {
        retention.close();
        entryWriteAheadFile.close();
        redis.close();
        await(pool.close());
        await(vertx.close());
        stores.close();
    }

    private Visit entry(LocalDate day) {
        return new Visit(day, OpaqueId.random(random), FACILITY, "kakao", OpaqueId.random(random), time.instant());
    }

    private long rows() throws SQLException {
        return stores.number("SELECT count(*) FROM entry_log");
    }

    private boolean isInAppendOnlyFile() throws IOException {
        String file = Files.readString(stores.redisFolder().resolve("appendonly.aof"), StandardCharsets.ISO_8859_1);
        return file.contains(FACILITY);
    }

    @Test
    void the28thDay_isThere_andTheDayBeforeIsGone_withOneEventInTheAudit() throws SQLException {
        LocalDate today = retention.today();
        for (int age = 0; age < 30; age++) {
            var _ = await(table.insert(List.of(entry(today.minusDays(age)))));
        }
        assertThat(retention.hasPurged()).isFalse();
        retention.round();
        assertThat(retention.hasPurged()).isTrue();
        assertThat(rows()).isEqualTo(28);
        assertThat(stores.texts("SELECT min(day)::text FROM entry_log"))
                .containsExactly(today.minusDays(27).toString());
        assertThat(stores.texts("SELECT detail FROM audit_pending WHERE kind = 'purge'"))
                .containsExactly("{\"partitions\":\"" + VisitTable.partition(today.minusDays(29)) + " "
                        + VisitTable.partition(today.minusDays(28)) + "\"}");
        assertThat(stores.number("SELECT count(*) FROM pg_class WHERE relname = '"
                        + VisitTable.partition(today.plusDays(2)) + "'"))
                .as("room for the days to come")
                .isEqualTo(1);
    }

    /** It refuses while it does so for the day before. */
    private void roundUntilRedisRewrites() {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                retention.round();
                return;
            } catch (StoreException refused) {
                assertThat(System.nanoTime() - deadlineNs).isNegative();
            }
        }
    }

    @Test
    void onDay29_streamSpoolAndAppendOnlyFile_holdNothing() throws IOException, SQLException {
        RedisOneTime oneTime = new RedisOneTime(redis, TIMEOUT, Duration.ofSeconds(25), time, StoreObserver.NONE);
        var _ = await(oneTime.connect());
        LocalDate day = retention.today();
        Instant issuedAt = time.instant().plusSeconds(1);
        Visit visit = entry(day);
        assertThat(await(oneTime.use(
                        List.of(new CheckInAttempt(visit, Optional.of(issuedAt), issuedAt.plusSeconds(25))))))
                .containsExactly(Answer.FIRST);
        var _ = await(entryWriteAheadFile.append(List.of(entry(day))));
        var _ = await(table.insert(List.of(entry(day))));
        retention.round();
        assertThat(rows()).isEqualTo(1);
        assertThat(entryWriteAheadFile.isEmpty()).isFalse();
        assertThat(stores.entriesOnTheirWay()).isEqualTo(1);
        assertThat(isInAppendOnlyFile()).isTrue();
        time.advance(Duration.ofDays(28));
        roundUntilRedisRewrites();
        assertThat(rows()).isZero();
        assertThat(stores.entriesOnTheirWay()).isZero();
        assertThat(await(entryWriteAheadFile.entries())).isEmpty();
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (isInAppendOnlyFile()) {
            assertThat(System.nanoTime() - deadlineNs)
                    .as("it is still in the file")
                    .isNegative();
            Thread.onSpinWait();
        }
        oneTime.close();
    }

    @Test
    void byAClockThatNobodyHasConfirmed_nothingIsDropped() throws SQLException {
        var _ = await(table.insert(List.of(entry(retention.today().minusDays(400)))));
        isClockRight = false;
        retention.round();
        assertThat(rows()).isEqualTo(1);
        assertThat(retention.hasPurged()).isFalse();
    }
}
