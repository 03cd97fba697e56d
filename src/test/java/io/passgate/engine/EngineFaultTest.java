package io.passgate.engine;

import static io.passgate.engine.Engines.garbage;
import static io.passgate.engine.Engines.judged;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.crypto.SignatureBatch;
import io.passgate.crypto.VerificationKey;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.CardSpec;
import io.passgate.testing.HeardEngine;
import io.passgate.testing.TestCards;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Faults of ours and of our callers: told as such, and no request is lost for them. */
final class EngineFaultTest {
    private static final Verdict FAULT = new Verdict.Indeterminate(Reason.GATEWAY_FAULT);

    /** A provider's batch that throws while {@link #broken}. */
    private static final class Breakable implements SignatureBatch {
        private final SignatureBatch inner;
        private final AtomicBoolean broken;

        private Breakable(int capacity, AtomicBoolean broken) {
            this.inner = new JcaSignatureBatch(CryptoProviders.preferred(), capacity);
            this.broken = broken;
        }

        @Override
        public void clear() {
            inner.clear();
        }

        @Override
        public int add(VerificationKey key, Slice message, Slice signature) {
            return inner.add(key, message, signature);
        }

        @Override
        public void verify() {
            if (broken.get()) {
                throw new StackOverflowError("a fault of ours");
            }
            inner.verify();
        }

        @Override
        public Decision decision(int index) {
            return inner.decision(index);
        }
    }

    @Test
    void aThrowingVerifier_makesTheWholeBatchIndeterminate_andTheNextIsJudged() throws InterruptedException {
        AtomicBoolean broken = new AtomicBoolean(true);
        Engines engines = new Engines(new EngineLimits(1, 8, 8, 100, Engines.MAX_WAIT), new PolicyCatalog(List.of()));
        engines.engine.start(capacity -> new Breakable(capacity, broken));
        try (engines) {
            List<Slice> mixed =
                    List.of(TestCards.payload(Engines.ISSUER.card(CardSpec.vaccination())), TestCards.payload("hello"));
            assertThat(judged(engines.queue(mixed)).results())
                    .allSatisfy(verificationResult ->
                            assertThat(verificationResult.verdict()).isEqualTo(FAULT));
            broken.set(false);
            assertThat(judged(engines.queue(mixed)).results())
                    .extracting(verificationResult ->
                            verificationResult.verdict().getClass().getSimpleName())
                    .containsExactly("Accepted", "Refused");
        }
        assertThat(engines.heard.faults).singleElement().isInstanceOf(StackOverflowError.class);
    }

    @Test
    void theObserverHears_theVerdictsThatAreAnswered() throws InterruptedException {
        AtomicBoolean broken = new AtomicBoolean(true);
        Engines engines = new Engines(new EngineLimits(1, 8, 8, 100, Engines.MAX_WAIT), new PolicyCatalog(List.of()));
        engines.engine.start(capacity -> new Breakable(capacity, broken));
        try (engines) {
            assertThat(judged(engines.queue(garbage(2))).results()).hasSize(2);
            broken.set(false);
            assertThat(judged(engines.queue(garbage(1))).results()).hasSize(1);
        }
        assertThat(engines.heard.verdicts).containsExactly(FAULT, FAULT, new Verdict.Refused(Reason.NOT_A_CREDENTIAL));
        assertThat(engines.heard.stages)
                .containsExactly(
                        EngineObserver.Stage.DECODE, EngineObserver.Stage.SIGNATURE, EngineObserver.Stage.POLICY);
    }

    @Test
    void aCallbackThatThrows_costsNeitherItsNeighboursNorTheWorker() throws InterruptedException {
        HeardEngine heard;
        try (Engines engines = Engines.started(1, 8, 8, 100)) {
            heard = engines.heard;
            CompletableFuture<Outcome> first = engines.queue(garbage(1));
            engines.gate.awaitArrival();
            assertThat(engines.engine.submit(garbage(1), Optional.empty(), OneJudge.NOON, outcome -> {
                        throw new IllegalStateException("a fault of the caller");
                    }))
                    .isEqualTo(SubmitResult.QUEUED);
            CompletableFuture<Outcome> neighbour = engines.queue(garbage(1));
            engines.gate.open();
            assertThat(judged(first).results()).hasSize(1);
            assertThat(judged(neighbour).results()).hasSize(1);
            assertThat(judged(engines.queue(garbage(1))).results()).hasSize(1);
        }
        assertThat(heard.faults).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCallbackThatThrowsAtItsExpiry_costsNobodyElse() throws InterruptedException {
        try (Engines engines = Engines.started(1, 8, 8, 100)) {
            CompletableFuture<Outcome> first = engines.queue(garbage(1));
            engines.gate.awaitArrival();
            assertThat(engines.engine.submit(garbage(1), Optional.empty(), OneJudge.NOON, outcome -> {
                        throw new IllegalStateException("a fault of the caller");
                    }))
                    .isEqualTo(SubmitResult.QUEUED);
            engines.time.advance(Engines.MAX_WAIT.plusNanos(1));
            CompletableFuture<Outcome> neighbour = engines.queue(garbage(1));
            engines.gate.open();
            assertThat(judged(first).results()).hasSize(1);
            assertThat(judged(neighbour).results()).hasSize(1);
        }
    }
}
