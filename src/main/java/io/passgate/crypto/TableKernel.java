package io.passgate.crypto;

import io.passgate.p256.EcdsaBatch;
import io.passgate.p256.Kernel;
import io.passgate.p256.KeyTable;
import io.passgate.p256.PublicPoint;
import java.util.Locale;

/** What makes tables of keys, and batches that verify by them. */
interface TableKernel {

    /** The table of one key; see {@link Kernel#table}. */
    KeyTable table(PublicPoint key, int windowBits);

    /** A batch that takes this kernel's tables; see {@link Kernel#batch}. */
    EcdsaBatch batch(int capacity);

    /** A word for metrics, such as {@code vector}. */
    String name();

    /** What a log line says of it, and of a faster one that this machine or JVM lacks. */
    String description();

    /** The fastest that this JVM and machine have. */
    static TableKernel preferred() {
        return of(Kernel.preferred());
    }

    static TableKernel of(Kernel kernel) {
        return new TableKernel() {
            @Override
            public KeyTable table(PublicPoint key, int windowBits) {
                return kernel.table(key, windowBits);
            }

            @Override
            public EcdsaBatch batch(int capacity) {
                return kernel.batch(capacity);
            }

            @Override
            public String name() {
                return kernel.name().toLowerCase(Locale.ROOT);
            }

            @Override
            public String description() {
                return kernel == Kernel.VECTOR || Kernel.VECTOR.isAvailable()
                        ? kernel.description()
                        : kernel.description() + "; " + Kernel.VECTOR.description();
            }
        };
    }
}
