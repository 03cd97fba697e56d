package io.passgate.engine;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.model.Slice;
import io.passgate.policy.PolicyCatalog;
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
import java.util.concurrent.TimeUnit;

/** An engine behind a gate, with a clock that stands still. */
final class Engines implements AutoCloseable {
    static final TestIssuer ISSUER = TestIssuer.ec256("XX");
    static final Duration MAX_WAIT = Duration.ofSeconds(2);

    final Gate gate = new Gate();
    final HeardEngine heard = new HeardEngine();
    final ManualTime time = new ManualTime(OneJudge.NOON);
    final Engine engine;

    Engines(EngineLimits limits, PolicyCatalog policies) {
        TrustSnapshot trust = TrustSnapshot.given(TestIssuer.trusting(ISSUER));
        engine = new Engine(limits, policies, () -> TrustContext.trusting(trust), heard, time, UsualFormats.ALL);
    }

    static Engines started(int workers, int maxBatch, int slice, int maxQueued) {
        Engines engines = new Engines(
                new EngineLimits(workers, maxBatch, slice, maxQueued, MAX_WAIT), new PolicyCatalog(List.of()));
        engines.start();
        return engines;
    }

    void start() {
        engine.start(capacity -> gate.guard(new JcaSignatureBatch(CryptoProviders.preferred(), capacity)));
    }

    /** Offers a request that has to be queued; the future is its end. */
    CompletableFuture<Outcome> queue(List<Slice> payloads) {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        SubmitResult submitResult = offer(payloads, OneJudge.NOON, end);
        if (submitResult != SubmitResult.QUEUED) {
            throw new AssertionError("not queued: " + submitResult);
        }
        return end;
    }

    SubmitResult offer(List<Slice> payloads, Instant at, CompletableFuture<Outcome> end) {
        return engine.submit(payloads, Optional.empty(), at, outcome -> {
            if (!end.complete(outcome)) {
                throw new AssertionError("told twice");
            }
        });
    }

    SubmitResult offer(int payloads) {
        return offer(garbage(payloads), OneJudge.NOON, new CompletableFuture<>());
    }

    static List<Slice> garbage(int count) {
        return new ArrayList<>(Collections.nCopies(count, TestCards.payload("hello")));
    }

    static Outcome.Judged judged(CompletableFuture<Outcome> end) {
        return (Outcome.Judged) end(end);
    }

    static Outcome end(CompletableFuture<Outcome> end) {
        return end.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws InterruptedException {
        gate.open();
        if (!engine.close(Duration.ofSeconds(20))) {
            throw new AssertionError("the engine did not finish");
        }
    }
}
