package io.passgate.store.entrylog;

import static io.passgate.store.feed.ChangeFeedFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.checkin.CheckInAttempt;
import io.passgate.checkin.KeyedRequest;
import io.passgate.checkin.OneTimeUse.Answer;
import io.passgate.checkin.Visit;
import io.passgate.demo.EmbeddedRedis;
import io.passgate.model.OpaqueId;
import io.passgate.store.RedisCluster;
import io.passgate.store.RedisSettings;
import io.passgate.store.StoreObserver;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which showings are used, and which keys are taken, in one real server and in a real cluster. */
final class RedisOneTimeIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PASS_LIFE = Duration.ofSeconds(25);

    private final ManualTime time = new ManualTime(Instant.parse("2021-07-12T03:00:00Z"));
    private final TestShowings doors = new TestShowings(time, new Random(18));
    private final List<AutoCloseable> opened = new ArrayList<>();

    @TempDir
    private Path folder;

    private Vertx vertx;
    /** Of the one server. */
    private URI oneServer = URI.create("redis://127.0.0.1");

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

    private RedisOneTime oneTime(RedisSettings settings) {
        Redis redis = Redis.createClient(vertx, settings.options());
        opened.add(redis::close);
        RedisOneTime oneTime = new RedisOneTime(redis, TIMEOUT, PASS_LIFE, time, StoreObserver.NONE);
        opened.add(oneTime::close);
        var _ = await(oneTime.connect());
        time.advance(Duration.ofSeconds(1));
        return oneTime;
    }

    private RedisOneTime onOneServer() throws IOException {
        EmbeddedRedis server = new EmbeddedRedis(folder.resolve("redis"), TestStores.freePort());
        opened.add(server);
        server.start();
        URI uri = server.uri();
        oneServer = uri;
        return oneTime(new RedisSettings(RedisSettings.Mode.SINGLE, List.of(uri), "", "", TIMEOUT));
    }

    private RedisCluster cluster(int size) throws IOException {
        RedisCluster cluster = new RedisCluster(folder, size);
        opened.add(cluster);
        return cluster;
    }

    private static List<Answer> use(RedisOneTime oneTime, List<CheckInAttempt> showings) {
        return List.copyOf(await(oneTime.use(showings)));
    }

    @Test
    void onOneServer_aReusedKeyUsesNothingUp_inAnyShard() throws IOException {
        RedisOneTime oneTime = onOneServer();
        for (int shard = 0; shard < OneTimeKeys.SHARDS; shard++) {
            KeyedRequest first = doors.requestIn(shard);
            List<OpaqueId> passes = doors.oneInEachShard();
            List<CheckInAttempt> one = doors.showings(first, passes.subList(shard, shard + 1));
            assertThat(use(oneTime, one)).containsExactly(Answer.FIRST);
            assertThat(use(oneTime, doors.showings(doors.other(first), passes)))
                    .hasSize(OneTimeKeys.SHARDS)
                    .containsOnly(Answer.KEY_REUSED);
            assertThat(use(oneTime, one)).containsExactly(Answer.AGAIN);
            assertThat(use(oneTime, doors.showings(doors.requestIn(0), passes)))
                    .containsOnlyOnce(Answer.USED)
                    .filteredOn(Answer.FIRST::equals)
                    .hasSize(OneTimeKeys.SHARDS - 1);
        }
    }

    private Future<Response> ask(Request request) {
        Redis redis = Redis.createClient(vertx, oneServer.toString());
        return redis.send(request).onComplete(done -> redis.close());
    }

    /** How often the server has run a command. */
    private int calls(String command) {
        String counted =
                await(ask(Request.cmd(Command.INFO).arg("commandstats"))).toString();
        Matcher matcher =
                Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(counted);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    @Test
    void onOneServer_theShardsOfARequestShareScripts_whichAreSentByTheirDigests() throws IOException {
        RedisOneTime oneTime = onOneServer();
        assertThat(use(oneTime, doors.showings(doors.requestIn(1), doors.oneInEachShard())))
                .containsOnly(Answer.FIRST);
        int shas = calls("evalsha");
        int texts = calls("eval");
        assertThat(use(oneTime, doors.showings(doors.requestIn(1), doors.oneInEachShard())))
                .containsOnly(Answer.FIRST);
        assertThat(calls("evalsha") - shas).as("scripts of 16 shards").isEqualTo(2);
        assertThat(calls("eval")).as("texts").isEqualTo(texts);
    }

    @Test
    void aServerThatHasForgottenTheScripts_isSentThemAgain() throws IOException {
        RedisOneTime oneTime = onOneServer();
        KeyedRequest request = doors.requestIn(1);
        List<CheckInAttempt> showings = doors.showings(request, doors.oneInEachShard());
        assertThat(use(oneTime, showings)).containsOnly(Answer.FIRST);
        int texts = calls("eval");
        var _ = await(ask(Request.cmd(Command.SCRIPT).arg("FLUSH")));
        assertThat(use(oneTime, showings)).containsOnly(Answer.AGAIN);
        assertThat(calls("eval")).as("texts").isGreaterThan(texts);
        assertThat(use(oneTime, doors.showings(doors.requestIn(2), doors.oneInEachShard())))
                .containsOnly(Answer.FIRST);
    }

    @Test
    void requestsThatGoTogether_areToldApart() throws IOException {
        RedisOneTime oneTime = onOneServer();
        KeyedRequest first = doors.requestIn(3);
        KeyedRequest reusing = doors.other(first);
        KeyedRequest third = doors.requestIn(4);
        List<OpaqueId> passes = List.of(doors.idIn(5), doors.idIn(5), doors.idIn(5), doors.idIn(5));
        List<CheckInAttempt> ofTheFirst = doors.showings(first, passes.subList(0, 2));
        List<CheckInAttempt> together = new ArrayList<>(ofTheFirst);
        together.addAll(doors.showings(reusing, passes.subList(1, 3)));
        together.addAll(doors.showings(third, passes.subList(2, 4)));
        together.addAll(ofTheFirst);
        Visit alone = new Visit(TestShowings.DAY, doors.random(), "museum", "kakao", passes.get(3), time.instant());
        together.add(new CheckInAttempt(
                alone, Optional.of(time.instant()), time.instant().plusSeconds(25)));
        assertThat(use(oneTime, together))
                .containsExactly(
                        Answer.FIRST,
                        Answer.FIRST,
                        Answer.KEY_REUSED,
                        Answer.KEY_REUSED,
                        Answer.FIRST,
                        Answer.FIRST,
                        Answer.AGAIN,
                        Answer.AGAIN,
                        Answer.USED);
    }

    @Test
    void inACluster_aReusedKeyIsFound_whereverItsRecordLies_andNoPassIsUsedTwice() throws IOException {
        RedisOneTime oneTime = oneTime(cluster(3).settings(TIMEOUT));
        for (int shard = 0; shard < OneTimeKeys.SHARDS; shard++) {
            KeyedRequest first = doors.requestIn(shard);
            List<OpaqueId> passes = doors.oneInEachShard();
            int elsewhere = (shard + 5) % OneTimeKeys.SHARDS;
            List<CheckInAttempt> one = doors.showings(first, List.of(passes.get(elsewhere)));
            assertThat(use(oneTime, one)).as("its record is in no pass's shard").containsExactly(Answer.FIRST);
            assertThat(use(oneTime, one)).containsExactly(Answer.AGAIN);
            OpaqueId other = passes.get((shard + 6) % OneTimeKeys.SHARDS);
            assertThat(use(oneTime, doors.showings(doors.other(first), List.of(other))))
                    .containsExactly(Answer.KEY_REUSED);
            assertThat(use(oneTime, doors.showings(doors.other(first), passes)))
                    .as("in each shard")
                    .contains(Answer.KEY_REUSED);
            OpaqueId beside = doors.idIn(shard);
            assertThat(use(oneTime, doors.showings(doors.other(first), List.of(beside))))
                    .containsExactly(Answer.KEY_REUSED);
            assertThat(use(oneTime, doors.showings(doors.requestIn(shard), List.of(beside, passes.get(shard)))))
                    .as("where the key is known nothing was used up")
                    .containsExactly(Answer.FIRST, Answer.FIRST);
            assertThat(use(oneTime, doors.showings(doors.requestIn(shard), List.of(passes.get(elsewhere)))))
                    .containsExactly(Answer.USED);
            assertThat(use(oneTime, one)).as("the first request").containsExactly(Answer.AGAIN);
        }
    }

    @Test
    void aNodeOfACluster_reachedByItself_isKnownForWhatItIs() throws IOException {
        URI node = cluster(1).nodes().getFirst().uri();
        RedisOneTime oneTime = oneTime(new RedisSettings(RedisSettings.Mode.SINGLE, List.of(node), "", "", TIMEOUT));
        KeyedRequest request = doors.requestIn(2);
        assertThat(use(oneTime, doors.showings(request, doors.oneInEachShard())))
                .containsOnly(Answer.FIRST);
        assertThat(use(oneTime, doors.showings(doors.other(request), List.of(doors.idIn(9)))))
                .containsExactly(Answer.KEY_REUSED);
    }
}
