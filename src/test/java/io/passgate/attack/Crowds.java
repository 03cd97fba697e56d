package io.passgate.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several crowds at once. */
public final class Crowds implements AutoCloseable {
    private final List<Crowd> all = new ArrayList<>();

    public Crowds add(Crowd crowd) {
        all.add(crowd);
        return this;
    }

    /** Waits until everyone has been connected or refused. */
    public Crowds awaitArrival() throws InterruptedException {
        for (Crowd crowd : all) {
            var _ = crowd.awaitArrival();
        }
        return this;
    }

    @Override
    public void close() throws IOException {
        for (Crowd crowd : all) {
            crowd.close();
        }
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
