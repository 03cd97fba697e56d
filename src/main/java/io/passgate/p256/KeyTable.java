package io.passgate.p256;

/** The table of one public key, for one {@link Kernel}: immutable, shared by all threads. */
public final class KeyTable {
    private final Kernel kernel;
    private final int windowBits;
    private final long[] points;

    KeyTable(Kernel kernel, int windowBits, long[] points) {
        this.kernel = kernel;
        this.windowBits = windowBits;
        this.points = points;
    }

    /** The kernel whose batches take it. */
    Kernel kernel() {
        return kernel;
    }

    /** {@return how many bits of a scalar one look-up covers} */
    public int windowBits() {
        return windowBits;
    }

    /** Memory it takes. */
    long bytes() {
        return (long) points.length * Long.BYTES;
    }

    long[] points() {
        return points;
    }
}
