package io.passgate.testing;

import io.passgate.engine.EngineObserver;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What an engine told its observer, in the order it was told. */
public final class HeardEngine implements EngineObserver {
    public final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
    public final List<Long> waits = new CopyOnWriteArrayList<>();
    public final List<Verdict> verdicts = new CopyOnWriteArrayList<>();
    public final List<Throwable> faults = new CopyOnWriteArrayList<>();
    public final List<Stage> stages = new CopyOnWriteArrayList<>();
    public final List<String> expiries = new CopyOnWriteArrayList<>();

    @Override
    public void stageTook(Stage stage, long ns) {
        stages.add(stage);
    }

    @Override
    public void batchStarted(int items, long longestWaitNs) {
        batchSizes.add(items);
        waits.add(longestWaitNs);
    }

    @Override
    public void judged(VerificationResult verificationResult) {
        verdicts.add(verificationResult.verdict());
    }

    @Override
    public void requestExpired() {
        expiries.add("expired");
    }

    @Override
    public void failed(Throwable fault) {
        faults.add(fault);
    }
}
