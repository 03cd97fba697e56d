package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The plain kernels against BigInteger, at random and at the ends of what they take. */
final class FieldTest {
    private static final int TRIALS = 20_000;
    private static final int L = Limbs52.COUNT;
    private static final BigInteger R_INVERSE =
            BigInteger.ONE.shiftLeft(Limbs52.R_BITS).modInverse(Curve.P);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final long[] a = new long[L];
    private final long[] b = new long[L];
    private final long[] c = new long[L];
    private final long[] d = new long[L];
    private final long[] r = new long[L];
    private final long[] words = new long[2 * L];

    static BigInteger value(long[] limbs) {
        BigInteger value = BigInteger.ZERO;
        for (int i = L - 1; i >= 0; i--) {
            value = value.shiftLeft(Limbs52.BITS).add(BigInteger.valueOf(limbs[i]));
        }
        return value;
    }

    /** Limbs of up to {@code bits} bits of either sign; every fourth element is all ends. */
    private void fill(long[] limbs, int bits) {
        boolean ends = random.nextInt(4) == 0;
        for (int i = 0; i < L; i++) {
            int width = i == L - 1 ? Math.min(bits, 51) : bits;
            long magnitude = ends ? (1L << width) - 1 : random.nextLong() >>> (Long.SIZE - width);
            limbs[i] = random.nextBoolean() ? magnitude : -magnitude;
        }
    }

    private void assertSame(long[] actual, BigInteger expected) {
        assertThat(value(actual).subtract(expected).mod(Curve.P))
                .as("seed %d", seed)
                .isZero();
        for (int i = 0; i < L - 1; i++) {
            assertThat(actual[i]).as("limb %d, seed %d", i, seed).isBetween(0L, Limbs52.MASK);
        }
    }

    @Test
    void mul_isTheProductOverR() {
        for (int i = 0; i < TRIALS; i++) {
            fill(a, 55);
            fill(b, 52);
            Field.mul(r, 0, a, 0, b, 0);
            assertSame(r, value(a).multiply(value(b)).multiply(R_INVERSE));
        }
    }

    @Test
    void mulSubtract_takesOffTheThird() {
        for (int i = 0; i < TRIALS; i++) {
            fill(a, 55);
            fill(b, 52);
            fill(c, 59);
            Field.mulSubtract(r, 0, a, 0, b, 0, c, 0);
            assertSame(r, value(a).multiply(value(b)).multiply(R_INVERSE).subtract(value(c)));
        }
    }

    @Test
    void squareSubtract_takesOffBothAndStaysNearTheModulus() {
        BigInteger slack = BigInteger.ONE.shiftLeft(226);
        for (int i = 0; i < TRIALS; i++) {
            fill(a, 52);
            fill(c, 55);
            fill(d, 55);
            FieldSquare.squareSubtract(r, 0, a, 0, c, 0, d, 0);
            assertSame(
                    r,
                    value(a).multiply(value(a))
                            .multiply(R_INVERSE)
                            .subtract(value(c))
                            .subtract(value(d)));
            assertThat(value(r))
                    .isBetween(slack.negate(), BigInteger.ONE.shiftLeft(256).add(slack));
        }
    }

    @Test
    void aKernel_mayWriteOverWhatItReads() {
        fill(a, 52);
        fill(c, 55);
        BigInteger expected = value(a).multiply(value(a))
                .multiply(R_INVERSE)
                .subtract(value(c))
                .subtract(value(a));
        FieldSquare.squareSubtract(a, 0, a, 0, c, 0, a, 0);
        assertSame(a, expected);
        fill(b, 52);
        BigInteger product = value(a).multiply(value(b)).multiply(R_INVERSE).subtract(value(b));
        Field.mulSubtract(b, 0, a, 0, b, 0, b, 0);
        assertSame(b, product);
    }

    @Test
    void isZero_knowsEveryMultipleOfTheModulus() {
        for (int k = -15; k <= 15; k++) {
            BigInteger multiple = Curve.P.multiply(BigInteger.valueOf(k));
            for (int off = -20; off <= 20; off++) {
                set(a, multiple.add(BigInteger.valueOf(off)));
                assertThat(Field.isZero(a, 0, words)).as("%d p + %d", k, off).isEqualTo(off == 0);
            }
        }
    }

    private static void set(long[] limbs, BigInteger number) {
        BigInteger rest = number;
        for (int i = 0; i < L - 1; i++) {
            limbs[i] = rest.longValue() & Limbs52.MASK;
            rest = rest.shiftRight(Limbs52.BITS);
        }
        limbs[L - 1] = rest.longValueExact();
    }

    @Test
    void invert_givesTheMontgomeryFormOfTheInverse() {
        Inverse inversion = new Inverse(Curve.P);
        for (int i = 0; i < 500; i++) {
            BigInteger number = new BigInteger(300, random).mod(Curve.P).max(BigInteger.ONE);
            Limbs52.copy(a, 0, Limbs52.montgomery(number, Curve.P), 0);
            Field.invert(a, 0, words, inversion);
            Field.leave(words, 0, a, 0, r);
            assertThat(words).as("seed %d", seed).startsWith(UInt256.of(number.modInverse(Curve.P)));
        }
    }

    @Test
    void orderMul_isTheProductOverR_upToTheLargestDigest() {
        BigInteger rInverse = BigInteger.ONE.shiftLeft(Limbs52.R_BITS).modInverse(Curve.N);
        BigInteger largest = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
        for (int i = 0; i < TRIALS; i++) {
            BigInteger x = i % 8 == 0 ? largest : new BigInteger(256, random);
            BigInteger y = i % 16 < 2 ? Curve.N.subtract(BigInteger.ONE) : new BigInteger(256, random).mod(Curve.N);
            Order.mul(r, 0, Limbs52.of(x), 0, Limbs52.of(y), 0);
            Limbs52.toCanonicalWords(words, 0, r, 0, Order.N);
            assertThat(words)
                    .as("seed %d", seed)
                    .startsWith(UInt256.of(x.multiply(y).multiply(rInverse).mod(Curve.N)));
        }
    }
}
