package io.passgate.p256;

/** The two ways of the same arithmetic; tables and batches of one do not fit the other. */
public enum Kernel {
    /** Plain Java, on every machine. */
    SCALAR,
    /** By the Vector API (module jdk.incubator.vector), a signature a lane. */
    VECTOR;

    /** The faster one that this JVM and machine have. */
    public static Kernel preferred() {
        return SCALAR;
    }

    /** Whether this JVM and machine have it. */
    public boolean isAvailable() {
        return this == SCALAR;
    }

    /** What a log line says of it, such as "vector, 8 lanes". */
    public String description() {
        return "scalar";
    }

    /**
     * Builds the table of a key.
     *
     * @param windowBits 4 to 13; memory is ceil(257 / windowBits) * 2^(windowBits - 1) * 64 bytes
     * @throws IllegalStateException if the kernel is not available
     */
    public KeyTable table(PublicPoint key, int windowBits) {
        throw new UnsupportedOperationException();
    }

    /**
     * A batch for up to {@code capacity} signatures.
     *
     * @throws IllegalStateException if the kernel is not available
     */
    public EcdsaBatch batch(int capacity) {
        throw new UnsupportedOperationException();
    }
}
