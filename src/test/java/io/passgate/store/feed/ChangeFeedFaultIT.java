package io.passgate.store.feed;

import static io.passgate.store.feed.ChangeFeedFixture.await;
import static io.passgate.store.feed.ChangeFeedFixture.isRevoked;
import static io.passgate.store.feed.ChangeFeedFixture.readTo;
import static io.passgate.store.feed.ChangeFeedFixture.revocation;
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
final class ChangeFeedFaultIT {
    private static final String STREAM = "{passgate}:changes:1";

    @TempDir
    private static Path folder = Path.of("");

    private TestStores stores;
    private ChangeFeedFixture fixture;

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
        fixture = new ChangeFeedFixture(stores);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Revokes number 1 to {@code count}, each as one change. */
    private void revokeUpTo(ChangeFeed here, int count) {
        IntStream.rangeClosed(1, count).forEach(number -> fixture.revoke(here, number));
    }

    private static void assertKnows(ChangeFeed changeFeed, int count) {
        assertThat(changeFeed.appliedSequence()).isEqualTo(count);
        assertThat(changeFeed.revocations().list().size()).isEqualTo(count);
        assertThat(IntStream.rangeClosed(1, count)).allMatch(number -> isRevoked(changeFeed, number));
        assertThat(changeFeed.hasDiverged()).isFalse();
    }

    @Test
    void aGapInTheStream_isFilledFromPostgresql() throws IOException {
        ChangeFeed here = fixture.started();
        ChangeFeed there = fixture.started();
        revokeUpTo(here, 4);
        here.outboxRelay.round(true);
        assertThat(stores.redisCommand("XDEL", STREAM, "2-0")).isEqualTo(":1");
        assertThat(there.changeFeedConsumer.read(Duration.ofMillis(100))).isFalse();
        assertThat(there.appliedSequence()).isOne();
        there.changeFeedConsumer.beat();
        assertKnows(there, 4);
        assertThat(there.asOf()).contains(fixture.time.instant());
    }

    @Test
    void aTrimmedStream_isMadeUpForFromPostgresql() throws IOException {
        ChangeFeed here = fixture.started();
        ChangeFeed there = fixture.started();
        revokeUpTo(here, 6);
        here.outboxRelay.round(true);
        assertThat(stores.redisCommand("XTRIM", STREAM, "MAXLEN", "1")).isEqualTo(":5");
        assertThat(there.changeFeedConsumer.read(Duration.ofMillis(100))).isFalse();
        there.changeFeedConsumer.beat();
        assertKnows(there, 6);
    }

    @Test
    void aGapWhilePostgresqlIsDown_leavesTheListUnconfirmed_untilItIsBack() throws IOException, InterruptedException {
        ChangeFeed here = fixture.started();
        ChangeFeed there = fixture.started();
        revokeUpTo(here, 3);
        here.outboxRelay.round(true);
        assertThat(stores.redisCommand("XDEL", STREAM, "1-0")).isEqualTo(":1");
        stores.postgresql.kill();
        fixture.time.advance(Duration.ofMinutes(5));
        assertThat(there.changeFeedConsumer.read(Duration.ofMillis(100))).isFalse();
        there.changeFeedConsumer.beat();
        assertThat(there.appliedSequence()).isZero();
        assertThat(there.asOf()).contains(ChangeFeedFixture.NOON);
        assertThat(there.revocations().isDoubtful(fixture.time.instant())).isTrue();
        stores.postgresql.start();
        there.changeFeedConsumer.beat();
        assertKnows(there, 3);
        assertThat(there.asOf()).contains(fixture.time.instant());
    }

    @Test
    void aDamagedEntry_isNotApplied_andMadeUpForFromPostgresql() throws IOException {
        ChangeFeed here = fixture.started();
        ChangeFeed there = fixture.started();
        revokeUpTo(here, 2);
        here.outboxRelay.round(true);
        readTo(there, 2);
        assertThat(stores.redisCommand("XADD", STREAM, "3-0", "c", "forged", "d", "00".repeat(32)))
                .startsWith("$");
        assertThat(there.changeFeedConsumer.read(Duration.ofMillis(100))).isFalse();
        fixture.revoke(here, 3);
        here.outboxRelay.round(true);
        there.changeFeedConsumer.beat();
        assertKnows(there, 3);
    }

