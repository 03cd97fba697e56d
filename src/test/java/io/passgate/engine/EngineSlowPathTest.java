package io.passgate.engine;

import static io.passgate.engine.Engines.end;
import static io.passgate.engine.Engines.judged;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.engine.EngineObserver.Stage;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Payloads that would hold up a batch leave it, and are answered all the same. */
final class EngineSlowPathTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);
    private static final Verdict OVERLOADED = new Verdict.Indeterminate(Reason.OVERLOADED);
    private static final TestIssuer QUICK = TestIssuer.ec256("XX");
    private static final TestIssuer SLOW = TestIssuer.ec256("XX");
    private static final Slice QUICK_CARD = TestCards.payload(QUICK.card(CardSpec.vaccination()));
    private static final Slice SLOW_CARD = TestCards.payload(SLOW.card(CardSpec.vaccination()));
    private static final Slice FORGED =
            TestCards.payload(TestCards.withBrokenSignature(SLOW.card(CardSpec.vaccination())));

    /** One worker and one thread for the slow path, with a gate before either's signatures. */
    private static final class SlowPath implements AutoCloseable {
        final Gate quick = new Gate();
        final Gate slow = new Gate();
        final HeardEngine heard = new HeardEngine();
        final ManualTime time = new ManualTime(OneJudge.NOON);
        final Engine engine;

        SlowPath(int maxItems) {
            TrustSnapshot trust = TrustSnapshot.given(TestIssuer.trusting(QUICK, SLOW));
            EngineLimits limits = new EngineLimits(1, 16, 16, 100, MAX_WAIT, new EngineLimits.SlowPath(1, maxItems));
            engine = new Engine(
                    limits,
                    new PolicyCatalog(List.of()),
                    () -> TrustContext.trusting(trust),
                    heard,
                    time,
                    UsualFormats.ALL);
            engine.start(capacity -> new PacedBatch(capacity, SLOW.signer().key(), quick, slow));
        }

        CompletableFuture<Outcome> queue(Instant at, List<Slice> payloads) {
            CompletableFuture<Outcome> end = new CompletableFuture<>();
            assertThat(engine.submit(payloads, Optional.empty(), at, outcome -> {
                        if (!end.complete(outcome)) {
                            throw new AssertionError("told twice");
                        }
                    }))
                    .isEqualTo(SubmitResult.QUEUED);
            return end;
        }

        CompletableFuture<Outcome> queue(Slice... payloads) {
            return queue(OneJudge.NOON, List.of(payloads));
        }

        /** Keeps the worker at the quick gate, so that what is queued next is taken together. */
        CompletableFuture<Outcome> occupy() {
            CompletableFuture<Outcome> first = queue(QUICK_CARD);
            quick.awaitArrival();
            return first;
        }

        @Override
        public void close() throws InterruptedException {
            quick.open();
            slow.open();
            if (!engine.close(Duration.ofSeconds(20))) {
                throw new AssertionError("the engine did not finish");
            }
        }
    }

    private static List<Slice> slow(int count) {
        return new ArrayList<>(Collections.nCopies(count, SLOW_CARD));
    }

    private static List<String> kinds(CompletableFuture<Outcome> end) {
        return judged(end).results().stream()
                .map(VerificationResult::verdict)
                .map(verdict -> verdict.getClass().getSimpleName())
                .toList();
    }

    @Test
    void theQuickOnesOfABatch_doNotWaitForTheSlow() throws InterruptedException {
        try (SlowPath slowPath = new SlowPath(100)) {
            CompletableFuture<Outcome> first = slowPath.occupy();
            CompletableFuture<Outcome> mixed = slowPath.queue(QUICK_CARD, SLOW_CARD, TestCards.payload("x"), FORGED);
            CompletableFuture<Outcome> quick = slowPath.queue(QUICK_CARD, QUICK_CARD);
            slowPath.quick.letOne();
            slowPath.quick.awaitArrival();
            slowPath.quick.letOne();
            assertThat(kinds(first)).containsExactly("Accepted");
            assertThat(kinds(quick)).containsExactly("Accepted", "Accepted");
            slowPath.slow.awaitArrival();
            assertThat(mixed).isNotDone();
            slowPath.slow.open();
            assertThat(kinds(mixed)).containsExactly("Accepted", "Accepted", "Refused", "Refused");
            assertThat(judged(mixed).results().get(3).verdict())
                    .isEqualTo(new Verdict.Refused(Reason.SIGNATURE_INVALID));
            assertThat(slowPath.heard.verdicts).hasSize(7);
            assertThat(slowPath.heard.batchSizes).containsExactly(1, 6);
            assertThat(slowPath.heard.stages)
                    .filteredOn(Stage.SLOW_PATH::equals)
                    .hasSize(1);
            assertThat(slowPath.heard.stages)
                    .filteredOn(Stage.SIGNATURE::equals)
                    .hasSize(2);
        }
    }

    @Test
    void whileTheSlowPathIsBusy_quickOnesGoOn() throws InterruptedException {
        try (SlowPath slowPath = new SlowPath(100)) {
            CompletableFuture<Outcome> first = slowPath.occupy();
            CompletableFuture<Outcome> slow = slowPath.queue(OneJudge.NOON, slow(5));
            slowPath.quick.letOne();
            assertThat(kinds(first)).hasSize(1);
            slowPath.quick.open();
            slowPath.slow.awaitArrival();
            slowPath.slow.awaitArrival();
            CompletableFuture<Outcome> quick = slowPath.queue(QUICK_CARD);
            slowPath.slow.letOne();
            slowPath.slow.letOne();
            assertThat(kinds(quick)).containsExactly("Accepted");
            assertThat(kinds(slow)).hasSize(5).containsOnly("Accepted");
        }
    }

    @Test
    void aSinglePayload_isJudgedAtOnce() throws InterruptedException {
        try (SlowPath slowPath = new SlowPath(100)) {
            slowPath.slow.open();
            assertThat(kinds(slowPath.queue(SLOW_CARD))).containsExactly("Accepted");
            assertThat(slowPath.heard.stages).doesNotContain(Stage.SLOW_PATH);
        }
    }

    @Test
    void whatFindsTheSlowPathFull_isAnsweredAsOurFault() throws InterruptedException {
        try (SlowPath slowPath = new SlowPath(3)) {
            CompletableFuture<Outcome> first = slowPath.occupy();
            CompletableFuture<Outcome> slow = slowPath.queue(OneJudge.NOON, slow(5));
            slowPath.quick.open();
            slowPath.slow.open();
            assertThat(kinds(first)).hasSize(1);
            assertThat(judged(slow).results().subList(0, 3))
                    .allSatisfy(one -> assertThat(one.verdict()).isInstanceOf(Verdict.Accepted.class));
            assertThat(judged(slow).results().subList(3, 5))
                    .allSatisfy(one -> assertThat(one.verdict()).isEqualTo(OVERLOADED));
            assertThat(slowPath.heard.verdicts).filteredOn(OVERLOADED::equals).hasSize(2);
            assertThat(slowPath.heard.verdicts).hasSize(6);
        }
    }

    /** The worker and the slow path's thread stand at the gate with four each; two more wait. */
    private static CompletableFuture<Outcome> twoWaitInTheSlowPath(SlowPath slowPath, Instant at) {
        CompletableFuture<Outcome> first = slowPath.occupy();
        CompletableFuture<Outcome> slow = slowPath.queue(at, slow(2 * WorkQueue.SLOW_PATH_BATCH + 2));
        slowPath.quick.open();
        slowPath.slow.awaitArrival();
        slowPath.slow.awaitArrival();
        assertThat(kinds(first)).hasSize(1);
        assertThat(slowPath.engine.inSlowPath()).isEqualTo(2);
        return slow;
    }

    @Test
    void whatWaitedInTheSlowPathExactlyTheDeadline_isJudged_atItsArrival() throws InterruptedException {
        try (SlowPath slowPath = new SlowPath(100)) {
            CompletableFuture<Outcome> slow = twoWaitInTheSlowPath(slowPath, CardSpec.EXPIRES_AT);
            slowPath.time.advance(MAX_WAIT);
            slowPath.slow.open();
            assertThat(kinds(slow)).hasSize(10).containsOnly("Accepted");
        }
    }

    @Test
    void aNanosecondLater_itIsAnsweredAsOurFault() throws InterruptedException {
        try (SlowPath slowPath = new SlowPath(100)) {
            CompletableFuture<Outcome> slow = twoWaitInTheSlowPath(slowPath, OneJudge.NOON);
            slowPath.time.advance(MAX_WAIT.plusNanos(1));
            slowPath.slow.open();
            assertThat(kinds(slow).subList(0, 8)).containsOnly("Accepted");
            assertThat(judged(slow).results().subList(8, 10))
                    .allSatisfy(one -> assertThat(one.verdict()).isEqualTo(OVERLOADED));
            assertThat(slowPath.heard.verdicts).hasSize(11);
        }
    }

    @Test
    void closing_finishesTheSlowPath() throws InterruptedException {
        SlowPath slowPath = new SlowPath(100);
        CompletableFuture<Outcome> slow = twoWaitInTheSlowPath(slowPath, OneJudge.NOON);
        assertThat(slowPath.engine.close(Duration.ofMillis(1))).isFalse();
        slowPath.close();
        assertThat(slow).isDone();
        assertThat(kinds(slow)).hasSize(10).containsOnly("Accepted");
        assertThat(slowPath.engine.inSlowPath()).isZero();
    }

    @Test
    void manyMixedRequests_areAllAnsweredOnce_inTheirOrder() throws InterruptedException {
        List<Slice> payloads = List.of(QUICK_CARD, SLOW_CARD, TestCards.payload("x"), FORGED, QUICK_CARD);
        try (SlowPath slowPath = new SlowPath(100)) {
            slowPath.quick.open();
            slowPath.slow.open();
            for (int round = 0; round < 50; round++) {
                List<CompletableFuture<Outcome>> ends = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    ends.add(slowPath.queue(OneJudge.NOON, payloads));
                }
                for (CompletableFuture<Outcome> one : ends) {
                    assertThat(end(one)).isInstanceOf(Outcome.Judged.class);
                    assertThat(kinds(one)).containsExactly("Accepted", "Accepted", "Refused", "Refused", "Accepted");
                }
            }
            assertThat(slowPath.heard.verdicts).hasSize(50 * 20 * 5);
            assertThat(slowPath.heard.faults).isEmpty();
        }
    }
}
