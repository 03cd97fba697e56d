package io.passgate.bench.load;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.KeyTableCache;
import io.passgate.crypto.TableSignatureBatch;
import io.passgate.engine.Engine;
import io.passgate.engine.EngineLimits;
import io.passgate.engine.EngineObserver;
import io.passgate.engine.Outcome;
import io.passgate.engine.SubmitResult;
import io.passgate.engine.TrustContext;
import io.passgate.format.hcert.HcertEncoder;
import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ten minutes of everything at once on an engine in this process: valid cards of 8 keys, forged ones, forgeries of 200
 * keys that nobody uses, other algorithms, and garbage. Fails when the heap after collections grows by more than a
 * tenth from the third minute to the last, when there is a full collection, or when an answer is a fault of ours.
 *
 * <p>Run: {@code bench/run.sh soak}; {@code SECONDS_OF_SOAK} shortens it.
 */
public final class SoakLoad {
    private static final Instant NOW = Instant.parse("2021-08-01T12:00:00Z");
    private static final byte[] CLAIMS = CardSpec.vaccination().cwt();
    private static final int HOT_KEYS = 8;
    private static final int COLD_KEYS = 200;
    private static final int CORPUS = 4_096;
    private static final int REQUEST = 64;
    private static final int IN_FLIGHT = 8;
    private static final double EARLY = 0.3;
    private static final double MAX_GROWTH = 1.1;

