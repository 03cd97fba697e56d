package io.passgate.crypto;

import io.passgate.p256.EcdsaBatch;
import io.passgate.p256.KeyTable;
import io.passgate.p256.PublicPoint;
import java.util.SplittableRandom;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Runs a kernel until the JVM has compiled it. Before that a signature takes the vector kernel many milliseconds, so
 * that the first ones by tables would hold up all others at the worst moment, right after a start.
 */
final class KernelWarmUp {
    /** Where compiled code is reached after about 100; in a JVM that has it already, all of them take some 100 ms. */
    private static final int ROUNDS = 256;

    /** Batches of all the shapes that gateways form. */
    private static final int[] SIZES = {64, 1, 8, 3};

    private static final int DIGEST_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    private KernelWarmUp() {}

    /** Verifies signatures that are none, by both sizes of table; ends early when its thread is interrupted. */
    static void run(TableKernel kernel, KeyTableCache.Sizes sizes) {
        KeyTable[] tables = {kernel.table(point(), sizes.narrowWindow()), kernel.table(point(), sizes.wideWindow())};
        EcdsaBatch batch = kernel.batch(SIZES[0]);
        SplittableRandom random = new SplittableRandom(1);
        byte[] digest = new byte[DIGEST_BYTES];
        byte[] signature = new byte[SIGNATURE_BYTES];
        for (int round = 0; round < ROUNDS && !Thread.currentThread().isInterrupted(); round++) {
            for (int size : SIZES) {
                batch.clear();
                for (int i = 0; i < size; i++) {
                    random.nextBytes(digest);
                    random.nextBytes(signature);
                    var _ = batch.add(tables[i % tables.length], digest, 0, signature, 0);
                }
                batch.verify();
            }
        }
    }

    /** Any point: nobody has to know its discrete logarithm, for no signature is meant to hold. */
    private static PublicPoint point() {
        ECPoint point = SECNamedCurves.getByName("secp256r1").getG().twice().normalize();
        return PublicPoint.of(
                        point.getAffineXCoord().toBigInteger(),
                        point.getAffineYCoord().toBigInteger())
                .orElseThrow();
    }
}
