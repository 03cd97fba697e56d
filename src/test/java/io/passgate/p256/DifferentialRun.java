package io.passgate.p256;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Compares decisions with BouncyCastle's on inputs of every {@link InputKind}, in batches of 1 to 300 that mix kinds,
 * keys and windows. The inputs come in shards: seed and shard fix them, however many threads there are.
 */
public final class DifferentialRun {
    private static final int SHARD = 1_024;
    private static final int LARGEST_BATCH = 300;
    private static final int SMALL_BATCH = 17;

    private final List<KernelUnderTest> subjects;
    private final KeyRing ring;
    private final long seed;

    DifferentialRun(List<KernelUnderTest> subjects, int generatorWindow, long seed) {
        this.subjects = subjects;
        this.ring = KeyRing.make(generatorWindow, new SplittableRandom(seed));
        this.seed = seed;
    }

    /** A run over all kernels that this machine has. */
    public static DifferentialRun overKernels(long seed) {
        List<KernelUnderTest> kernels =
                KernelSubject.kernels().<KernelUnderTest>map(KernelSubject::new).toList();
        return new DifferentialRun(kernels, Kernel.GENERATOR_WINDOW_BITS, seed);
    }

    /**
     * Decides on at least so many inputs.
     *
     * @param progress told of the report so far after each shard, by one thread at a time
     */
    public DifferentialReport run(long inputs, int threads, Consumer<DifferentialReport> progress)
            throws InterruptedException {
        DifferentialReport total = new DifferentialReport(seed);
        long shards = (inputs + SHARD - 1) / SHARD;
        AtomicLong next = new AtomicLong();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Callable<Boolean>> loops = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                loops.add(() -> {
                    Worker worker = new Worker();
                    for (long shard = next.getAndIncrement(); shard < shards; shard = next.getAndIncrement()) {
                        DifferentialReport one = worker.run(shard);
                        synchronized (total) {
                            total.add(one);
                            progress.accept(total);
                        }
                    }
                    return true;
                });
            }
            for (Future<Boolean> loop : workers.invokeAll(loops)) {
                finish(loop);
            }
        }
        return total;
    }

    private static void finish(Future<Boolean> loop) throws InterruptedException {
        try {
            var _ = loop.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("a decision threw", failed.getCause());
        }
    }

    /** One thread's deciders. */
    private final class Worker {
        private final List<KernelUnderTest.Decider> deciders = subjects.stream()
                .map(kernelUnderTest -> kernelUnderTest.decider(LARGEST_BATCH))
                .toList();

        DifferentialReport run(long shard) {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + shard);
            InputSource source = new InputSource(ring, random);
            DifferentialReport report = new DifferentialReport(seed);
            long[] before = deciders.stream()
                    .mapToLong(KernelUnderTest.Decider::exceptionalAdditions)
                    .toArray();
            for (int left = SHARD; left > 0; ) {
                int size = Math.min(left, batchSize(random));
                List<Input> batch = new ArrayList<>(size);
                for (int i = 0; i < size; i++) {
                    batch.add(source.next());
                }
                compare(batch, "shard %d, batch of %d".formatted(shard, size), report);
                left -= size;
            }
            for (int i = 0; i < before.length; i++) {
                report.exceptional(subjects.get(i).name(), deciders.get(i).exceptionalAdditions() - before[i]);
            }
            return report;
        }

        private void compare(List<Input> batch, String where, DifferentialReport report) {
            boolean[] expected = new boolean[batch.size()];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = batch.get(i).isValid();
                report.input(batch.get(i).kind(), expected[i]);
            }
            report.batch();
            for (int s = 0; s < deciders.size(); s++) {
                boolean[] decided = deciders.get(s).decide(batch);
                for (int i = 0; i < expected.length; i++) {
                    if (decided[i] != expected[i]) {
                        report.mismatch(
                                subjects.get(s).name(),
                                "said %s, %s, index %d: %s".formatted(decided[i], where, i, batch.get(i)));
                    }
                }
            }
        }
    }

    /** Half of the batches are small, where kernels work by other means. */
    private static int batchSize(SplittableRandom random) {
        return random.nextInt(random.nextBoolean() ? SMALL_BATCH : LARGEST_BATCH) + 1;
    }
}
