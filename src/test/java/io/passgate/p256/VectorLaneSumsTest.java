package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Few signatures at once, which are summed up from secret starts: beside the tree, and where the starts are known. */
final class VectorLaneSumsTest {
    private static final int WINDOW_BITS = 6;
    private static final KeyTable GENERATOR =
            Kernel.VECTOR.table(PublicPoint.generator(), Kernel.GENERATOR_WINDOW_BITS);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private BigInteger scalar() {
        return new BigInteger(256, random).mod(Curve.N);
    }

    private static Summands leaves(KeyTable key, BigInteger[] u1, BigInteger[] u2) {
        Summands summands = new Summands(GENERATOR, u1.length);
        summands.start(WINDOW_BITS);
        for (int i = 0; i < u1.length; i++) {
            summands.add(key, UInt256.of(u1[i]), 0, UInt256.of(u2[i]), 0);
        }
        return summands;
    }

    @Test
    void fewSignatures_haveTheSumsOfPlainArithmetic() {
        VectorLaneSums sums = VectorLaneSums.startingFrom(scalar());
        BigInteger d = scalar();
        KeyTable key = Kernel.VECTOR.table(PublicPoint.ofGenerator(d), WINDOW_BITS);
        for (int count = 1; count <= VectorLaneSums.MAX_SIGNATURES; count++) {
            BigInteger[] u1 = new BigInteger[count];
            BigInteger[] u2 = new BigInteger[count];
            for (int i = 0; i < count; i++) {
                u1[i] = scalar();
                u2[i] = scalar();
            }
            long[] x = new long[count * UInt256.COUNT];
            assertThat(sums.sum(leaves(key, u1, u2), x)).isTrue();
            for (int i = 0; i < count; i++) {
                BigInteger sum = u1[i].add(u2[i].multiply(d)).mod(Curve.N);
                long[] expected = UInt256.of(PublicPoint.ofGenerator(sum).x());
                assertThat(UInt256.areEqual(x, i * UInt256.COUNT, expected, 0))
                        .as("signature %d of %d, seed %d", i, count, seed)
                        .isTrue();
            }
        }
    }

    /** Its owner can aim at it, and must not be able to make a batch dear. */
    @Test
    void infinity_isToldWithoutTheTree_besideOtherSums() {
        VectorLaneSums sums = VectorLaneSums.startingFrom(scalar());
        BigInteger d = scalar();
        KeyTable key = Kernel.VECTOR.table(PublicPoint.ofGenerator(d), WINDOW_BITS);
        for (int count = 1; count <= VectorLaneSums.MAX_SIGNATURES; count++) {
            for (int aimed = 0; aimed < count; aimed++) {
                BigInteger[] u1 = new BigInteger[count];
                BigInteger[] u2 = new BigInteger[count];
                for (int i = 0; i < count; i++) {
                    u2[i] = scalar().max(BigInteger.ONE);
                    u1[i] = i == aimed ? u2[i].multiply(d).negate().mod(Curve.N) : scalar();
                }
                long[] x = new long[count * UInt256.COUNT];
                assertThat(sums.sum(leaves(key, u1, u2), x)).isTrue();
                for (int i = 0; i < count; i++) {
                    BigInteger sum = u1[i].add(u2[i].multiply(d)).mod(Curve.N);
                    long[] expected = sum.signum() == 0
                            ? new long[] {-1, -1, -1, -1}
                            : UInt256.of(PublicPoint.ofGenerator(sum).x());
                    assertThat(UInt256.areEqual(x, i * UInt256.COUNT, expected, 0))
                            .as("signature %d of %d, %d aimed, seed %d", i, count, aimed, seed)
                            .isTrue();
                }
            }
        }
    }

    /** Whoever knows the start can make a lane meet the point it already holds: what the secret is for. */
    @Test
    void aCollisionWithAKnownStart_isNoticed_andDecidedByTheTree() {
        BigInteger u1 = scalar();
        BigInteger u2 = BigInteger.ONE;
        BigInteger d = scalar();
        int[] codes = new int[SignedWindows.count(Kernel.GENERATOR_WINDOW_BITS)];
        new SignedWindows().digits(UInt256.of(u1), 0, Kernel.GENERATOR_WINDOW_BITS, codes, 0, 1);
        int half = 1 << (Kernel.GENERATOR_WINDOW_BITS - 1);
        int multiple = 2 * ((codes[0] >> 1) & (half - 1)) + 1;
        BigInteger start =
                BigInteger.valueOf((codes[0] & 1) == 0 ? multiple : -multiple).mod(Curve.N);
        KeyTable key = Kernel.VECTOR.table(PublicPoint.ofGenerator(d), WINDOW_BITS);
        Summands summands = leaves(key, new BigInteger[] {u1}, new BigInteger[] {u2});
        VectorLaneSums known = VectorLaneSums.startingFrom(start);
        long[] x = new long[UInt256.COUNT];
        assertThat(known.sum(summands, x)).isFalse();
        assertThat(VectorLaneSums.startingFrom(start.add(BigInteger.TWO)).sum(summands, new long[UInt256.COUNT]))
                .isTrue();
        new VectorSums(1, known).sum(summands, x);
        assertThat(x)
                .containsExactly(UInt256.of(
                        PublicPoint.ofGenerator(u1.add(d).mod(Curve.N)).x()));
    }
}
