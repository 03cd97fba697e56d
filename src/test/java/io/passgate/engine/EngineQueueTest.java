package io.passgate.engine;

import static io.passgate.engine.Engines.end;
import static io.passgate.engine.Engines.garbage;
import static io.passgate.engine.Engines.judged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the queue takes, how long a request may wait in it, and how it ends. */
final class EngineQueueTest {
    @Test
    void theBound_isTakenExactly_andRoomComesBack() throws InterruptedException {
        try (Engines engines = Engines.started(1, 4, 1, 10)) {
            CompletableFuture<Outcome> first = engines.queue(garbage(1));
            engines.gate.awaitArrival();
            assertThat(engines.offer(11)).isEqualTo(SubmitResult.FULL);
            assertThat(engines.engine.isFull("another")).isFalse();
            assertThat(engines.offer(8)).isEqualTo(SubmitResult.QUEUED);
            assertThat(engines.engine.isFull("another")).isFalse();
            assertThat(engines.offer(1)).isEqualTo(SubmitResult.QUEUED);
            assertThat(engines.engine.isFull("another"))
                    .as("a quarter of its share is for those under way")
                    .isTrue();
            assertThat(engines.offer(2)).isEqualTo(SubmitResult.FULL);
            assertThat(engines.offer(1)).isEqualTo(SubmitResult.QUEUED);
            assertThat(engines.engine.isFull("another")).isTrue();
            assertThat(engines.engine.queued()).isEqualTo(10);
            assertThat(engines.offer(1)).isEqualTo(SubmitResult.FULL);
            engines.gate.letOne();
            engines.gate.awaitArrival();
            assertThat(judged(first).results()).hasSize(1);
            assertThat(engines.engine.queued()).isEqualTo(6);
            assertThat(engines.offer(4)).isEqualTo(SubmitResult.QUEUED);
            assertThat(engines.offer(1)).isEqualTo(SubmitResult.FULL);
        }
    }

    @Test
    void aRequestThatWaitedExactlyTheDeadline_isJudged() throws InterruptedException {
        try (Engines engines = Engines.started(1, 4, 2, 10)) {
            CompletableFuture<Outcome> first = engines.queue(garbage(1));
            engines.gate.awaitArrival();
            CompletableFuture<Outcome> waiting = engines.queue(garbage(1));
            engines.time.advance(Engines.MAX_WAIT);
            engines.gate.open();
            assertThat(end(first)).isInstanceOf(Outcome.Judged.class);
            assertThat(end(waiting)).isInstanceOf(Outcome.Judged.class);
            assertThat(engines.heard.waits).containsExactly(0L, Engines.MAX_WAIT.toNanos());
            assertThat(engines.heard.expiries).isEmpty();
        }
    }

    @Test
    void aNanosecondLater_itExpiresUnbegun_andItsRoomComesBack() throws InterruptedException {
        try (Engines engines = Engines.started(1, 4, 2, 10)) {
            CompletableFuture<Outcome> first = engines.queue(garbage(1));
            engines.gate.awaitArrival();
            CompletableFuture<Outcome> late = engines.queue(garbage(10));
            engines.time.advance(Engines.MAX_WAIT.plusNanos(1));
            assertThat(engines.offer(1)).isEqualTo(SubmitResult.FULL);
            engines.gate.letOne();
            assertThat(end(first)).isInstanceOf(Outcome.Judged.class);
            assertThat(end(late)).isInstanceOf(Outcome.Expired.class);
            assertThat(engines.heard.expiries).hasSize(1);
            assertThat(engines.heard.batchSizes).containsExactly(1);
            CompletableFuture<Outcome> next = engines.queue(garbage(10));
            engines.gate.open();
            assertThat(judged(next).results()).hasSize(10);
        }
    }

    @Test
    void aRequestThatHasBegun_isFinished_howeverLate() throws InterruptedException {
        try (Engines engines = Engines.started(1, 4, 2, 100)) {
            CompletableFuture<Outcome> begun = engines.queue(garbage(9));
            engines.gate.awaitArrival();
            engines.time.advance(Engines.MAX_WAIT.multipliedBy(10));
            engines.gate.open();
            assertThat(judged(begun).results()).hasSize(9);
        }
    }

    @Test
    void aPayload_isJudgedAtItsArrival_howeverLongItWaited() throws InterruptedException {
        List<Slice> card = List.of(TestCards.payload(Engines.ISSUER.card(CardSpec.vaccination())));
        try (Engines engines = Engines.started(1, 4, 2, 100)) {
            CompletableFuture<Outcome> first = engines.queue(garbage(1));
            engines.gate.awaitArrival();
            CompletableFuture<Outcome> inTime = new CompletableFuture<>();
            CompletableFuture<Outcome> tooLate = new CompletableFuture<>();
            Instant last = CardSpec.EXPIRES_AT;
            assertThat(engines.offer(card, last, inTime)).isEqualTo(SubmitResult.QUEUED);
            assertThat(engines.offer(card, last.plusNanos(1), tooLate)).isEqualTo(SubmitResult.QUEUED);
            engines.time.advance(Engines.MAX_WAIT);
            engines.gate.open();
            assertThat(judged(first).results()).hasSize(1);
            assertThat(judged(inTime).results().getFirst().verdict()).isInstanceOf(Verdict.Accepted.class);
            assertThat(judged(tooLate).results().getFirst().verdict()).isEqualTo(new Verdict.Refused(Reason.EXPIRED));
        }
    }

    @Test
    void closing_refusesWhatComes_andFinishesWhatWaits() throws InterruptedException {
        Engines engines = Engines.started(1, 4, 2, 100);
        CompletableFuture<Outcome> first = engines.queue(garbage(1));
        engines.gate.awaitArrival();
        CompletableFuture<Outcome> waiting = engines.queue(garbage(20));
        assertThat(engines.engine.close(Duration.ofMillis(1))).isFalse();
        assertThat(engines.offer(1)).isEqualTo(SubmitResult.CLOSED);
        engines.gate.open();
        assertThat(engines.engine.close(Duration.ofSeconds(20))).isTrue();
        assertThat(first).isDone();
        assertThat(waiting).isDone();
        assertThat(judged(waiting).results()).hasSize(20);
    }

    @Test
    void closingAnIdleEngine_endsEveryWorker() throws InterruptedException {
        Engines engines = Engines.started(3, 4, 2, 100);
        assertThat(engines.engine.close(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void anUnknownPolicy_isSaidAtOnce_andTakesNoRoom() throws InterruptedException {
        try (Engines engines =
                new Engines(new EngineLimits(1, 4, 2, 10, Engines.MAX_WAIT), new PolicyCatalog(List.of()))) {
            assertThat(engines.engine.submit(
                            garbage(1),
                            Optional.of("kr"),
                            OneJudge.NOON,
                            outcome -> assertThat(outcome).isNull()))
                    .isEqualTo(SubmitResult.UNKNOWN_POLICY);
            assertThat(engines.engine.queued()).isZero();
        }
    }

    @Test
    void anEmptyRequest_isABug() throws InterruptedException {
        try (Engines engines = Engines.started(1, 4, 2, 10)) {
            assertThatThrownBy(() -> engines.offer(0)).isInstanceOf(IllegalArgumentException.class);
            assertThat(engines.engine.queued()).isZero();
        }
    }
}
