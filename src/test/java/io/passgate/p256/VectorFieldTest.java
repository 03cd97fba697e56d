package io.passgate.p256;

import static io.passgate.p256.VectorField.ELEMENT;
import static io.passgate.p256.VectorField.LANES;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The vector kernels against BigInteger, lane by lane, at random and at the ends of what they take. */
final class VectorFieldTest {
    private static final int TRIALS = 5_000;
    private static final BigInteger R_INVERSE =
            BigInteger.ONE.shiftLeft(VectorField.R_BITS).modInverse(Curve.P);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final long[] a = new long[ELEMENT];
    private final long[] b = new long[ELEMENT];
    private final long[] c = new long[ELEMENT];
    private final long[] d = new long[ELEMENT];
    private final long[] r = new long[ELEMENT];

    private static BigInteger value(long[] element, int lane) {
        BigInteger value = BigInteger.ZERO;
        for (int i = VectorField.LIMBS - 1; i >= 0; i--) {
            value = value.shiftLeft(VectorField.BITS).add(BigInteger.valueOf(element[i * LANES + lane]));
        }
        return value;
    }

    /** Limbs below {@code bound} in magnitude; the highest below 2^27; every fourth lane is all ends. */
    private void fill(long[] element, long bound) {
        for (int lane = 0; lane < LANES; lane++) {
            boolean ends = random.nextInt(4) == 0;
            boolean oneSign = random.nextBoolean();
            for (int i = lane; i < ELEMENT; i += LANES) {
                long most = i < ELEMENT - LANES ? bound : Math.min(bound, 1L << 27);
                long magnitude = ends ? most - 1 : random.nextLong(most);
                element[i] = oneSign || random.nextBoolean() ? magnitude : -magnitude;
            }
        }
    }

    private void assertLanes(IntFunction<BigInteger> expected, long slack) {
        for (int lane = 0; lane < LANES; lane++) {
            assertThat(value(r, lane).subtract(expected.apply(lane)).mod(Curve.P))
                    .as("lane %d, seed %d", lane, seed)
                    .isZero();
            for (int i = 0; i < VectorField.LIMBS - 1; i++) {
                assertThat(r[i * LANES + lane]).isBetween(-slack, VectorField.LIMB_MASK + slack);
            }
        }
    }

    private BigInteger product(long[] x, long[] y, int lane) {
        return value(x, lane).multiply(value(y, lane)).multiply(R_INVERSE);
    }

    @Test
    void mul_isTheProductOverR_forADifferenceAndATangent() {
        for (int i = 0; i < TRIALS; i++) {
            fill(a, 3L << 29);
            fill(b, 1L << 29);
            VectorField.mul(r, 0, a, 0, b, 0);
            assertLanes(lane -> product(a, b, lane), 0);
            VectorField.mul(r, 0, b, 0, a, 0);
            assertLanes(lane -> product(a, b, lane), 0);
        }
    }

    @Test
    void mulSubtract_takesOffTheThird() {
        for (int i = 0; i < TRIALS; i++) {
            fill(a, 1L << 30);
            fill(b, 1L << 29);
            fill(c, 1L << 33);
            VectorProductDifference.mulSubtract(r, 0, a, 0, b, 0, c, 0);
            assertLanes(lane -> product(a, b, lane).subtract(value(c, lane)), 0);
        }
    }

    @Test
    void square_isTheProductWithItself() {
        for (int i = 0; i < TRIALS; i++) {
            fill(a, (1L << 29) + (1L << 26));
            VectorSquare.square(r, 0, a, 0);
            assertLanes(lane -> product(a, a, lane), 0);
        }
    }

    @Test
    void squareSubtract_takesOffBothAndStaysNearTheModulus() {
        BigInteger slack = BigInteger.ONE.shiftLeft(226);
        for (int i = 0; i < TRIALS; i++) {
            fill(a, 1L << 29);
            fill(c, 1L << 30);
            fill(d, 1L << 30);
            VectorSquare.squareSubtract(r, 0, a, 0, c, 0, d, 0);
            assertLanes(lane -> product(a, a, lane).subtract(value(c, lane)).subtract(value(d, lane)), 1L << 26);
            for (int lane = 0; lane < LANES; lane++) {
                assertThat(value(r, lane))
                        .isBetween(slack.negate(), BigInteger.ONE.shiftLeft(256).add(slack));
            }
        }
    }

    @Test
    void rowsOfATable_comeOutAsTheWordsTheyAre() {
        long[] table = new long[TableBuilder.ROW * LANES];
        VectorRows rows = new VectorRows(LANES);
        for (int lane = 0; lane < LANES; lane++) {
            for (int i = 0; i < TableBuilder.ROW; i++) {
                table[lane * TableBuilder.ROW + i] = random.nextLong();
            }
            rows.set(lane, table, lane * TableBuilder.ROW, lane % 2 == 0 ? 0 : -1);
        }
        rows.split(0, a, b, 0);
        for (int lane = 0; lane < LANES; lane++) {
            VectorLanes.write(c, lane, table, lane * TableBuilder.ROW, 0);
            VectorLanes.write(d, lane, table, lane * TableBuilder.ROW + UInt256.COUNT, lane % 2 == 0 ? 0 : -1);
        }
        assertThat(a).containsExactly(c);
        assertThat(b).containsExactly(d);
    }

    @Test
    void aLane_isReadAsTheNumberItIs() {
        long[] words = new long[UInt256.COUNT];
        for (int k = -6; k <= 6; k++) {
            BigInteger number = new BigInteger(255, random);
            BigInteger shifted = number.add(Curve.P.multiply(BigInteger.valueOf(k)));
            int lane = random.nextInt(LANES);
            for (int i = 0; i < VectorField.LIMBS; i++) {
                BigInteger rest = shifted.shiftRight(i * VectorField.BITS);
                a[i * LANES + lane] =
                        i < VectorField.LIMBS - 1 ? rest.longValue() & VectorField.LIMB_MASK : rest.longValueExact();
            }
            VectorLanes.read(words, 0, a, lane);
            assertThat(words).containsExactly(UInt256.of(number.mod(Curve.P)));
        }
    }

    @Test
    void lanes_areInvertedTogether_andAZeroIsTold() {
        VectorInverse inversion = new VectorInverse();
        for (int lane = 0; lane < LANES; lane++) {
            VectorLanes.write(a, lane, UInt256.of(new BigInteger(255, random).setBit(0)), 0, 0);
        }
        System.arraycopy(a, 0, b, 0, ELEMENT);
        assertThat(inversion.invert(b, 0)).isTrue();
        VectorField.mul(r, 0, a, 0, b, 0);
        assertLanes(lane -> BigInteger.ONE.shiftLeft(VectorField.R_BITS), 0);
        VectorLanes.write(a, LANES - 1, UInt256.of(Curve.P), 0, 0);
        assertThat(inversion.invert(a, 0)).isFalse();
    }
}
