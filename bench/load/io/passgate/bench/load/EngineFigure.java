package io.passgate.bench.load;

import io.passgate.bench.Corpus;
import io.passgate.bench.SoloPipeline;
import io.passgate.crypto.CryptoProviders;
import java.time.Instant;
import java.util.Optional;

/** What one thread of the engine judges a second, in batches of 64, in the process of the generator. */
final class EngineFigure {
    private static final int BATCH = 64;
    private static final double NS_PER_SECOND = 1e9;

    private final Corpus corpus;
    private final SoloPipeline judge;

    EngineFigure(Corpus corpus) {
        this.corpus = corpus;
        this.judge = new SoloPipeline(BATCH, corpus.trust(CryptoProviders.preferred()));
    }

    /** Measures for so many seconds, after as many seconds of warming up. */
    double payloadsPerSecond(double seconds) {
        var _ = run(seconds);
        return run(seconds);
    }

    private double run(double seconds) {
        long started = System.nanoTime();
        long judged = 0;
        while (System.nanoTime() - started < seconds * NS_PER_SECOND) {
            int first = (int) (judged % Corpus.SIZE);
            if (judge.judge(corpus.texts(), first, Instant.now(), Optional.empty()) != BATCH) {
                throw new IllegalStateException("a good payload was not accepted");
            }
            judged += BATCH;
        }
        return judged * NS_PER_SECOND / (System.nanoTime() - started);
    }
}
