package io.passgate.bench;

import io.passgate.model.Kid;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationKey;
import io.passgate.revocation.RevocationKind;
import io.passgate.revocation.RevocationList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Look-up and change of the revocation list, beside a plain binary search over one sorted array of the hashes' first
 * halves, which knows neither scope nor expiry nor change. Run by {@code bench/run.sh revocations}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RevocationBenchmark {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant LATER = Instant.parse("2027-06-01T12:00:00Z");
    private static final Kid KID = Kid.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    private static final int ASKED = 1 << 16;
    private static final int DELTA = 1_000;

    @Param({"1000000", "10000000"})
    public int entries;

    private RevocationList list = RevocationList.empty();
    private RevocationList overlaid = RevocationList.empty();
    private long[] sorted = new long[0];
    private RevocationHash[] hits = new RevocationHash[0];
    private RevocationHash[] misses = new RevocationHash[0];
    private List<Revocation> delta = List.of();
    private int next;

    /** Fills the list with hashes as uniform as those of SHA-256, and three quarters of an overlay over it. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(7);
        sorted = random.longs(entries).toArray();
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] ^= Long.MIN_VALUE;
        }
        Arrays.parallelSort(sorted);
        RevocationList.Builder builder = RevocationList.builder();
        for (long hash : sorted) {
            builder.add(
                    RevocationKind.SIGNATURE,
                    Optional.empty(),
                    hash ^ Long.MIN_VALUE,
                    hash * 31,
                    LATER.getEpochSecond());
        }
        list = builder.build();
        hits = new RevocationHash[ASKED];
        misses = new RevocationHash[ASKED];
        for (int i = 0; i < ASKED; i++) {
            long hash = sorted[random.nextInt(entries)];
            hits[i] = new RevocationHash(hash ^ Long.MIN_VALUE, hash * 31);
            misses[i] = new RevocationHash(random.nextLong(), random.nextLong());
        }
        overlaid = list.with(fresh(random, 9_000), List.of());
        delta = fresh(random, DELTA);
    }

    private static List<Revocation> fresh(SplittableRandom random, int count) {
        List<Revocation> fresh = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RevocationHash hash = new RevocationHash(random.nextLong(), random.nextLong());
            fresh.add(new Revocation(new RevocationKey(RevocationKind.SIGNATURE, hash, Optional.empty()), LATER));
        }
        return fresh;
    }

    private RevocationHash following(RevocationHash[] of) {
        next = (next + 1) & (ASKED - 1);
        return of[next];
    }

    @Benchmark
    public boolean hit() {
        return overlaid.isRevoked(RevocationKind.SIGNATURE, following(hits), KID, NOW);
    }

    @Benchmark
    public boolean miss() {
        return overlaid.isRevoked(RevocationKind.SIGNATURE, following(misses), KID, NOW);
    }

    /** The rival: one sorted array, hits. */
    @Benchmark
    public boolean plainHit() {
        return Arrays.binarySearch(sorted, following(hits).high() ^ Long.MIN_VALUE) >= 0;
    }

    /** A change of 1,000 entries over an overlay of 9,000. */
    @Benchmark
    public RevocationList delta() {
        return overlaid.with(delta, List.of());
    }

    /** Working an overlay of 9,000 entries in, off the hot path. */
    @Benchmark
    public RevocationList merge() {
        return overlaid.merged(NOW);
    }
}
