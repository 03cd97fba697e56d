package io.passgate.engine;

import static io.passgate.engine.Engines.garbage;
import static io.passgate.engine.Engines.judged;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How batches form by themselves, and how requests share them. */
final class EngineBatchingTest {
    @Test
    void anIdleWorker_takesOneAtOnce_andWhatPilesUpMeanwhileIsOneBatch() throws InterruptedException {
        try (Engines engines = Engines.started(1, 256, 64, 10_000)) {
            List<CompletableFuture<Outcome>> ends = new ArrayList<>();
            ends.add(engines.queue(garbage(1)));
            engines.gate.awaitArrival();
            for (int i = 0; i < 256; i++) {
                ends.add(engines.queue(garbage(1)));
            }
            ends.add(engines.queue(garbage(1)));
            assertThat(engines.engine.queued()).isEqualTo(257);
            engines.gate.open();
            ends.forEach(end -> assertThat(judged(end).results()).hasSize(1));
        }
    }

    @Test
    void batchSizes_areOneThenTheMostThenTheRest() throws InterruptedException {
        try (Engines engines = Engines.started(1, 256, 64, 10_000)) {
            CompletableFuture<Outcome> first = engines.queue(garbage(1));
            engines.gate.awaitArrival();
            List<CompletableFuture<Outcome>> ends = new ArrayList<>(List.of(first));
            for (int i = 0; i < 300; i++) {
                ends.add(engines.queue(garbage(1)));
            }
            engines.gate.open();
            ends.forEach(end -> assertThat(judged(end).results()).hasSize(1));
            assertThat(engines.heard.batchSizes).containsExactly(1, 256, 44);
        }
    }

    @Test
    void aLargeRequest_doesNotHoldUpASmallOne() throws InterruptedException {
        try (Engines engines = Engines.started(1, 256, 64, 10_000)) {
            CompletableFuture<Outcome> first = engines.queue(garbage(1));
            engines.gate.awaitArrival();
            CompletableFuture<Outcome> large = engines.queue(garbage(1_024));
            CompletableFuture<Outcome> small = engines.queue(garbage(1));
            engines.gate.letOne();
            engines.gate.awaitArrival();
            engines.gate.letOne();
            engines.gate.awaitArrival();
            assertThat(judged(first).results()).hasSize(1);
            assertThat(judged(small).results()).hasSize(1);
            assertThat(large).isNotDone();
            engines.gate.open();
            assertThat(judged(large).results()).hasSize(1_024);
            assertThat(engines.heard.batchSizes).containsExactly(1, 256, 256, 256, 256, 1);
        }
    }

    @Test
    void threeLargeRequests_takeTurns() throws InterruptedException {
        try (Engines engines = Engines.started(1, 12, 2, 10_000)) {
            CompletableFuture<Outcome> first = engines.queue(garbage(1));
            engines.gate.awaitArrival();
            List<CompletableFuture<Outcome>> ends =
                    List.of(engines.queue(garbage(100)), engines.queue(garbage(4)), engines.queue(garbage(3)));
            engines.gate.letOne();
            engines.gate.awaitArrival();
            engines.gate.letOne();
            engines.gate.awaitArrival();
            // 2+2+2 and 2+2+1 are 11 of 12: the small ones end with the first batch of theirs.
            assertThat(judged(first).results()).hasSize(1);
            assertThat(judged(ends.get(1)).results()).hasSize(4);
            assertThat(judged(ends.get(2)).results()).hasSize(3);
            assertThat(ends.getFirst()).isNotDone();
            engines.gate.open();
            assertThat(judged(ends.getFirst()).results()).hasSize(100);
        }
    }

    @Test
    void results_areInTheOrderOfTheRequest_acrossWorkersAndSlices() throws InterruptedException {
        String good = Engines.ISSUER.card(CardSpec.vaccination());
        List<Slice> payloads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            payloads.add(TestCards.payload(i % 3 == 0 ? good : i % 3 == 1 ? "hello" : "HC1:%"));
        }
        try (Engines engines = Engines.started(4, 8, 3, 100_000)) {
            engines.gate.open();
            List<CompletableFuture<Outcome>> ends = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                ends.add(engines.queue(payloads));
            }
            for (CompletableFuture<Outcome> end : ends) {
                List<VerificationResult> results = judged(end).results();
                for (int i = 0; i < payloads.size(); i++) {
                    assertThat(text(results.get(i).verdict()))
                            .isEqualTo(i % 3 == 0 ? "accepted" : i % 3 == 1 ? "NOT_A_CREDENTIAL" : "BASE45_INVALID");
                }
            }
        }
    }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted(var _) -> "accepted";
            case Verdict.Refused(var reason) -> reason.name();
            case Verdict.Indeterminate(var reason) -> "indeterminate " + reason;
        };
    }
}
