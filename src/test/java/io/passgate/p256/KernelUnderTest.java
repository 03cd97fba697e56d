package io.passgate.p256;

import java.util.List;

/** What decides on inputs: a kernel, or what the tests themselves are tried on. Shared by threads. */
interface KernelUnderTest {

    String name();

    /** Decides for one thread, up to {@code capacity} at once. */
    Decider decider(int capacity);

    /** Decides in batches. */
    interface Decider {

        /** The decision on each, all in one batch. */
        boolean[] decide(List<Input> batch);

        /** As {@link EcdsaBatch#exceptionalAdditions()}. */
        long exceptionalAdditions();
    }
}