    @Test
    void redisEmptied_isFilledAgain_andNothingIsLostOrAppliedTwice() throws IOException {
        ChangeFeed here = fixture.started();
        ChangeFeed there = fixture.started();
        revokeUpTo(here, 3);
        here.outboxRelay.round(true);
        readTo(there, 3);
        assertThat(stores.redisCommand("FLUSHALL")).isEqualTo("+OK");
        fixture.revoke(here, 4);
        here.outboxRelay.round(true);
        readTo(there, 4);
        here.outboxRelay.round(true);
        there.changeFeedConsumer.beat();
        assertKnows(there, 4);
        assertThat(here.hasDiverged()).isFalse();
        assertKnows(fixture.started(), 4);
    }

    @Test
    void aWholeSnapshotInRedis_isTakenWhilePostgresqlIsDown_andItsFollowersAreRead()
            throws IOException, InterruptedException {
        ChangeFeed here = fixture.started();
        revokeUpTo(here, 3);
        here.outboxRelay.round(true);
        here.changeFeedConsumer.beat();
        here.upkeep.round();
        fixture.revoke(here, 4);
        here.outboxRelay.round(true);
        stores.postgresql.kill();
        ChangeFeed fresh = fixture.started();
        assertKnows(fresh, 4);
        assertThat(fresh.asOf()).contains(ChangeFeedFixture.NOON);
        stores.postgresql.start();
    }

    @Test
    void aMissingOrDamagedChunk_isNeverTaken() throws IOException, InterruptedException {
        ChangeFeed here = fixture.started();
        revokeUpTo(here, 3);
        here.outboxRelay.round(true);
        here.changeFeedConsumer.beat();
        here.upkeep.round();
        String chunk = "passgate:snapshot:"
                + here.redisChangeStream.manifest().orElseThrow().name() + ":0";
        assertThat(stores.redisCommand("SETRANGE", chunk, "60", "x")).startsWith(":");
        assertKnows(fixture.started(), 3);
        stores.postgresql.kill();
        assertThat(fixture.started().asOf())
                .as("damaged, and nobody else to ask")
                .isEmpty();
        assertThat(stores.redisCommand("DEL", chunk)).isEqualTo(":1");
        ChangeFeed withNothing = fixture.started();
        assertThat(withNothing.asOf()).isEmpty();
        assertThat(withNothing.revocations().isStale(ChangeFeedFixture.NOON)).isTrue();
        stores.postgresql.start();
        withNothing.changeFeedConsumer.beat();
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
        ChangeFeed here = fixture.started();
        revokeUpTo(here, 5);
        here.outboxRelay.round(true);
        here.changeFeedConsumer.beat();
        restoreTo(3);
        fixture.time.advance(Duration.ofSeconds(10));
        here.outboxRelay.round(true);
        here.changeFeedConsumer.beat();
        assertThat(here.hasDiverged()).isTrue();
        assertThat(isRevoked(here, 5)).as("the newer list stays").isTrue();
        assertThat(here.asOf()).as("and grows old").contains(ChangeFeedFixture.NOON);
        assertThatThrownBy(() -> fixture.revoke(here, 9)).hasRootCauseInstanceOf(StoreException.class);

        ChangeFeed fresh = fixture.started();
        assertThat(fresh.asOf()).as("Redis knows of more").isEmpty();
        assertThat(fresh.hasDiverged()).isTrue();

        assertThat(await(here.authority().adopt())).isGreaterThan(1);
        here.outboxRelay.round(true);
        fresh.changeFeedConsumer.beat();
        assertThat(fresh.appliedSequence()).isEqualTo(3);
        here.changeFeedConsumer.beat();
        fixture.time.advance(ChangeFeedConsumer.JITTER);
        here.changeFeedConsumer.beat();
        assertThat(here.revocations().list().size()).isEqualTo(3);
        assertThat(here.hasDiverged()).isFalse();
        fixture.revoke(fresh, 9);
        fresh.outboxRelay.round(true);
        readTo(here, 4);
        assertThat(isRevoked(here, 9)).isTrue();
    }

