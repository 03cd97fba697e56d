package io.passgate.p256;

/** Tables that hold no point: for tests of who has one. */
public final class EmptyTables {
    private EmptyTables() {}

    public static KeyTable of(int windowBits) {
        return new KeyTable(Kernel.SCALAR, windowBits, new long[0]);
    }
}
