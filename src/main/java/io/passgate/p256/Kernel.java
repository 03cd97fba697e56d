package io.passgate.p256;

import java.security.SecureRandom;
import java.util.Optional;

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
    static final int GENERATOR_WINDOW_BITS = 13;

    /** Signatures whose points are added up together: their nodes should stay in the second-level cache. */
    private static final int MAX_TOGETHER = 64;

    /** AVX2; with fewer the vector kernel is not worth it. */
    private static final int FEW_LANES = 4;

    /** AVX-512; a table's row is as wide. */
    private static final int MANY_LANES = 8;

    /** {@return the faster one that this JVM and machine have} */
    public static Kernel preferred() {
        return VECTOR.isAvailable() ? VECTOR : SCALAR;
    }

    /** {@return whether this JVM and machine have it} */
    public boolean isAvailable() {
        return this == SCALAR || unavailability().isEmpty();
    }

    /** {@return what a log line says of it, such as {@code vector, 8 lanes of 64 bits}, or why it is not available} */
    public String description() {
        if (this == SCALAR) {
            return "scalar";
        }
        return unavailability()
                .map(why -> "vector is not available: " + why)
                .orElseGet(() -> "vector, " + VectorField.LANES + " lanes of 64 bits");
    }

    /**
     * Why the vector kernel cannot run; empty if it can. No class of the module is touched before it is known to be
     * there.
     */
    private static Optional<String> unavailability() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return Optional.of("the module jdk.incubator.vector is absent (--add-modules jdk.incubator.vector)");
        }
        int lanes = VectorField.LANES;
        return lanes == FEW_LANES || lanes == MANY_LANES
                ? Optional.empty()
                : Optional.of("this machine has " + lanes + " lanes of 64 bits, and it takes 4 or 8");
    }

    /**
     * Builds the table of a key.
     *
     * @param key whose multiples it holds
     * @param windowBits 5 to 13; memory is ceil(256 / windowBits) * 2^(windowBits - 1) * 64 bytes
     * @return the table; building a wide one takes tens of milliseconds
     * @throws IllegalStateException if the kernel is not available
     * @throws IllegalArgumentException if the window has fewer or more bits
     */
    public KeyTable table(PublicPoint key, int windowBits) {
        if (windowBits < MIN_WINDOW_BITS || windowBits > MAX_WINDOW_BITS) {
            throw new IllegalArgumentException("a window has 5 to 13 bits, not " + windowBits);
        }
        checkAvailable();
        int rBits = this == SCALAR ? Limbs52.R_BITS : VectorField.R_BITS;
        return new KeyTable(this, windowBits, TableBuilder.build(key, windowBits, rBits));
    }

    /**
     * Makes a batch.
     *
     * @param capacity signatures that it holds at most
     * @return an empty batch, for one thread
     * @throws IllegalStateException if the kernel is not available
     */
    public EcdsaBatch batch(int capacity) {
        checkAvailable();
        int together = Math.min(capacity, MAX_TOGETHER);
        return switch (this) {
            case SCALAR ->
                new TableBatch(this, capacity, new ScalarSums(together), new Summands(ScalarGenerator.TABLE, together));
            case VECTOR ->
                new TableBatch(
                        this,
                        capacity,
                        new VectorSums(together, VectorLaneSums.random(new SecureRandom())),
                        new Summands(VectorGenerator.TABLE, together));
        };
    }

    private void checkAvailable() {
        if (!isAvailable()) {
            throw new IllegalStateException(description());
        }
    }

    /** Built when first needed. */
    private static final class ScalarGenerator {
        static final KeyTable TABLE = SCALAR.table(PublicPoint.generator(), GENERATOR_WINDOW_BITS);
    }

    /** Built when first needed. */
    private static final class VectorGenerator {
        static final KeyTable TABLE = VECTOR.table(PublicPoint.generator(), GENERATOR_WINDOW_BITS);
    }
}