    @Test
    void aRestoredDatabaseThatHasOvertaken_isToldByItsDigest() throws SQLException, IOException {
        ChangeFeed here = fixture.started();
        revokeUpTo(here, 5);
        here.outboxRelay.round(true);
        here.changeFeedConsumer.beat();
        restoreTo(3);
        assertThat(stores.redisCommand("FLUSHALL")).isEqualTo("+OK");
        ChangeFeed knowsNoBetter = fixture.started();
        IntStream.range(10, 14).forEach(number -> fixture.revoke(knowsNoBetter, number));
        fixture.time.advance(Duration.ofSeconds(10));
        here.changeFeedConsumer.beat();
        assertThat(here.hasDiverged()).isTrue();
        assertThat(isRevoked(here, 5)).isTrue();
        assertThat(here.asOf()).contains(ChangeFeedFixture.NOON);
    }

    @Test
    void changesTooManyToFollow_areTakenAtOnce_atARandomMoment() throws SQLException {
        ChangeFeed here = fixture.started();
        ChangeFeed there = fixture.started();
        revokeUpTo(here, 3);
        stores.sql("DELETE FROM feed_change WHERE sequence < 3");
        there.changeFeedConsumer.beat();
        assertThat(there.appliedSequence()).as("not at once").isZero();
        fixture.time.advance(ChangeFeedConsumer.JITTER);
        there.changeFeedConsumer.beat();
        assertKnows(there, 3);
    }

    @Test
    void bothStoresDown_aGatewayStartsFromItsFile_andKnowsHowOldItIs() throws IOException, InterruptedException {
        Optional<Path> file =
                Optional.of(Files.createTempDirectory(folder, "file").resolve("snapshot"));
        ChangeFeed here = fixture.started(file);
        revokeUpTo(here, 3);
        here.changeFeedConsumer.beat();
        fixture.time.advance(Duration.ofSeconds(30));
        here.changeFeedConsumer.beat();
        here.upkeep.round();
        stores.redis.kill();
        stores.postgresql.kill();
        fixture.time.advance(Duration.ofHours(1));
        ChangeFeed restarted = fixture.started(file);
        assertKnows(restarted, 3);
        assertThat(restarted.asOf()).contains(ChangeFeedFixture.NOON.plusSeconds(30));
        assertThat(fixture.started(Optional.empty()).asOf()).isEmpty();
        stores.redis.start();
        stores.postgresql.start();
        fixture.revoke(restarted, 4);
        restarted.outboxRelay.round(true);
        restarted.changeFeedConsumer.beat();
        assertKnows(restarted, 4);
        assertThat(restarted.asOf()).contains(fixture.time.instant());
    }

    @Test
    void aDamagedFile_isNotTaken_andOneThatCannotBeWrittenIsSaid() throws IOException {
        Path file = Files.createTempDirectory(folder, "file").resolve("snapshot");
        ChangeFeed here = fixture.started(Optional.of(file));
        revokeUpTo(here, 3);
        here.changeFeedConsumer.beat();
        here.upkeep.round();
        assertThat(here.warnings()).isEmpty();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Path written = Files.write(file, bytes);
        assertThat(new SnapshotFileReader(written).read()).isEmpty();
        Path full = Files.createFile(file.resolveSibling("a-file")).resolve("snapshot");
        ChangeFeed unlucky = fixture.started(Optional.of(full));
        unlucky.upkeep.round();
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
        ChangeFeed here = fixture.started();
        ChangeFeed there = fixture.started();
        stores.redis.kill();
        revokeUpTo(here, 3);
        assertThatThrownBy(() -> here.outboxRelay.round(true)).isInstanceOf(StoreException.class);
        there.changeFeedConsumer.beat();
        assertKnows(there, 3);
        assertThat(there.warnings()).contains("Redis is out of reach");
        stores.redis.start();
        here.outboxRelay.round(true);
        assertThat(there.changeFeedConsumer.read(Duration.ofMillis(50))).isTrue();
        assertKnows(there, 3);
        assertThat(here.redisChangeStream.lastPublished(1)).isEqualTo(3);
        assertThat(here.redisChangeStream.read(1, 0, 10, Duration.ofMillis(50)))
                .extracting(ChangeEntry::sequence)
                .isEqualTo(List.of(1L, 2L, 3L));
        assertThat(revocation(1)).isNotNull();
    }
}
