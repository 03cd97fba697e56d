package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A point is checked before it can be a key. */
final class PublicPointTest {
    private static final BigInteger ZERO = BigInteger.ZERO;
    private static final BigInteger ONE = BigInteger.ONE;
    private static final BigInteger P = Secp256r1.P;

    static Stream<ECPoint> pointsOnTheCurve() {
        SplittableRandom random = new SplittableRandom(7);
        return Stream.concat(
                Stream.of(
                        Secp256r1.G,
                        Secp256r1.G.negate(),
                        Secp256r1.withX(ZERO).orElseThrow(),
                        Secp256r1.withX(ZERO).orElseThrow().negate()),
                Stream.generate(() -> Secp256r1.timesG(Secp256r1.randomScalar(random)))
                        .limit(16));
    }

    private static boolean isRefused(BigInteger x, BigInteger y) {
        return PublicPoint.of(x, y).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pointsOnTheCurve")
    void aPointOnTheCurve_isTaken(ECPoint point) {
        assertThat(PublicPoint.of(Secp256r1.x(point), Secp256r1.y(point))).hasValueSatisfying(taken -> {
            assertThat(taken.x()).isEqualTo(Secp256r1.x(point));
            assertThat(taken.y()).isEqualTo(Secp256r1.y(point));
        });
    }

    @ParameterizedTest
    @MethodSource("pointsOnTheCurve")
    void aPointBesideTheCurve_isRefused(ECPoint point) {
        BigInteger x = Secp256r1.x(point);
        BigInteger y = Secp256r1.y(point);
        assertThat(isRefused(x, y.add(ONE).mod(P))).isTrue();
        assertThat(isRefused(x, y.flipBit(0))).isTrue();
        assertThat(isRefused(x, y.flipBit(255))).isTrue();
        assertThat(isRefused(y, x)).isTrue();
        assertThat(isRefused(x, ZERO)).isTrue();
    }

    /** The same numbers modulo p, written otherwise. */
    @ParameterizedTest
    @MethodSource("pointsOnTheCurve")
    void aCoordinateOutsideTheField_isRefused(ECPoint point) {
        BigInteger x = Secp256r1.x(point);
        BigInteger y = Secp256r1.y(point);
        assertThat(isRefused(x.add(P), y)).isTrue();
        assertThat(isRefused(x, y.add(P))).isTrue();
        assertThat(isRefused(x.subtract(P), y)).isTrue();
        assertThat(isRefused(x, y.subtract(P))).isTrue();
    }

    /** Infinity has no coordinates; these are what some encodings give it. */
    @Test
    void whatMayStandForInfinity_isRefused() {
        assertThat(isRefused(ZERO, ZERO)).isTrue();
        assertThat(isRefused(ZERO, ONE)).isTrue();
        assertThat(isRefused(ONE, ONE)).isTrue();
        assertThat(isRefused(P, P)).isTrue();
    }

    /** A point of another curve with the same a: what an invalid-curve attack sends. */
    @Test
    void aPointOfACurveWithAnotherB_isRefused() {
        BigInteger x = BigInteger.valueOf(2);
        for (int y = 0; y < 100; y++) {
            assertThat(isRefused(x, BigInteger.valueOf(y))).isTrue();
        }
    }
}
