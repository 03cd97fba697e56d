package io.passgate.store.feed;

import static io.passgate.store.feed.FeedFixture.await;
import static io.passgate.store.feed.FeedFixture.isRevoked;
import static io.passgate.store.feed.FeedFixture.readTo;
import static io.passgate.store.feed.FeedFixture.revocation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.store.StoreException;
import io.passgate.store.changelog.ChangeEntry;
import io.passgate.store.changelog.RecordCodec;
import io.passgate.store.snapshot.SnapshotCodec;
import io.passgate.store.snapshot.SnapshotFile;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the stores lose, a gateway ends with the right lists, or says that it cannot tell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FeedFaultIT {
    private static final String STREAM = "{passgate}:changes:1";

    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private FeedFixture fixture;

    @BeforeAll
    void startServers() throws IOException {
        stores = new TestStores(folder);
    }

    @AfterAll
    void stopServers() throws IOException {
        stores.close();
    }

    @BeforeEach
    void empty() throws IOException, SQLException {
        stores.empty();
        fixture = new FeedFixture(stores);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Revokes number 1 to {@code count}, each as one change. */
    private void revokeUpTo(Feed here, int count) {
        IntStream.rangeClosed(1, count).forEach(number -> fixture.revoke(here, number));
    }

    private static void assertKnows(Feed feed, int count) {
        assertThat(feed.appliedSequence()).isEqualTo(count);
        assertThat(feed.revocations().list().size()).isEqualTo(count);
        assertThat(IntStream.rangeClosed(1, count)).allMatch(number -> isRevoked(feed, number));
        assertThat(feed.hasDiverged()).isFalse();
    }

    @Test
    void aGapInTheStream_isFilledFromPostgresql() throws IOException {
        Feed here = fixture.started();
        Feed there = fixture.started();
        revokeUpTo(here, 4);
        here.relay.round(true);
        assertThat(stores.redisCommand("XDEL", STREAM, "2-0")).isEqualTo(":1");
        assertThat(there.follower.read(Duration.ofMillis(100))).isFalse();
        assertThat(there.appliedSequence()).isOne();
        there.follower.beat();
        assertKnows(there, 4);
        assertThat(there.asOf()).contains(fixture.time.instant());
    }

    @Test
    void aTrimmedStream_isMadeUpForFromPostgresql() throws IOException {
        Feed here = fixture.started();
        Feed there = fixture.started();
        revokeUpTo(here, 6);
        here.relay.round(true);
        assertThat(stores.redisCommand("XTRIM", STREAM, "MAXLEN", "1")).isEqualTo(":5");
        assertThat(there.follower.read(Duration.ofMillis(100))).isFalse();
        there.follower.beat();
        assertKnows(there, 6);
    }

    @Test
    void aGapWhilePostgresqlIsDown_leavesTheListUnconfirmed_untilItIsBack() throws IOException, InterruptedException {
        Feed here = fixture.started();
        Feed there = fixture.started();
        revokeUpTo(here, 3);
        here.relay.round(true);
        assertThat(stores.redisCommand("XDEL", STREAM, "1-0")).isEqualTo(":1");
        stores.postgresql.kill();
        fixture.time.advance(Duration.ofMinutes(5));
        assertThat(there.follower.read(Duration.ofMillis(100))).isFalse();
        there.follower.beat();
        assertThat(there.appliedSequence()).isZero();
        assertThat(there.asOf()).contains(FeedFixture.NOON);
        assertThat(there.revocations().isDoubtful(fixture.time.instant())).isTrue();
        stores.postgresql.start();
        there.follower.beat();
        assertKnows(there, 3);
        assertThat(there.asOf()).contains(fixture.time.instant());
    }

    @Test
    void aDamagedEntry_isNotApplied_andMadeUpForFromPostgresql() throws IOException {
        Feed here = fixture.started();
        Feed there = fixture.started();
        revokeUpTo(here, 2);
        here.relay.round(true);
        readTo(there, 2);
        assertThat(stores.redisCommand("XADD", STREAM, "3-0", "c", "forged", "d", "00".repeat(32)))
                .startsWith("$");
        assertThat(there.follower.read(Duration.ofMillis(100))).isFalse();
        fixture.revoke(here, 3);
        here.relay.round(true);
        there.follower.beat();
        assertKnows(there, 3);
    }

    @Test
    void redisEmptied_isFilledAgain_andNothingIsLostOrAppliedTwice() throws IOException {
        Feed here = fixture.started();
        Feed there = fixture.started();
        revokeUpTo(here, 3);
        here.relay.round(true);
        readTo(there, 3);
        assertThat(stores.redisCommand("FLUSHALL")).isEqualTo("+OK");
        fixture.revoke(here, 4);
        here.relay.round(true);
        readTo(there, 4);
        here.relay.round(true);
        there.follower.beat();
        assertKnows(there, 4);
        assertThat(here.hasDiverged()).isFalse();
        assertKnows(fixture.started(), 4);
    }

    @Test
    void aWholeSnapshotInRedis_isTakenWhilePostgresqlIsDown_andItsFollowersAreRead()
            throws IOException, InterruptedException {
        Feed here = fixture.started();
        revokeUpTo(here, 3);
        here.relay.round(true);
        here.follower.beat();
        here.keeper.round();
        fixture.revoke(here, 4);
        here.relay.round(true);
        stores.postgresql.kill();
        Feed fresh = fixture.started();
        assertKnows(fresh, 4);
        assertThat(fresh.asOf()).contains(FeedFixture.NOON);
        stores.postgresql.start();
    }

    @Test
    void aMissingOrDamagedChunk_isNeverTaken() throws IOException, InterruptedException {
        Feed here = fixture.started();
        revokeUpTo(here, 3);
        here.relay.round(true);
        here.follower.beat();
        here.keeper.round();
        String chunk =
                "passgate:snapshot:" + here.carrier.manifest().orElseThrow().name() + ":0";
        assertThat(stores.redisCommand("SETRANGE", chunk, "60", "x")).startsWith(":");
        assertKnows(fixture.started(), 3);
        stores.postgresql.kill();
        assertThat(fixture.started().asOf())
                .as("damaged, and nobody else to ask")
                .isEmpty();
        assertThat(stores.redisCommand("DEL", chunk)).isEqualTo(":1");
        Feed withNothing = fixture.started();
        assertThat(withNothing.asOf()).isEmpty();
        assertThat(withNothing.revocations().isStale(FeedFixture.NOON)).isTrue();
        stores.postgresql.start();
        withNothing.follower.beat();
        assertKnows(withNothing, 3);
    }

    /** Puts the database back to where it was after so many changes, as a restored backup is. */
    private void restoreTo(int count) throws SQLException {
        stores.sql("DELETE FROM revocation WHERE id > " + count);
        stores.sql("UPDATE feed_head SET sequence = " + count
                + ", digest = (SELECT digest FROM feed_change WHERE sequence = " + count + ")");
        stores.sql("DELETE FROM feed_change WHERE sequence > " + count);
    }

    @Test
    void postgresqlRestoredToAnOlderState_isNotFollowed_untilSomebodyDeclaresItTheTruth() throws SQLException {
        Feed here = fixture.started();
        revokeUpTo(here, 5);
        here.relay.round(true);
        here.follower.beat();
        restoreTo(3);
        fixture.time.advance(Duration.ofSeconds(10));
        here.relay.round(true);
        here.follower.beat();
        assertThat(here.hasDiverged()).isTrue();
        assertThat(isRevoked(here, 5)).as("the newer list stays").isTrue();
        assertThat(here.asOf()).as("and grows old").contains(FeedFixture.NOON);
        assertThatThrownBy(() -> fixture.revoke(here, 9)).hasRootCauseInstanceOf(StoreException.class);

        Feed fresh = fixture.started();
        assertThat(fresh.asOf()).as("Redis knows of more").isEmpty();
        assertThat(fresh.hasDiverged()).isTrue();

        assertThat(await(here.authority().adopt())).isGreaterThan(1);
        here.relay.round(true);
        fresh.follower.beat();
        assertThat(fresh.appliedSequence()).isEqualTo(3);
        here.follower.beat();
        fixture.time.advance(Follower.JITTER);
        here.follower.beat();
        assertThat(here.revocations().list().size()).isEqualTo(3);
        assertThat(here.hasDiverged()).isFalse();
        fixture.revoke(fresh, 9);
        fresh.relay.round(true);
        readTo(here, 4);
        assertThat(isRevoked(here, 9)).isTrue();
    }

    @Test
    void aRestoredDatabaseThatHasOvertaken_isToldByItsDigest() throws SQLException, IOException {
        Feed here = fixture.started();
        revokeUpTo(here, 5);
        here.relay.round(true);
        here.follower.beat();
        restoreTo(3);
        assertThat(stores.redisCommand("FLUSHALL")).isEqualTo("+OK");
        Feed knowsNoBetter = fixture.started();
        IntStream.range(10, 14).forEach(number -> fixture.revoke(knowsNoBetter, number));
        fixture.time.advance(Duration.ofSeconds(10));
        here.follower.beat();
        assertThat(here.hasDiverged()).isTrue();
        assertThat(isRevoked(here, 5)).isTrue();
        assertThat(here.asOf()).contains(FeedFixture.NOON);
    }

    @Test
    void changesTooManyToFollow_areTakenAtOnce_atARandomMoment() throws SQLException {
        Feed here = fixture.started();
        Feed there = fixture.started();
        revokeUpTo(here, 3);
        stores.sql("DELETE FROM feed_change WHERE sequence < 3");
        there.follower.beat();
        assertThat(there.appliedSequence()).as("not at once").isZero();
        fixture.time.advance(Follower.JITTER);
        there.follower.beat();
        assertKnows(there, 3);
    }

    @Test
    void bothStoresDown_aGatewayStartsFromItsFile_andKnowsHowOldItIs() throws IOException, InterruptedException {
        Optional<Path> file =
                Optional.of(Files.createTempDirectory(folder, "file").resolve("snapshot"));
        Feed here = fixture.started(file);
        revokeUpTo(here, 3);
        here.follower.beat();
        fixture.time.advance(Duration.ofSeconds(30));
        here.follower.beat();
        here.keeper.round();
        stores.redis.kill();
        stores.postgresql.kill();
        fixture.time.advance(Duration.ofHours(1));
        Feed restarted = fixture.started(file);
        assertKnows(restarted, 3);
        assertThat(restarted.asOf()).contains(FeedFixture.NOON.plusSeconds(30));
        assertThat(fixture.started(Optional.empty()).asOf()).isEmpty();
        stores.redis.start();
        stores.postgresql.start();
        fixture.revoke(restarted, 4);
        restarted.relay.round(true);
        restarted.follower.beat();
        assertKnows(restarted, 4);
        assertThat(restarted.asOf()).contains(fixture.time.instant());
    }

    @Test
    void aDamagedFile_isNotTaken_andOneThatCannotBeWrittenIsSaid() throws IOException {
        Path file = Files.createTempDirectory(folder, "file").resolve("snapshot");
        Feed here = fixture.started(Optional.of(file));
        revokeUpTo(here, 3);
        here.follower.beat();
        here.keeper.round();
        assertThat(here.warnings()).isEmpty();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Path written = Files.write(file, bytes);
        assertThat(new SnapshotFileReader(written).read()).isEmpty();
        Path full = Files.createFile(file.resolveSibling("a-file")).resolve("snapshot");
        Feed unlucky = fixture.started(Optional.of(full));
        unlucky.keeper.round();
        assertThat(unlucky.warnings()).containsExactly("the snapshot file cannot be written");
        assertKnows(unlucky, 3);
    }

    /** Reads a file with nothing else at hand. */
    private record SnapshotFileReader(Path file) {
        Optional<SnapshotFile.Saved> read() {
            return new SnapshotFile(
                            file,
                            new SnapshotCodec(
                                    new RecordCodec(new VerificationKeys(CryptoProviders.preferred()), signer -> true)))
                    .read();
        }
    }

    @Test
    void changesMadeWhileRedisIsDown_arriveOnceByPostgresql_andAreInTheStreamLater() throws IOException {
        Feed here = fixture.started();
        Feed there = fixture.started();
        stores.redis.kill();
        revokeUpTo(here, 3);
        assertThatThrownBy(() -> here.relay.round(true)).isInstanceOf(StoreException.class);
        there.follower.beat();
        assertKnows(there, 3);
        assertThat(there.warnings()).contains("Redis is out of reach");
        stores.redis.start();
        here.relay.round(true);
        assertThat(there.follower.read(Duration.ofMillis(50))).isTrue();
        assertKnows(there, 3);
        assertThat(here.carrier.lastPublished(1)).isEqualTo(3);
        assertThat(here.carrier.read(1, 0, 10, Duration.ofMillis(50)))
                .extracting(ChangeEntry::sequence)
                .isEqualTo(List.of(1L, 2L, 3L));
        assertThat(revocation(1)).isNotNull();
    }
}
