package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class InverseTest {
    static Stream<BigInteger> moduli() {
        return Stream.of(Curve.P, Curve.N);
    }

    private static void assertInverse(Inverse inversion, BigInteger modulus, BigInteger number) {
        long[] words = UInt256.of(number);
        inversion.invert(words, 0);
        BigInteger expected = number.signum() == 0 ? BigInteger.ZERO : number.modInverse(modulus);
        assertThat(words).as("%x mod %x", number, modulus).containsExactly(UInt256.of(expected));
    }

    @ParameterizedTest
    @MethodSource("moduli")
    void smallLargeAndRoundNumbers_areInverted(BigInteger modulus) {
        Inverse inversion = new Inverse(modulus);
        IntStream.rangeClosed(0, 300).forEach(i -> {
            assertInverse(inversion, modulus, BigInteger.valueOf(i));
            assertInverse(inversion, modulus, modulus.subtract(BigInteger.valueOf(i + 1L)));
            assertInverse(inversion, modulus, BigInteger.ONE.shiftLeft(i).mod(modulus));
            assertInverse(
                    inversion,
                    modulus,
                    BigInteger.ONE.shiftLeft(i).subtract(BigInteger.ONE).mod(modulus));
        });
    }

    @ParameterizedTest
    @MethodSource("moduli")
    void randomNumbers_areInverted(BigInteger modulus) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Inverse inversion = new Inverse(modulus);
        for (int i = 0; i < 20_000; i++) {
            assertInverse(inversion, modulus, new BigInteger(256, random).mod(modulus));
        }
    }
}
