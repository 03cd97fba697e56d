package io.passgate.app.watch;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** The memory outside the heap that all connections read into and write from: {@code -XX:MaxDirectMemorySize}. */
public final class DirectMemory {
    /** As much as one read from a socket takes at most. */
    private static final int ONE_READ = 1 << 16;

    private static final double NEARLY = 0.9;

    private final BufferPoolMXBean pool;
    private final long maxBytes;

    /** Finds out how much there may be: once set, it does not change. */
    public DirectMemory() {
        pool = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(bean -> bean.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
        long configured = Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxDirectMemorySize")
                .getValue());
        maxBytes = configured == 0 ? Runtime.getRuntime().maxMemory() : configured;
    }

    /** {@return the part of it that is taken, 0 to 1; of what is taken a part may be free in the event loops' pools} */
    public double used() {
        return (double) pool.getMemoryUsed() / maxBytes;
    }

    /** {@return whether it is nearly used up} */
    public boolean isNearlyUsedUp() {
        return used() >= NEARLY;
    }

    /**
     * {@return whether the event loop that asks gets what one read takes} Where there is none, this waits for half a
     * second, as a read would.
     */
    public static boolean isThereForARead() {
        try {
            ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(ONE_READ);
            return buffer.release();
        } catch (OutOfMemoryError usedUp) {
            return false;
        }
    }
}
