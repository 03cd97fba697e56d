package io.passgate.store.feed;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.model.Kid;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationKey;
import io.passgate.revocation.RevocationKind;
import io.passgate.store.RedisSettings;
import io.passgate.store.StoreObserver;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Feeds over real stores whose steps a test takes one by one. */
public final class ChangeFeedFixture implements AutoCloseable {
    public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    public static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static final Kid KID = Kid.of(new byte[] {1});

    public final ManualTime time = new ManualTime(NOON);
    private final TestStores stores;
    private final Vertx vertx = Vertx.vertx();
    private final List<ChangeFeed> feeds = new ArrayList<>();

    public ChangeFeedFixture(TestStores stores) {
        this.stores = stores;
    }

    /** A feed that does nothing by itself. */
    ChangeFeed feed(Optional<Path> snapshotFile) {
        return feed(snapshotFile, stores.redisSettings());
    }

    public ChangeFeed feed(Optional<Path> snapshotFile, RedisSettings redis) {
        ChangeFeed changeFeed = new ChangeFeed(
                new ChangeFeed.Settings(
                        stores.database(),
                        redis,
                        snapshotFile,
                        new ChangeFeed.Ages(
                                Duration.ofHours(1), Duration.ofHours(72), Duration.ofMinutes(5), Duration.ofHours(24)),
                        Duration.ofDays(3_650),
                        Duration.ofDays(3_650)),
                new ChangeFeed.Surroundings(
                        vertx,
                        new VerificationKeys(CryptoProviders.preferred()),
                        signer -> true,
                        time,
                        new Random(7),
                        StoreObserver.NONE));
        feeds.add(changeFeed);
        return changeFeed;
    }

    /** A feed that has taken what there is. */
    public ChangeFeed started() {
        return started(Optional.empty());
    }

    ChangeFeed started(Optional<Path> snapshotFile) {
        ChangeFeed changeFeed = feed(snapshotFile);
        changeFeed.changeFeedConsumer.start();
        changeFeed.changeFeedConsumer.beat();
        return changeFeed;
    }

    /** Has the gateway look once at the stream and at how far the database is. */
    public static void beat(ChangeFeed changeFeed) {
        changeFeed.changeFeedConsumer.beat();
    }

    public static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    static Revocation revocation(int number) {
        RevocationHash hash = new RevocationHash(0x9e37_79b9_7f4a_7c15L * (number + 1), number);
        return new Revocation(new RevocationKey(RevocationKind.SIGNATURE, hash, Optional.empty()), LATER);
    }

    static ClientToken grant(String name) {
        return new ClientToken(TokenHash.ofToken("token of " + name), new Client(name, Role.FACILITY, LATER));
    }

    /** Revokes one entry, as one change, and returns its id. */
    public long revoke(ChangeFeed at, int number) {
        return await(at.authority().addRevocations(List.of(revocation(number)))).getFirst();
    }

    public static boolean isRevoked(ChangeFeed at, int number) {
        RevocationKey key = revocation(number).key();
        return at.revocations().list().isRevoked(key.kind(), key.hash(), KID, NOON);
    }

    /** Reads the stream until a change has been applied. */
    public static void readTo(ChangeFeed changeFeed, long sequence) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (changeFeed.appliedSequence() < sequence) {
            if (!changeFeed.changeFeedConsumer.read(Duration.ofMillis(100)) || System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("at " + changeFeed.appliedSequence() + ", not " + sequence);
            }
        }
    }

    @Override
    public void close() {
        feeds.forEach(ChangeFeed::close);
        var _ = await(vertx.close());
    }
}
