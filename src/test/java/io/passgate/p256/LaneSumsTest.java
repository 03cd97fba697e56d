package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Few signatures at once, which are summed up from secret starts: beside the tree, and where the starts are known. */
final class LaneSumsTest {
    private static final int WINDOW_BITS = 6;
    private static final KeyTable GENERATOR =
            Kernel.VECTOR.table(PublicPoint.generator(), Kernel.GENERATOR_WINDOW_BITS);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private BigInteger scalar() {
        return new BigInteger(256, random).mod(Curve.N);
    }

    private static Leaves leaves(KeyTable key, BigInteger[] u1, BigInteger[] u2) {
        Leaves leaves = new Leaves(GENERATOR, u1.length);
        leaves.start(WINDOW_BITS);
        for (int i = 0; i < u1.length; i++) {
            leaves.add(key, Words.of(u1[i]), 0, Words.of(u2[i]), 0);
        }
        return leaves;
    }

    @Test
    void fewSignatures_haveTheSumsOfPlainArithmetic() {
        LaneSums sums = LaneSums.startingFrom(scalar());
        BigInteger d = scalar();
        KeyTable key = Kernel.VECTOR.table(PublicPoint.ofGenerator(d), WINDOW_BITS);
        for (int count = 1; count <= LaneSums.MAX_SIGNATURES; count++) {
            BigInteger[] u1 = new BigInteger[count];
            BigInteger[] u2 = new BigInteger[count];
            for (int i = 0; i < count; i++) {
                u1[i] = scalar();
                u2[i] = scalar();
            }
            long[] x = new long[count * Words.COUNT];
            assertThat(sums.sum(leaves(key, u1, u2), x)).isTrue();
            for (int i = 0; i < count; i++) {
                BigInteger sum = u1[i].add(u2[i].multiply(d)).mod(Curve.N);
                long[] expected = Words.of(PublicPoint.ofGenerator(sum).x());
                assertThat(Words.areEqual(x, i * Words.COUNT, expected, 0))
                        .as("signature %d of %d, seed %d", i, count, seed)
                        .isTrue();
            }
        }
    }

    /** Its owner can aim at it, and must not be able to make a batch dear. */
    @Test
    void infinity_isToldWithoutTheTree_besideOtherSums() {
        LaneSums sums = LaneSums.startingFrom(scalar());
        BigInteger d = scalar();
        KeyTable key = Kernel.VECTOR.table(PublicPoint.ofGenerator(d), WINDOW_BITS);
        for (int count = 1; count <= LaneSums.MAX_SIGNATURES; count++) {
            for (int aimed = 0; aimed < count; aimed++) {
                BigInteger[] u1 = new BigInteger[count];
                BigInteger[] u2 = new BigInteger[count];
                for (int i = 0; i < count; i++) {
                    u2[i] = scalar().max(BigInteger.ONE);
                    u1[i] = i == aimed ? u2[i].multiply(d).negate().mod(Curve.N) : scalar();
                }
                long[] x = new long[count * Words.COUNT];
                assertThat(sums.sum(leaves(key, u1, u2), x)).isTrue();
                for (int i = 0; i < count; i++) {
                    BigInteger sum = u1[i].add(u2[i].multiply(d)).mod(Curve.N);
                    long[] expected = sum.signum() == 0
                            ? new long[] {-1, -1, -1, -1}
                            : Words.of(PublicPoint.ofGenerator(sum).x());
                    assertThat(Words.areEqual(x, i * Words.COUNT, expected, 0))
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
        int[] codes = new int[Windows.count(Kernel.GENERATOR_WINDOW_BITS)];
        new Windows().digits(Words.of(u1), 0, Kernel.GENERATOR_WINDOW_BITS, codes, 0, 1);
        int half = 1 << (Kernel.GENERATOR_WINDOW_BITS - 1);
        int multiple = 2 * ((codes[0] >> 1) & (half - 1)) + 1;
        BigInteger start =
                BigInteger.valueOf((codes[0] & 1) == 0 ? multiple : -multiple).mod(Curve.N);
        KeyTable key = Kernel.VECTOR.table(PublicPoint.ofGenerator(d), WINDOW_BITS);
        Leaves leaves = leaves(key, new BigInteger[] {u1}, new BigInteger[] {u2});
        LaneSums known = LaneSums.startingFrom(start);
        long[] x = new long[Words.COUNT];
        assertThat(known.sum(leaves, x)).isFalse();
        assertThat(LaneSums.startingFrom(start.add(BigInteger.TWO)).sum(leaves, new long[Words.COUNT]))
                .isTrue();
        new VectorSums(1, known).sum(leaves, x);
        assertThat(x)
                .containsExactly(
                        Words.of(PublicPoint.ofGenerator(u1.add(d).mod(Curve.N)).x()));
    }
}
