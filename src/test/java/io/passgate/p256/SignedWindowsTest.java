package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedWindowsTest {
    private final SignedWindows signedWindows = new SignedWindows();

    /** The scalar that a scalar's codes stand for, as the table's rows do. */
    private BigInteger sum(BigInteger scalar, int windowBits) {
        int count = SignedWindows.count(windowBits);
        int[] codes = new int[count];
        signedWindows.digits(UInt256.of(scalar), 0, windowBits, codes, 0, 1);
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            int row = codes[i] >> 1;
            assertThat(row >> (windowBits - 1)).as("the window a row is in").isEqualTo(i);
            int multiple = 2 * (row & ((1 << (windowBits - 1)) - 1)) + 1;
            BigInteger digit = BigInteger.valueOf((codes[i] & 1) == 0 ? multiple : -multiple);
            sum = sum.add(digit.shiftLeft(i * windowBits));
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8, 9, 10, 11, 12, 13})
    void digits_addUpToTheScalar(int windowBits) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            BigInteger scalar = i < 40
                    ? BigInteger.valueOf(i)
                    : i < 80
                            ? Curve.N.subtract(BigInteger.valueOf(i - 39L))
                            : i < 300 ? BigInteger.ONE.shiftLeft(i - 80) : new BigInteger(256, random).mod(Curve.N);
            BigInteger off = sum(scalar, windowBits).subtract(scalar).mod(Curve.N);
            assertThat(off).as("%x, seed %d", scalar, seed).isZero();
        }
    }
}
