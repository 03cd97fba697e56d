package io.passgate.p256;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A key made for two scalars, so that u1 * G + u2 * Q has an x that chance never gives: of at least n, or so small that
 * x + p - n is below n. Nobody knows the private scalars of such keys.
 */
record RareX(TestKey key, BigInteger u1, BigInteger u2, BigInteger x) {
    private static final BigInteger N = Secp256r1.N;
    private static final BigInteger GAP = Secp256r1.P.subtract(N);

    /** Keys for points with an x in [n, p): the first and the last ones, and some between. */
    static List<RareX> overTheOrder(SplittableRandom random) {
        List<RareX> found = new ArrayList<>();
        found.addAll(from(N, 1, 4, 6, random));
        found.addAll(from(Secp256r1.P.subtract(BigInteger.ONE), -1, 4, 8, random));
        for (int bits = 16; bits < 128; bits += 32) {
            found.addAll(from(N.add(BigInteger.ONE.shiftLeft(bits)), 1, 1, 6, random));
        }
        return found;
    }

    /** Keys for points with an x from 0 on: 0 is one of them. */
    static List<RareX> fromZero(SplittableRandom random) {
        return from(BigInteger.ZERO, 1, 6, 6, random);
    }

    private static List<RareX> from(BigInteger first, int step, int count, int windowBits, SplittableRandom random) {
        List<RareX> found = new ArrayList<>();
        for (BigInteger x = first; found.size() < count; x = x.add(BigInteger.valueOf(step))) {
            Optional<ECPoint> point = Secp256r1.withX(x);
            if (point.isPresent()) {
                found.add(of(x, point.get(), windowBits, random));
            }
        }
        return found;
    }

    private static RareX of(BigInteger x, ECPoint sum, int windowBits, SplittableRandom random) {
        BigInteger u1 = Secp256r1.randomScalar(random);
        BigInteger u2 = Secp256r1.randomScalar(random);
        BigInteger inverse = u2.modInverse(N);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(
                sum, inverse, Secp256r1.G, u1.multiply(inverse).negate().mod(N));
        return new RareX(TestKey.of(key, windowBits), u1, u2, x);
    }

    /** x - n where that is an r, x itself, which no r may be, and values beside them. */
    Input inputOverTheOrder(SplittableRandom random) {
        BigInteger right = x.subtract(N);
        List<BigInteger> candidates = List.of(
                right,
                right,
                x,
                right.add(BigInteger.ONE),
                right.subtract(BigInteger.ONE).abs(),
                GAP,
                N.subtract(right));
        return input(InputKind.X_OVER_ORDER, candidates, random);
    }

    /** x itself, and what only arithmetic modulo p or modulo n takes for it: p - n + x and n + x. */
    Input inputOfSmallX(SplittableRandom random) {
        List<BigInteger> candidates = List.of(x, GAP.add(x), GAP.add(x), N.add(x), N.add(x), GAP.subtract(x));
        return input(InputKind.SMALL_X, candidates, random);
    }

    /** An r of 0 can have no s, so any will do. */
    private Input input(InputKind kind, List<BigInteger> candidates, SplittableRandom random) {
        BigInteger r = candidates.get(random.nextInt(candidates.size()));
        return r.signum() == 0 ? Input.of(kind, key, u1, r, u2) : Input.ofScalars(kind, key, u1, u2, r);
    }
}
