package io.passgate.store.feed;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.store.StoreObserver;
import io.passgate.testing.TestStores;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;

/** How long large lists take to load, and what heap they take. */
public final class LargeLists {
    private static final double MEBI = 1 << 20;
    private static final double NANOS = 1e9;

    private LargeLists() {}

    /** Fills the database with so many revocations, and prints what loading them costs. */
    public static void measure(TestStores stores, Path folder, int entries, PrintStream out) throws SQLException {
        out.printf("filling PostgreSQL with %,d revocations%n", entries);
        stores.sql("INSERT INTO revocation (hash, kind, kid, expires_at)"
                + " SELECT substring(sha256(('n' || i)::bytea) FOR 16), 0, '', '2030-01-01T00:00:00Z'"
                + " FROM generate_series(1, " + entries + ") AS i ON CONFLICT DO NOTHING");
        Path file = folder.resolve("snapshot");
        Vertx vertx = Vertx.vertx();
        ChangeFeed loaded = feed(stores, vertx, file);
        report(out, "from PostgreSQL", entries, loaded.changeFeedConsumer::beat, loaded);
        report(out, "to Redis and the file", entries, loaded.upkeep::round, loaded);
        ChangeFeed fromFile = feed(stores, vertx, file);
        report(out, "from the file", entries, fromFile.changeFeedConsumer::start, fromFile);
        loaded.close();
        fromFile.close();
        var _ = vertx.close();
    }

    private static ChangeFeed feed(TestStores stores, Vertx vertx, Path file) {
        Duration age = Duration.ofDays(1);
        return new ChangeFeed(
                new ChangeFeed.Settings(
                        stores.database(),
                        stores.redisSettings(),
                        Optional.of(file),
                        new ChangeFeed.Ages(age, age, age, age),
                        age,
                        age),
                new ChangeFeed.Surroundings(
                        vertx,
                        new VerificationKeys(CryptoProviders.preferred()),
                        signer -> true,
                        InstantSource.system(),
                        new Random(7),
                        StoreObserver.NONE));
    }

    private static void report(PrintStream out, String what, int entries, Runnable work, ChangeFeed changeFeed) {
        long before = settledHeap();
        long startedNs = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - startedNs) / NANOS;
        long after = settledHeap();
        out.printf(
                "%-22s %,d entries, %.1f s, heap after collection %+.0f MiB%n",
                what, changeFeed.revocations().list().size(), seconds, (after - before) / MEBI);
        if (changeFeed.revocations().list().size() < entries) {
            throw new AssertionError("not all were loaded");
        }
    }

    private static long settledHeap() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                .sum();
    }
}
