package io.passgate.store.entrylog;

import static io.passgate.store.feed.ChangeFeedFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.KeyedRequest;
import io.passgate.checkin.OneTimeUse.Answer;
import io.passgate.checkin.Visit;
import io.passgate.model.OpaqueId;
import io.passgate.sizing.MeasuredFigures;
import io.passgate.store.StoreObserver;
import io.passgate.testing.TestStores;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.redis.client.Redis;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes that sizing reckons with are those that a visit takes in a real PostgreSQL and a real Redis. */
final class EntryFootprintIT {
    private static final Percentage TOLERANCE = Percentage.withPercentage(15);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int ROWS = 200_000;
    private static final int ROWS_AT_ONCE = 256;
    private static final int PASSES = 20_000;
    private static final List<String> PROVIDERS = List.of("kakao", "naver", "toss", "pass", "coov", Visit.WALLET);

    private final MeasuredFigures figures = MeasuredFigures.ofThisRelease();
    private final Random random = new Random(23);
    private final Instant now = Instant.now();
    private final LocalDate day = LocalDate.of(2021, 12, 13);

    @TempDir
    private Path folder;

    private Vertx vertx;
    private TestStores stores;
    private Pool pool;
    private Redis redis;

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
    }

    @AfterEach
    void stop() throws IOException {
        redis.close();
        await(pool.close());
        await(vertx.close());
        stores.close();
    }

    /** Facilities have names of 16 characters. */
    private Visit visit() {
        return new Visit(
                day,
                OpaqueId.random(random),
                "seoul-cafe-%05d".formatted(random.nextInt(100_000)),
                PROVIDERS.get(random.nextInt(PROVIDERS.size())),
                OpaqueId.random(random),
                now.plusMillis(random.nextInt(1_000)));
    }

    private long walBytes() throws SQLException {
        return stores.number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
    }

    @Test
    void aVisitInPostgresql_takesTheBytesThatSizingReckonsWith() throws SQLException {
        VisitTable table = new VisitTable(pool);
        var _ = await(table.makePartitions(List.of(day)));
        long walBefore = walBytes();
        for (int written = 0; written < ROWS; written += ROWS_AT_ONCE) {
            List<Visit> visits = new ArrayList<>();
            for (int i = 0; i < Math.min(ROWS_AT_ONCE, ROWS - written); i++) {
                visits.add(visit());
            }
            var _ = await(table.insert(visits));
        }
        long wal = walBytes() - walBefore;
        assertThat(stores.number("SELECT count(*) FROM entry_log")).isEqualTo(ROWS);
        String partition = "'" + VisitTable.partition(day) + "'";
        long indexes = stores.number("SELECT pg_indexes_size(" + partition + ")");
        long all = stores.number("SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('entry_log')");
        assertThat(all)
                .as("of rows and indexes")
                .isCloseTo(ROWS * (figures.visit().rowBytes() + figures.visit().indexBytes()), TOLERANCE);
        assertThat(indexes).as("of indexes").isCloseTo(ROWS * figures.visit().indexBytes(), TOLERANCE);
        assertThat(wal)
                .as("of the write-ahead log")
                .isCloseTo(ROWS * figures.visit().walBytes(), TOLERANCE);
    }

    private long usedMemory() throws IOException {
        return TestStores.redisAnswer(stores.redis.port(), "INFO memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.split(":", 2)[1].strip()))
                .findFirst()
                .orElseThrow();
    }

    private CheckInAttempt attempt(boolean isKeyed) {
        Instant until = now.plus(Duration.ofHours(1));
        Optional<KeyedRequest> request = isKeyed
                ? Optional.of(new KeyedRequest(OpaqueId.random(random), OpaqueId.random(random), until))
                : Optional.empty();
        return new CheckInAttempt(visit(), Optional.empty(), until, request);
    }

    private void use(RedisOneTime oneTime, boolean isKeyed) {
        for (int used = 0; used < PASSES; used++) {
            assertThat(await(oneTime.use(List.of(attempt(isKeyed))))).containsExactly(Answer.FIRST);
        }
    }

    @Test
    void aPass_aRequest_andAVisitThatWaits_takeTheMemoryThatSizingReckonsWith() throws IOException {
        RedisOneTime oneTime =
                new RedisOneTime(redis, TIMEOUT, Duration.ofSeconds(25), InstantSource.system(), StoreObserver.NONE);
        var _ = await(oneTime.connect());
        use(oneTime, false);
        stores.redisCommand("FLUSHALL");
        long empty = usedMemory();
        use(oneTime, false);
        long withStreams = usedMemory();
        for (int shard = 0; shard < OneTimeKeys.SHARDS; shard++) {
            stores.redisCommand("DEL", OneTimeKeys.entries(shard));
        }
        long withoutStreams = usedMemory();
        use(oneTime, true);
        for (int shard = 0; shard < OneTimeKeys.SHARDS; shard++) {
            stores.redisCommand("DEL", OneTimeKeys.entries(shard));
        }
        long keyed = usedMemory();
        long used = withoutStreams - empty;
        long waiting = withStreams - withoutStreams;
        long requests = keyed - withoutStreams - used;
        assertThat(used).as("of used passes").isCloseTo(PASSES * figures.redis().usedPassBytes(), TOLERANCE);
        assertThat(waiting).as("of visits").isCloseTo(PASSES * figures.redis().waitingVisitBytes(), TOLERANCE);
        assertThat(requests)
                .as("of requests")
                .isCloseTo(PASSES * figures.redis().requestBytes(), TOLERANCE);
        oneTime.close();
    }
}
