package io.passgate.p256;

import io.passgate.p256.SumTree.Meeting;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A key made for two scalars, so that two points of their sum's tree meet as equal or opposite ones. */
record Collision(TestKey key, BigInteger u1, BigInteger u2, int level, int pair, Meeting meeting) {
    /** Above these bits a change might reach the leading window or n. */
    private static final BigInteger LOW_BITS = BigInteger.ONE.shiftLeft(240).subtract(BigInteger.ONE);

    /**
     * Two collisions of each kind at each level for keys of this window: at the first pair, whose sum the next level
     * adds to another one, and at any.
     */
    static List<Collision> atEveryLevel(int generatorWindow, int keyWindow, SplittableRandom random) {
        List<Collision> found = new ArrayList<>();
        int depth = new SumTree(BigInteger.ONE, generatorWindow, BigInteger.ONE, keyWindow).depth();
        for (int level = 1; level <= depth; level++) {
            for (Meeting meeting : List.of(Meeting.EQUAL, Meeting.OPPOSITE)) {
                found.add(at(level, 1, meeting, generatorWindow, keyWindow, random));
                found.add(at(level, Integer.MAX_VALUE, meeting, generatorWindow, keyWindow, random));
            }
        }
        return found;
    }

    /**
     * At one of the first {@code pairs}. Those that depend on one base only are passed over: no key makes them meet.
     */
    private static Collision at(
            int level, int pairs, Meeting meeting, int generatorWindow, int keyWindow, SplittableRandom random) {
        for (int tries = 0; tries < 1_000; tries++) {
            BigInteger u1 = Secp256r1.randomScalar(random);
            BigInteger u2 = Secp256r1.randomScalar(random);
            SumTree tree = new SumTree(u1, generatorWindow, u2, keyWindow);
            int pair = random.nextInt(Math.min(pairs, tree.pairs(level)));
            Optional<BigInteger> key = tree.keyFor(level, pair, meeting);
            if (key.isPresent()) {
                return new Collision(TestKey.of(key.get(), keyWindow), u1, u2, level, pair, meeting);
            }
        }
        throw new AssertionError("no pair of level " + level + " depends on both bases");
    }

    /** Two other scalars of the same collision: what the pair does not depend on is drawn anew. */
    Collision variant(int generatorWindow, SplittableRandom random) {
        SumTree tree = new SumTree(u1, generatorWindow, u2, key.windowBits());
        return new Collision(
                key,
                redrawn(u1, tree.freeOfU1(level, pair), random),
                redrawn(u2, tree.freeOfU2(level, pair), random),
                level,
                pair,
                meeting);
    }

    /** Windows are taken of the odd one of a scalar and its opposite. */
    private static BigInteger redrawn(BigInteger scalar, BigInteger free, SplittableRandom random) {
        boolean odd = scalar.testBit(0);
        BigInteger flips = Secp256r1.randomScalar(random).and(free).and(LOW_BITS);
        BigInteger redrawn = (odd ? scalar : Secp256r1.N.subtract(scalar)).xor(flips);
        return odd ? redrawn : Secp256r1.N.subtract(redrawn);
    }

    /** u1 + u2 * key: the sum, as a scalar. */
    BigInteger sum() {
        return u1.add(u2.multiply(key.scalar())).mod(Secp256r1.N);
    }

    /** The input of these scalars; valid unless the sum is the point at infinity. */
    Input input() {
        BigInteger sum = sum();
        BigInteger r = sum.signum() == 0
                ? Secp256r1.x(key.point())
                : Secp256r1.x(Secp256r1.timesG(sum)).mod(Secp256r1.N);
        return Input.ofScalars(InputKind.COLLISION, key, u1, u2, r);
    }

    SumTree tree(int generatorWindow) {
        return new SumTree(u1, generatorWindow, u2, key.windowBits());
    }
}
