package io.passgate.store.entrylog;

import static io.passgate.store.feed.ChangeFeedFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.checkin.Duplicate;
import io.passgate.checkin.DuplicateHolders.Mark;
import io.passgate.checkin.Visit;
import io.passgate.demo.EmbeddedRedis;
import io.passgate.model.OpaqueId;
import io.passgate.store.RedisCluster;
import io.passgate.store.RedisSettings;
import io.passgate.store.StoreObserver;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestStores;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holders who are seen twice, in one real server and in a real cluster, beside a map that remembers the same. */
final class RedisDuplicateHoldersIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PROVIDERS = Duration.ofMinutes(5);
    private static final Duration FACILITIES = Duration.ofMinutes(20);
    private static final int HOLDERS = 60;

    private final ManualTime time = new ManualTime(Instant.parse("2021-07-12T03:00:00Z"));
    private final Random random = new Random(22);
    private final List<AutoCloseable> opened = new ArrayList<>();

    @TempDir
    private Path folder;

    private Vertx vertx;

    /** One line for each mark, in order. */
    private static final class Reference {
        private final Map<OpaqueId, Seen> providers = new HashMap<>();
        private final Map<OpaqueId, Seen> facilities = new HashMap<>();

        private record Seen(OpaqueId entry, Instant at, String where, boolean isDuplicate) {}

        Set<Duplicate> mark(Mark mark) {
            Set<Duplicate> found = EnumSet.noneOf(Duplicate.class);
            if (isDuplicate(providers, mark, Visit::provider, PROVIDERS)) {
                found.add(Duplicate.PROVIDER);
            }
            if (isDuplicate(facilities, mark, Visit::facility, FACILITIES)) {
                found.add(Duplicate.FACILITY);
            }
            return found;
        }

        private static boolean isDuplicate(
                Map<OpaqueId, Seen> all, Mark mark, Function<Visit, String> where, Duration window) {
            Seen last = all.get(mark.name());
            Visit visit = mark.visit();
            if (last != null && last.entry.equals(visit.id())) {
                return last.isDuplicate;
            }
            boolean isDuplicate = last != null
                    && !last.where.equals(where.apply(visit))
                    && Duration.between(last.at, visit.at()).compareTo(window) <= 0;
            all.put(mark.name(), new Seen(visit.id(), visit.at(), where.apply(visit), isDuplicate));
            return isDuplicate;
        }
    }

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
        await(vertx.close());
    }

    private RedisDuplicateHolders holders(RedisSettings settings) {
        Redis redis = Redis.createClient(vertx, settings.options());
        opened.add(redis::close);
        RedisOneTime oneTime = new RedisOneTime(redis, TIMEOUT, Duration.ofSeconds(25), time, StoreObserver.NONE);
        opened.add(oneTime::close);
        var _ = await(oneTime.connect());
        return new RedisDuplicateHolders(oneTime, new RedisDuplicateHolders.Windows(PROVIDERS, FACILITIES));
    }

    private Mark mark(OpaqueId name) {
        String facility = "museum" + random.nextInt(3);
        String provider = random.nextBoolean() ? "kakao" : "naver";
        OpaqueId entry = OpaqueId.random(random);
        return new Mark(
                name, new Visit(TestShowings.DAY, entry, facility, provider, OpaqueId.random(random), time.instant()));
    }

    /** Marks of a few holders again and again, some of them by a request that is asked again. */
    private void compare(RedisDuplicateHolders holders, int... sizes) {
        List<OpaqueId> names =
                Stream.generate(() -> OpaqueId.random(random)).limit(HOLDERS).toList();
        Reference reference = new Reference();
        List<Mark> before = List.of();
        int duplicates = 0;
        for (int size : sizes) {
            List<Mark> marks = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                marks.add(mark(names.get(random.nextInt(HOLDERS))));
            }
            if (!before.isEmpty()) {
                marks.add(before.getLast());
            }
            List<Set<Duplicate>> expected = marks.stream().map(reference::mark).toList();
            List<Set<Duplicate>> answered = await(holders.mark(marks));
            assertThat(answered).as("%d marks", size).isEqualTo(expected);
            duplicates +=
                    (int) expected.stream().filter(found -> !found.isEmpty()).count();
            before = marks;
            time.advance(Duration.ofSeconds(random.nextInt(600)));
        }
        assertThat(duplicates).isPositive();
    }

    @Test
    void onOneServer_aBatchFindsWhatWasThere_andWhatItBringsItself() throws Exception {
        EmbeddedRedis server = new EmbeddedRedis(folder.resolve("redis"), TestStores.freePort());
        opened.add(server);
        server.start();
        RedisSettings settings = new RedisSettings(RedisSettings.Mode.SINGLE, List.of(server.uri()), "", "", TIMEOUT);
        compare(holders(settings), 1, 1, 2, 5, 60, 511, 512, 513, 4_000, 3, 1);
    }

    @Test
    void inACluster_eachShardIsAskedForItsOwn() throws Exception {
        RedisCluster cluster = new RedisCluster(folder, 3);
        opened.add(cluster);
        compare(holders(cluster.settings(TIMEOUT)), 1, 2, 60, 300, 3);
    }
}
