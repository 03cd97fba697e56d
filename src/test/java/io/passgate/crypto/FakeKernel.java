package io.passgate.crypto;

import io.passgate.p256.EcdsaBatch;
import io.passgate.p256.EmptyTables;
import io.passgate.p256.KeyTable;
import io.passgate.p256.PublicPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A kernel whose tables hold nothing, and that remembers what it was asked for. */
final class FakeKernel implements TableKernel {
    /** The windows of the tables built, in order. */
    final List<Integer> built = Collections.synchronizedList(new ArrayList<>());

    final Set<PublicPoint> points = ConcurrentHashMap.newKeySet();

    /** While it is true no table can be built. */
    volatile boolean broken;

    @Override
    public KeyTable table(PublicPoint key, int windowBits) {
        if (broken) {
            throw new OutOfMemoryError("a fault of ours");
        }
        points.add(key);
        built.add(windowBits);
        return EmptyTables.of(windowBits);
    }

    @Override
    public EcdsaBatch batch(int capacity) {
        return new FakeEcdsaBatch(capacity);
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String description() {
        return "fake";
    }
}
