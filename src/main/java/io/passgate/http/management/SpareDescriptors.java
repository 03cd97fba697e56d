package io.passgate.http.management;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * File descriptors that are kept open for nothing, so that a connection can be taken when the process has none left.
 * One thread uses it.
 */
final class SpareDescriptors implements AutoCloseable {
    private final int most;
    private final Deque<DatagramChannel> spares = new ArrayDeque<>();

    SpareDescriptors(int most) {
        this.most = most;
        fill();
    }

    /** Takes as many as it may and as there are. */
    void fill() {
        try {
            while (spares.size() < most) {
                spares.add(DatagramChannel.open());
            }
        } catch (IOException noneLeft) {
            // The next time, then.
        }
    }

    /** Gives one back to the process; false where there is none. */
    boolean giveUp() throws IOException {
        DatagramChannel spare = spares.poll();
        if (spare == null) {
            return false;
        }
        spare.close();
        return true;
    }

    @Override
    public void close() throws IOException {
        boolean given = true;
        while (given) {
            given = giveUp();
        }
    }
}
