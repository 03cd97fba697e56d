package io.passgate.store.entrylog;

import static io.passgate.store.feed.ChangeFeedFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.KeyedRequest;
import io.passgate.checkin.OneTimeUse.Answer;
import io.passgate.demo.EmbeddedRedis;
import io.passgate.model.OpaqueId;
import io.passgate.store.RedisSettings;
import io.passgate.store.StoreObserver;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways of this version and of the one before at one server: what each uses the other one knows. */
final class OneTimeVersionsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime(Instant.parse("2021-07-12T03:00:00Z"));
    private final Random random = new Random(22);
    private final TestShowings doors = new TestShowings(time, random);
    private final Vertx vertx = Vertx.vertx();

    private EmbeddedRedis server;
    private Redis redis;
    private RedisOneTime current;
    private PreviousOneTimeUse previous;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        server = new EmbeddedRedis(folder.resolve("redis"), TestStores.freePort());
        server.start();
        RedisSettings settings = new RedisSettings(RedisSettings.Mode.SINGLE, List.of(server.uri()), "", "", TIMEOUT);
        redis = Redis.createClient(vertx, settings.options());
        current = new RedisOneTime(redis, TIMEOUT, Duration.ofSeconds(25), time, StoreObserver.NONE);
        var _ = await(current.connect());
        time.advance(Duration.ofSeconds(1));
        previous = new PreviousOneTimeUse(redis);
    }

    @AfterEach
    void stop() throws Exception {
        current.close();
        redis.close();
        server.close();
        await(vertx.close());
    }

    private static int count(String answers, char digit) {
        return (int) answers.chars().filter(one -> one == digit).count();
    }

    private long entryBytes() {
        long bytes = 0;
        for (int shard = 0; shard < OneTimeKeys.SHARDS; shard++) {
            var entries = await(redis.send(Request.cmd(Command.XRANGE)
                    .arg(OneTimeKeys.entries(shard))
                    .arg("-")
                    .arg("+")));
            for (var entry : entries) {
                bytes += entry.get(1).get(1).toBytes().length;
            }
        }
        return bytes;
    }

    @Test
    void racingForTheSamePasses_eachIsUsedOnce_andLoggedOnce() {
        int rounds = 50;
        int each = 32;
        int first = 0;
        int others = 0;
        long expectedBytes = 0;
        for (int round = 0; round < rounds; round++) {
            List<OpaqueId> passes = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                passes.add(doors.idIn(random.nextInt(OneTimeKeys.SHARDS)));
            }
            KeyedRequest now = doors.requestIn(random.nextInt(OneTimeKeys.SHARDS));
            List<CheckInAttempt> byCurrent = doors.showings(now, passes);
            Collections.shuffle(passes, random);
            KeyedRequest before = doors.requestIn(random.nextInt(OneTimeKeys.SHARDS));
            List<CheckInAttempt> byPrevious = doors.showings(before, passes);
            expectedBytes +=
                    (long) each * VisitCodec.encode(byCurrent.getFirst().visit()).length;
            boolean isPreviousFirst = round % 2 == 0;
            Future<String> ahead = isPreviousFirst ? previous.use(before, byPrevious) : Future.succeededFuture("");
            Future<List<Answer>> one = current.use(byCurrent);
            Future<String> two = isPreviousFirst ? ahead : previous.use(before, byPrevious);
            List<Answer> answers = await(one);
            String digits = await(two);
            int used = Collections.frequency(answers, Answer.FIRST);
            assertThat(used + count(digits, '1')).as("used, of %d", each).isEqualTo(each);
            assertThat(Collections.frequency(answers, Answer.USED) + count(digits, '0'))
                    .isEqualTo(each);
            first += used;
            others += each - used;
        }
        assertThat(first).as("there was a race").isPositive();
        assertThat(others).as("there was a race").isPositive();
        assertThat(entryBytes()).as("of what was let in, once each").isEqualTo(expectedBytes);
    }

    @Test
    void aRequestThatIsAskedAgainAtTheOther_isTheSame_andItsKeyIsTaken() {
        KeyedRequest now = doors.requestIn(3);
        List<CheckInAttempt> byCurrent = doors.showings(now, doors.oneInEachShard());
        assertThat(await(current.use(byCurrent))).containsOnly(Answer.FIRST);
        assertThat(await(previous.use(now, byCurrent))).isEqualTo("2".repeat(OneTimeKeys.SHARDS));
        KeyedRequest reusing = doors.other(now);
        assertThat(await(previous.use(reusing, doors.showings(reusing, doors.oneInEachShard()))))
                .isEqualTo("3".repeat(OneTimeKeys.SHARDS));

        KeyedRequest before = doors.requestIn(5);
        List<CheckInAttempt> byPrevious = doors.showings(before, doors.oneInEachShard());
        assertThat(await(previous.use(before, byPrevious))).isEqualTo("1".repeat(OneTimeKeys.SHARDS));
        assertThat(await(current.use(byPrevious))).containsOnly(Answer.AGAIN);
        KeyedRequest reused = doors.other(before);
        assertThat(await(current.use(doors.showings(reused, doors.oneInEachShard()))))
                .containsOnly(Answer.KEY_REUSED);
    }
}
