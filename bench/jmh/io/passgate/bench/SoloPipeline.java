package io.passgate.bench;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.KeyTableCache;
import io.passgate.crypto.TableSignatureBatch;
import io.passgate.engine.Batch;
import io.passgate.engine.EngineObserver;
import io.passgate.engine.TrustContext;
import io.passgate.engine.VerificationPipeline;
import io.passgate.model.Verdict;
import io.passgate.policy.Policy;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.security.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one worker of the engine holds, to be measured alone: a judge, a batch, a trust snapshot, and tables that are
 * built at once
 * when they are earned. */
public final class SoloPipeline {
    /** As a gateway has by default. */
    private static final long TABLE_BYTES = 256L << 20;

    private final VerificationPipeline verificationPipeline;
    private final Batch batch;
    private final TrustSnapshot trust;

    public SoloPipeline(int capacity, TrustList trust) {
        Provider provider = CryptoProviders.preferred();
        KeyTableCache tables = KeyTableCache.within(TABLE_BYTES, Runnable::run, System::nanoTime, SoloPipeline::fail);
        int signatures = VerificationPipeline.signatureCapacity(capacity);
        this.verificationPipeline = new VerificationPipeline(
                capacity, new TableSignatureBatch(tables, provider, signatures), EngineObserver.NONE, UsualFormats.ALL);
        this.batch = new Batch(capacity);
        this.trust = TrustSnapshot.given(trust);
    }

    private static void fail(Throwable fault) {
        throw new IllegalStateException("a table could not be built", fault);
    }

    /**
     * Judges as many payloads as the batch holds, from QR text to verdict, and returns how many were accepted.
     *
     * @param first the index of the first one in {@code texts}
     */
    public int judge(List<String> texts, int first, Instant at, Optional<Policy> policy) {
        batch.clear();
        for (int i = 0; i < batch.capacity(); i++) {
            batch.add(Corpus.bytes(texts.get(first + i)), at, policy);
        }
        verificationPipeline.judge(batch, TrustContext.trusting(trust));
        int accepted = 0;
        for (int i = 0; i < batch.size(); i++) {
            accepted += batch.checked(i).verdict() instanceof Verdict.Accepted ? 1 : 0;
        }
        return accepted;
    }
}
