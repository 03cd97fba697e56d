package io.passgate.p256;

/** The two ways of the same arithmetic; tables and batches of one do not fit the other. */
public enum Kernel {
    /** Plain Java, on every machine. */
    SCALAR,
    /** By the Vector API (module jdk.incubator.vector), a signature a lane. */
    VECTOR;

    /** The least window a table may have. */
    public static final int MIN_WINDOW_BITS = 5;

    /** The largest window a table may have. */
    public static final int MAX_WINDOW_BITS = 13;

    /** The generator's window: its table is met by every signature. */
    static final int GENERATOR_WINDOW_BITS = 12;

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
     * @param windowBits 5 to 13; memory is ceil(256 / windowBits) * 2^(windowBits - 1) * 64 bytes
     * @throws IllegalStateException if the kernel is not available
     */
    public KeyTable table(PublicPoint key, int windowBits) {
        if (windowBits < MIN_WINDOW_BITS || windowBits > MAX_WINDOW_BITS) {
            throw new IllegalArgumentException("a window has 5 to 13 bits, not " + windowBits);
        }
        return new KeyTable(this, windowBits, TableBuilder.build(key, windowBits, Limbs52.R_BITS));
    }

    /**
     * A batch for up to {@code capacity} signatures.
     *
     * @throws IllegalStateException if the kernel is not available
     */
    public EcdsaBatch batch(int capacity) {
        int together = Math.min(capacity, 64);
        return new TableBatch(
                this, capacity, new ScalarSums(together), new Leaves(ScalarGenerator.TABLE, together));
    }

    /** Built when first needed. */
    private static final class ScalarGenerator {
        static final KeyTable TABLE = SCALAR.table(PublicPoint.generator(), GENERATOR_WINDOW_BITS);
    }
}
