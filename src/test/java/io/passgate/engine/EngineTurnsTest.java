package io.passgate.engine;

import static io.passgate.engine.Engines.end;
import static io.passgate.engine.Engines.garbage;
import static io.passgate.engine.Engines.judged;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.CardSpec;
import io.passgate.testing.Gate;
import io.passgate.testing.HeardEngine;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.TrustSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Those who ask take turns, in the queue and in the slow path, and each hears what its payloads cost. */
final class EngineTurnsTest {
    private static final VerificationOptions NOTHING_MORE = new VerificationOptions(Optional.empty(), Optional.empty());
    private static final TestIssuer SLOW = TestIssuer.ec256("YY");
    private static final Slice SLOW_CARD = TestCards.payload(SLOW.card(CardSpec.vaccination()));
    private static final Slice GOOD_CARD = TestCards.payload(Engines.ISSUER.card(CardSpec.vaccination()));

    private static final Duration TARGET = Duration.ofMillis(150);

    /** One worker with batches of 4, and one thread for the slow path. */
    private static final class Asked implements AutoCloseable {
        final Gate quick = new Gate();
        final Gate slow = new Gate();
        final ManualTime time = new ManualTime(OneJudge.NOON);
        final Engine engine;

        Asked(EngineLimits limits) {
            TrustSnapshot trust = TrustSnapshot.given(TestIssuer.trusting(Engines.ISSUER, SLOW));
            engine = new Engine(
                    limits,
                    new PolicyCatalog(List.of()),
                    () -> TrustContext.trusting(trust),
                    new HeardEngine(),
                    time,
                    UsualFormats.ALL);
            engine.start(capacity -> new PacedBatch(capacity, SLOW.signer().key(), quick, slow));
        }

        SubmitResult offer(String asker, List<Slice> payloads, CompletableFuture<Outcome> end) {
            return engine.submit(asker, payloads, NOTHING_MORE, OneJudge.NOON, outcome -> {
                if (!end.complete(outcome)) {
                    throw new AssertionError("told twice");
                }
            });
        }

        CompletableFuture<Outcome> queue(String asker, List<Slice> payloads) {
            CompletableFuture<Outcome> end = new CompletableFuture<>();
            assertThat(offer(asker, payloads, end)).isEqualTo(SubmitResult.QUEUED);
            return end;
        }

        @Override
        public void close() throws InterruptedException {
            quick.open();
            slow.open();
            assertThat(engine.close(Duration.ofSeconds(20))).isTrue();
        }
    }

    private static EngineLimits limits(int maxQueuedPerAsker) {
        return new EngineLimits(
                1, 4, 2, 1_000, maxQueuedPerAsker, Duration.ofSeconds(2), TARGET, new EngineLimits.SlowPath(1, 1_000));
    }

