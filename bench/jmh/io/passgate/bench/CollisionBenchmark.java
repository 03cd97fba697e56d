package io.passgate.bench;

import io.passgate.p256.EcdsaBatch;
import io.passgate.p256.Kernel;
import io.passgate.p256.KeyTable;
import io.passgate.p256.PublicPoint;
import java.math.BigInteger;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What batches cost that were built to make points meet, beside one of no such intent: the worst an issuer can do who
 * knows its own private key. With the generator or its opposite as the key, and u1 = u2, every point of the first level
 * meets its equal or its opposite; in the latter case all further levels add points at infinity. Part of
 * {@code bench/run.sh hostile}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 2, time = 1)
@Fork(1)
public class CollisionBenchmark {
    static final int SIGNATURES = 256;
    private static final int HALF = 32;

    /** Which points meet. */
    public enum Meeting {
        NONE,
        EQUAL,
        OPPOSITE
    }

    /** A batch of signatures with u1 = u2, which is so when the digest is r. */
    @State(Scope.Benchmark)
    public static class Crafted {
        @Param
        Kernel kernel = Kernel.preferred();

        @Param
        Meeting meeting = Meeting.NONE;

        @Param({"1", "256"})
        int size = SIGNATURES;

        private final byte[] signatures = new byte[SIGNATURES * 2 * HALF];
        private EcdsaBatch batch = Kernel.SCALAR.batch(1);
        private KeyTable table = Kernel.SCALAR.table(point(Meeting.NONE), Kernel.MIN_WINDOW_BITS);

        private static PublicPoint point(Meeting meeting) {
            ECPoint generator = CustomNamedCurves.getByName("secp256r1").getG();
            ECPoint point = switch (meeting) {
                case NONE -> generator.multiply(BigInteger.valueOf(0x5eed_0000_0001L));
                case EQUAL -> generator;
                case OPPOSITE -> generator.negate();
            };
            ECPoint affine = point.normalize();
            return PublicPoint.of(
                            affine.getAffineXCoord().toBigInteger(),
                            affine.getAffineYCoord().toBigInteger())
                    .orElseThrow();
        }

        @Setup
        public void prepare() {
            new Random(Corpus.seed()).nextBytes(signatures);
            for (int i = 0; i < signatures.length; i += HALF) {
                signatures[i] &= 0x7f;
            }
            batch = kernel.batch(size);
            // The generator's own window, so that all windows of both meet.
            table = kernel.table(point(meeting), Kernel.MAX_WINDOW_BITS);
        }

        int decide() {
            int valid = 0;
            for (int first = 0; first < SIGNATURES; first += size) {
                batch.clear();
                for (int i = first; i < first + size; i++) {
                    int at = i * 2 * HALF;
                    batch.add(table, signatures, at, signatures, at);
                }
                batch.verify();
                for (int i = 0; i < size; i++) {
                    valid += batch.isValid(i) ? 1 : 0;
                }
            }
            return valid;
        }
    }

    @Benchmark
    @OperationsPerInvocation(SIGNATURES)
    public void decide(Crafted crafted) {
        if (crafted.decide() != 0) {
            throw new IllegalStateException("a signature that nobody made is valid");
        }
    }
}