    /** Longer than any gateway's: what is looked for here is memory, however slow the machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int SHOWN_TIMES = 10;

    private final Random random = new Random(20_211_107);
    private final List<TestIssuer> hot = issuers(HOT_KEYS);
    private final List<TestIssuer> cold = issuers(COLD_KEYS);
    private final List<TestIssuer> others =
            List.of(TestIssuer.of(Algorithm.ES384, "XX"), TestIssuer.of(Algorithm.PS256, "XX"));
    private final AtomicLong judged = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong unsure = new AtomicLong();
    private final Semaphore room = new Semaphore(IN_FLIGHT);

    private SoakLoad() {}

    public static void main(String[] arguments) throws InterruptedException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 600;
        if (!new SoakLoad().run(Duration.ofSeconds(seconds))) {
            System.exit(1);
        }
    }

    private static List<TestIssuer> issuers(int count) {
        List<TestIssuer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(TestIssuer.ec256("XX"));
        }
        return all;
    }

    /** Of 100 payloads 84 are valid, 6 forged under keys in use, 5 under others, 2 of other algorithms, 3 garbage. */
    private List<Slice> corpus() {
        List<Slice> payloads = new ArrayList<>(CORPUS);
        for (int i = 0; i < CORPUS; i++) {
            int drawn = random.nextInt(100);
            TestIssuer signer = pick(drawn < 90 ? hot : drawn < 95 ? cold : others);
            String text;
            if (drawn >= 97) {
                text = "HC1:" + Integer.toString(random.nextInt(), 36).toUpperCase(Locale.ROOT);
            } else if (drawn >= 84 && drawn < 95) {
                byte[] noise = new byte[64];
                random.nextBytes(noise);
                text = HcertEncoder.encode(Algorithm.ES256, signer.kid(), CLAIMS, toBeSigned -> noise);
            } else {
                text = signer.card(CardSpec.vaccination());
            }
            payloads.add(Slice.of(text.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return payloads;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private boolean run(Duration length) throws InterruptedException {
        Provider provider = CryptoProviders.preferred();
        List<Slice> corpus = corpus();
        List<TestIssuer> all = new ArrayList<>(hot);
        all.addAll(cold);
        all.addAll(others);
        TrustSnapshot trust = TrustSnapshot.given(
                TrustList.of(all.stream().map(TestIssuer::signer).toList()));
        ExecutorService builder = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("builder").factory());
        KeyTableCache tables = KeyTableCache.within(256L << 20, builder, System::nanoTime, Throwable::printStackTrace);
        tables.warmUp();
        EngineLimits limits = new EngineLimits(Runtime.getRuntime().availableProcessors(), 256, 64, 16_384, PATIENCE);
        Engine engine = new Engine(
                limits,
                new PolicyCatalog(List.of()),
                () -> TrustContext.trusting(trust),
                EngineObserver.NONE,
                System::nanoTime,
                UsualFormats.ALL);
        engine.start(capacity -> new TableSignatureBatch(tables, provider, capacity));
        System.out.printf("soak: %,d payloads, kernel %s%n", corpus.size(), tables.kernelDescription());
        settle(engine, tables, corpus);
        CollectorPauses collectorPauses = new CollectorPauses();
        Heap heap = offer(engine, tables, corpus, collectorPauses, length);
        boolean stopped = engine.close(Duration.ofSeconds(20));
        var _ = builder.shutdownNow();
        return heap.isSteady(collectorPauses.full()) && stopped && unsure.get() == 0;
    }

    /** Until every key in use has its wide table: what is measured is what stays the same from then on. */
    private void settle(Engine engine, KeyTableCache tables, List<Slice> corpus) throws InterruptedException {
        long startedNs = System.nanoTime();
        while (tables.figures().wide() < HOT_KEYS) {
            if (System.nanoTime() - startedNs > PATIENCE.toNanos()) {
                throw new IllegalStateException("the keys in use did not earn their tables: " + tables.figures());
            }
            submit(engine, corpus);
        }
        System.out.printf("soak: tables after %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs));
        judged.set(0);
        accepted.set(0);
    }

    /** What the heap held after collections, early and late. */
    private record Heap(long earlyBytes, long lateBytes) {
        boolean isSteady(long full) {
            boolean steady = lateBytes <= earlyBytes * MAX_GROWTH && full == 0;
            System.out.printf(
                    "soak: heap after collections %.1f MiB early, %.1f MiB late; full collections %d: %s%n",
                    earlyBytes / 1048576.0, lateBytes / 1048576.0, full, steady ? "steady" : "NOT STEADY");
            return steady;
        }
    }

    private Heap offer(
            Engine engine, KeyTableCache tables, List<Slice> corpus, CollectorPauses collectorPauses, Duration length)
            throws InterruptedException {
        long startedNs = System.nanoTime();
        long earlyNs = (long) (length.toNanos() * EARLY);
        long shownNs = 0;
        long early = 0;
        long late = 0;
        for (long tookNs = 0; tookNs < length.toNanos(); tookNs = System.nanoTime() - startedNs) {
            submit(engine, corpus);
            if (tookNs - shownNs >= length.toNanos() / SHOWN_TIMES) {
                late = collectorPauses.leastSinceLastAsked().orElse(late);
                early = tookNs <= earlyNs + length.toNanos() / SHOWN_TIMES / 2 ? late : early;
                shownNs = tookNs;
                System.out.printf(
                        "%4d s  %,12d judged, %,d/s, %,d accepted, %d unsure; %.1f MiB after collection; %s%n",
                        TimeUnit.NANOSECONDS.toSeconds(tookNs),
                        judged.get(),
                        (long) (judged.get() * 1e9 / tookNs),
                        accepted.get(),
                        unsure.get(),
                        late / 1048576.0,
                        tables.figures());
            }
        }
        room.acquire(IN_FLIGHT);
        return new Heap(early, collectorPauses.leastSinceLastAsked().orElse(late));
    }

    private void submit(Engine engine, List<Slice> corpus) throws InterruptedException {
        room.acquire();
        int from = random.nextInt(CORPUS - REQUEST);
        SubmitResult submitResult =
                engine.submit(corpus.subList(from, from + REQUEST), Optional.empty(), NOW, this::count);
        if (submitResult != SubmitResult.QUEUED) {
            throw new IllegalStateException("not queued: " + submitResult);
        }
    }

    private void count(Outcome outcome) {
        if (outcome instanceof Outcome.Judged(List<VerificationResult> results, int _)) {
            long good = results.stream()
                    .filter(one -> one.verdict() instanceof Verdict.Accepted)
                    .count();
            long ours = results.stream()
                    .filter(one -> one.verdict() instanceof Verdict.Indeterminate)
                    .count();
            long sum = judged.addAndGet(results.size()) + accepted.addAndGet(good) + unsure.addAndGet(ours);
            assert sum >= 0;
        } else {
            long expired = unsure.addAndGet(REQUEST);
            assert expired > 0;
        }
        room.release();
    }
}