    /** Looks until something is so that only the engine's threads bring about. */
    private static void until(BooleanSupplier isSo) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("it did not happen");
            }
            Thread.onSpinWait();
        }
    }

    private static List<Slice> slow(int count) {
        return new ArrayList<>(Collections.nCopies(count, SLOW_CARD));
    }

    @Test
    void oneWhoFloodsTheQueue_holdsUpNobodyElse() throws InterruptedException {
        try (Asked asked = new Asked(limits(1_000))) {
            CompletableFuture<Outcome> first = asked.queue("flood", garbage(1));
            asked.quick.awaitArrival();
            List<CompletableFuture<Outcome>> flood = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                flood.add(asked.queue("flood", garbage(1)));
            }
            CompletableFuture<Outcome> honest = asked.queue("honest", garbage(1));
            asked.quick.letOne();
            assertThat(judged(first).results()).hasSize(1);
            asked.quick.awaitArrival();
            asked.quick.letOne();
            assertThat(judged(honest).results())
                    .as("in the first batch after it came")
                    .hasSize(1);
            assertThat(flood.getLast()).isNotDone();
        }
    }

    @Test
    void requestsOfOneAndOfManyPayloads_haveTheSameShare() throws InterruptedException {
        try (Asked asked = new Asked(limits(1_000))) {
            CompletableFuture<Outcome> first = asked.queue("x", garbage(1));
            asked.quick.awaitArrival();
            CompletableFuture<Outcome> large = asked.queue("large", garbage(100));
            List<CompletableFuture<Outcome>> singles = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                singles.add(asked.queue("singles", garbage(1)));
            }
            asked.quick.letOne();
            assertThat(end(first)).isNotNull();
            asked.quick.awaitArrival();
            for (int batch = 1; batch <= 10; batch++) {
                asked.quick.letOne();
                asked.quick.awaitArrival();
                assertThat(singles.stream().filter(CompletableFuture::isDone)).hasSize(2 * batch);
            }
            assertThat(large).isNotDone();
        }
    }

    @Test
    void oneAsker_mayFillItsShare_andTheRestIsForOthers() throws InterruptedException {
        try (Asked asked = new Asked(limits(10))) {
            CompletableFuture<Outcome> first = asked.queue("x", garbage(1));
            asked.quick.awaitArrival();
            assertThat(asked.queue("flood", garbage(10))).isNotDone();
            CompletableFuture<Outcome> beyond = new CompletableFuture<>();
            assertThat(asked.offer("flood", garbage(1), beyond)).isEqualTo(SubmitResult.FULL);
            assertThat(asked.engine.isFull("flood")).isTrue();
            assertThat(asked.engine.isFull("honest")).isFalse();
            assertThat(asked.queue("honest", garbage(10))).isNotDone();
            asked.quick.letOne();
            assertThat(end(first)).isNotNull();
            asked.quick.awaitArrival();
            assertThat(asked.queue("flood", garbage(2)))
                    .as("as much as was taken")
                    .isNotDone();
            assertThat(asked.offer("flood", garbage(1), beyond)).isEqualTo(SubmitResult.FULL);
        }
    }

    @Test
    void aLineWhoseOldestWaitsForLongerThanTheTarget_takesNoMore_untilThatIsBegun() throws InterruptedException {
        try (Asked asked = new Asked(limits(1_000))) {
            CompletableFuture<Outcome> first = asked.queue("x", garbage(1));
            asked.quick.awaitArrival();
            asked.time.advance(TARGET.multipliedBy(5));
            assertThat(asked.engine.isFull("x")).as("nothing waits").isFalse();
            CompletableFuture<Outcome> waiting = asked.queue("flood", garbage(4));
            asked.time.advance(TARGET);
            assertThat(asked.engine.isFull("flood")).isFalse();
            asked.time.advance(Duration.ofNanos(1));
            assertThat(asked.engine.isFull("flood")).isTrue();
            assertThat(asked.engine.isFull("honest")).as("one without a line").isFalse();
            CompletableFuture<Outcome> late = asked.queue("flood", garbage(4));
            asked.quick.open();
            assertThat(end(first)).isNotNull();
            assertThat(judged(waiting).results()).hasSize(4);
            assertThat(judged(late).results()).hasSize(4);
            assertThat(asked.engine.isFull("flood")).as("nothing waits").isFalse();
        }
    }

    /** After a batch of 4 that took 10 ms, 60 payloads are as much as the target. */
    @Test
    void aLineThatWouldTakeLongerThanTheTarget_takesNoMore_howeverFreshItIs() throws InterruptedException {
        try (Asked asked = new Asked(limits(1_000))) {
            CompletableFuture<Outcome> first = asked.queue("x", garbage(4));
            asked.quick.awaitArrival();
            asked.time.advance(Duration.ofMillis(10));
            CompletableFuture<Outcome> next = asked.queue("x", garbage(4));
            asked.quick.letOne();
            assertThat(end(first)).isNotNull();
            asked.quick.awaitArrival();
            var _ = asked.queue("flood", garbage(60));
            assertThat(asked.engine.isFull("flood")).isFalse();
            var _ = asked.queue("flood", garbage(1));
            assertThat(asked.engine.isFull("flood")).isTrue();
            assertThat(asked.engine.isFull("honest")).isFalse();
            var _ = asked.queue("other", garbage(31));
            assertThat(asked.engine.isFull("other"))
                    .as("it has half of the workers now")
                    .isTrue();
            for (int i = 0; i < 80; i++) {
                var _ = asked.queue("asker " + i, garbage(1));
            }
            assertThat(asked.engine.isFull("honest")).as("82 lines are ahead").isTrue();
            asked.quick.open();
            assertThat(judged(next).results()).hasSize(4);
        }
    }

    @Test
    void manyLines_areHeldToTwiceTheTarget_alsoForWhoHasNone() throws InterruptedException {
        try (Asked asked = new Asked(limits(1_000))) {
            var _ = asked.queue("x", garbage(1));
            asked.quick.awaitArrival();
            for (int i = 0; i < 100; i++) {
                var _ = asked.queue("asker " + i, garbage(1));
            }
            asked.time.advance(TARGET.multipliedBy(2));
            assertThat(asked.engine.isFull("honest")).isFalse();
            asked.time.advance(Duration.ofNanos(1));
            assertThat(asked.engine.isFull("honest")).isTrue();
            asked.quick.open();
            until(() -> asked.engine.queued() == 0);
            assertThat(asked.engine.isFull("honest")).isFalse();
        }
    }

    @Test
    void whatHasBegun_waitsNoLonger_howeverLargeItIs() throws InterruptedException {
        try (Asked asked = new Asked(limits(1_000))) {
            CompletableFuture<Outcome> large = asked.queue("large", garbage(100));
            asked.quick.awaitArrival();
            asked.time.advance(TARGET.multipliedBy(5));
            assertThat(asked.engine.isFull("large")).isFalse();
            asked.quick.open();
            assertThat(judged(large).results()).hasSize(100);
        }
    }

    @Test
    void oneWhoFloodsTheSlowPath_holdsUpNobodyElse() throws InterruptedException {
        try (Asked asked = new Asked(limits(1_000))) {
            asked.quick.open();
            CompletableFuture<Outcome> flood = asked.queue("flood", slow(400));
            asked.slow.awaitArrival();
            until(() -> asked.engine.queued() == 0 && asked.engine.inSlowPath() > 380);
            CompletableFuture<Outcome> honest = asked.queue("honest", slow(2));
            while (asked.engine.queued() > 0) {
                nextBatch(asked);
            }
            until(() -> asked.slow.standing() == 2);
            int batches = 0;
            while (!honest.isDone()) {
                nextBatch(asked);
                batches++;
            }
            assertThat(batches)
                    .as("of the slow path, once it has the honest one's")
                    .isLessThan(10);
            assertThat(judged(honest).results()).hasSize(2);
            assertThat(flood).isNotDone();
        }
    }

    /**
     * A batch of the slow path is done, be it by its own thread or by the worker, which helps where nothing else waits.
     */
    private static void nextBatch(Asked asked) throws InterruptedException {
        asked.slow.letOne();
        asked.slow.awaitArrival();
    }

    @Test
    void theCost_isToldWithTheResults() throws InterruptedException {
        try (Asked asked = new Asked(limits(1_000))) {
            asked.quick.open();
            asked.slow.open();
            assertThat(judged(asked.queue("x", List.of(GOOD_CARD, GOOD_CARD, GOOD_CARD)))
                            .cost())
                    .isEqualTo(3);
            Slice forged =
                    TestCards.payload(TestCards.withBrokenSignature(Engines.ISSUER.card(CardSpec.vaccination())));
            assertThat(judged(asked.queue("x", List.of(forged))).cost()).isEqualTo(1);
            assertThat(judged(asked.queue("x", garbage(7))).cost()).isEqualTo(7);
            Slice broken = TestCards.payload("HC1:6BF");
            assertThat(judged(asked.queue("x", List.of(broken, broken))).cost()).isEqualTo(18);
            assertThat(judged(asked.queue("x", slow(3))).cost()).isEqualTo(3);
            Slice slowlyForged = TestCards.payload(TestCards.withBrokenSignature(SLOW.card(CardSpec.vaccination())));
            assertThat(judged(asked.queue("x", List.of(slowlyForged, slowlyForged, slowlyForged)))
                            .cost())
                    .isEqualTo(48);
        }
    }

    @Test
    void dearAlgorithms_costWhatTheyAre() throws InterruptedException {
        TestIssuer es384 = TestIssuer.shared(Algorithm.ES384);
        TestIssuer ps256 = TestIssuer.shared(Algorithm.PS256);
        TrustSnapshot trust = TrustSnapshot.given(TestIssuer.trusting(es384, ps256));
        Engine engine = new Engine(
                limits(1_000),
                new PolicyCatalog(List.of()),
                () -> TrustContext.trusting(trust),
                new HeardEngine(),
                new ManualTime(OneJudge.NOON),
                UsualFormats.ALL);
        engine.start(capacity -> new JcaSignatureBatch(CryptoProviders.preferred(), capacity));
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        List<Slice> cards = List.of(
                TestCards.payload(es384.card(CardSpec.vaccination())),
                TestCards.payload(ps256.card(CardSpec.vaccination())));
        assertThat(engine.submit("x", cards, NOTHING_MORE, OneJudge.NOON, end::complete))
                .isEqualTo(SubmitResult.QUEUED);
        assertThat(judged(end).cost()).isEqualTo(44 + 16);
        assertThat(engine.close(Duration.ofSeconds(20))).isTrue();
    }
}
