package io.passgate.http.management;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process that has a management port, and then neither direct memory nor file descriptors any more. */
final class WantingProcess {
    private static final List<Object> TAKEN = new ArrayList<>();

    private WantingProcess() {}

    /** Says its port, then that it is in want, and stays until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (ManagementPort port = new Management(
                        () -> "# text\n".repeat(100_000), List::of, () -> List.of("in want"), List::of)
                .listen("127.0.0.1", 0, new ManagementPort.Bounds(256, Duration.ofSeconds(10)))) {
            takeMemory(1 << 16);
            takeMemory(1);
            int descriptors = takeDescriptors();
            System.out.println(port.port() + " " + descriptors);
            var _ = System.in.read();
            TAKEN.clear();
        }
    }

    private static void takeMemory(int bytes) {
        try {
            while (true) {
                TAKEN.add(ByteBuffer.allocateDirect(bytes));
            }
        } catch (OutOfMemoryError usedUp) {
            // As wanted.
        }
    }

    private static int takeDescriptors() {
        int taken = 0;
        try {
            while (true) {
                TAKEN.add(taken % 2 == 0 ? DatagramChannel.open() : ServerSocketChannel.open());
                taken++;
            }
        } catch (IOException usedUp) {
            return taken;
        }
    }
}
