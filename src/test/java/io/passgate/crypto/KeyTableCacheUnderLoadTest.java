package io.passgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.SignatureBatch.Decision;
import io.passgate.model.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tables under several workers, and under those who send what does not verify. */
final class KeyTableCacheUnderLoadTest {
    private static final int NARROW = 4;
    private static final int WIDE = 6;
    private static final long WIDE_BYTES = 43L * 32 * 64;
    private static final int THREADS = 4;

    private final FakeKernel kernel = new FakeKernel();
    private final List<Throwable> faults = new ArrayList<>();

    @Test
    void manyWorkers_buildEachTableOnce() throws Exception {
        List<VerificationKey> keys = ManyKeys.of(50);
        ExecutorService builder = Executors.newSingleThreadExecutor();
        KeyTableCache tables = new KeyTableCache(
                new KeyTableCache.Sizes(NARROW, WIDE, 1 << 30), kernel, builder, System::nanoTime, faults::add);
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService workers = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                all.add(workers.submit(() -> {
                    start.await();
                    for (int i = 0; i < 20_000; i++) {
                        tables.valid(keys.get(i % keys.size()), System.nanoTime());
                    }
                    return 0;
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(0);
            }
            assertThat(builder.submit(() -> "all narrow ones are built").get(20, TimeUnit.SECONDS))
                    .isNotEmpty();
            for (VerificationKey key : keys) {
                tables.valid(key, System.nanoTime());
            }
        }
        builder.shutdown();
        assertThat(builder.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(faults).isEmpty();
        assertThat(tables.figures()).isEqualTo(new KeyTableCache.Figures(0, 50, 50 * WIDE_BYTES, 100, 0));
        assertThat(kernel.built.stream().filter(window -> window == NARROW)).hasSize(50);
    }

    @Test
    void aHundredThousandInvalidSignaturesOfTwoThousandKeys_buildNoTable_andPushNoneOut() {
        List<VerificationKey> keys = ManyKeys.of(2_004);
        List<VerificationKey> known = keys.subList(2_000, 2_004);
        long[] nowNs = {0};
        KeyTableCache tables = new KeyTableCache(
                new KeyTableCache.Sizes(NARROW, WIDE, 4 * 64L * 8 * 64),
                kernel,
                Runnable::run,
                () -> nowNs[0],
                faults::add);
        known.forEach(key -> tables.valid(key, nowNs[0]));
        KeyTableCache.Figures before = tables.figures();
        assertThat(before.narrow()).isEqualTo(4);
        TableSignatureBatch batch = new TableSignatureBatch(tables, OnProvider.PREFERRED.provider(), 250);
        Random random = new Random(11);
        for (int round = 0; round < 400; round++) {
            for (int i = 0; i < 250; i++) {
                byte[] signature = new byte[64];
                if (i % 10 == 0) {
                    random.nextBytes(signature);
                }
                VerificationKey key = keys.get((round * 250 + i) % 2_000);
                assertThat(batch.hasKeyTable(key)).isFalse();
                assertThat(batch.add(key, Slice.of(signature), Slice.of(signature)))
                        .isEqualTo(i);
            }
            batch.verify();
            for (int i = 0; i < 250; i++) {
                assertThat(batch.decision(i)).isEqualTo(Decision.INVALID);
            }
            batch.clear();
            nowNs[0] += KeyTableCache.KEPT_NS;
        }
        assertThat(tables.figures()).isEqualTo(before);
        assertThat(known).allSatisfy(key -> assertThat(tables.find(key)).isNotNull());
        assertThat(tables.decidedByTable()).isZero();
        assertThat(tables.decidedByProvider()).isEqualTo(100_000);
        assertThat(faults).isEmpty();
    }
}
