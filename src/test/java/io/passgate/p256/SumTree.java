package io.passgate.p256;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A model of how u1 * G + u2 * Q is summed, in scalars instead of points: the odd signed windows of u1 and after them
 * those of u2, then at each level slot k and slot k + ceil(slots / 2) added into slot k, until one is left.
 */
final class SumTree {
    private static final int SCALAR_BITS = 256;

    /** How two points meet that the slope's formula cannot add. */
    enum Meeting {
        EQUAL,
        OPPOSITE,
        WITH_INFINITY
    }

    /** An exceptional addition; levels count from 1. */
    record Exceptional(int level, Meeting meeting) {}

    /** A partial sum, ofG * G + ofQ * Q, of these leaves. */
    private record Slot(BigInteger ofG, BigInteger ofQ, BitSet leaves) {
        Slot plus(Slot other) {
            BitSet all = (BitSet) leaves.clone();
            all.or(other.leaves);
            return new Slot(ofG.add(other.ofG), ofQ.add(other.ofQ), all);
        }

        BigInteger under(BigInteger key) {
            return ofG.add(ofQ.multiply(key)).mod(Secp256r1.N);
        }
    }

    private final int generatorWindow;
    private final int keyWindow;
    private final List<List<Slot>> levels = new ArrayList<>();

    SumTree(BigInteger u1, int generatorWindow, BigInteger u2, int keyWindow) {
        this.generatorWindow = generatorWindow;
        this.keyWindow = keyWindow;
        List<Slot> slots = new ArrayList<>();
        multiples(u1, generatorWindow).forEach(multiple -> slots.add(leaf(slots.size(), multiple, BigInteger.ZERO)));
        multiples(u2, keyWindow).forEach(multiple -> slots.add(leaf(slots.size(), BigInteger.ZERO, multiple)));
        for (List<Slot> level = slots; level.size() > 1; level = next(level)) {
            levels.add(level);
        }
    }

    private static Slot leaf(int index, BigInteger ofG, BigInteger ofQ) {
        BitSet itself = new BitSet();
        itself.set(index);
        return new Slot(ofG, ofQ, itself);
    }

    private static List<Slot> next(List<Slot> slots) {
        int half = (slots.size() + 1) / 2;
        List<Slot> sums = new ArrayList<>();
        for (int k = 0; k < half; k++) {
            sums.add(k + half < slots.size() ? slots.get(k).plus(slots.get(k + half)) : slots.get(k));
        }
        return sums;
    }

    static int windows(int windowBits) {
        return (SCALAR_BITS + windowBits - 1) / windowBits;
    }

    /** What each window contributes: an odd digit, times the window's power of two. Their sum is the scalar mod n. */
    static List<BigInteger> multiples(BigInteger scalar, int windowBits) {
        boolean even = !scalar.testBit(0);
        BigInteger odd = even ? Secp256r1.N.subtract(scalar) : scalar;
        int count = windows(windowBits);
        BigInteger recoded = odd.shiftRight(1).setBit(windowBits * count - 1);
        BigInteger mask = BigInteger.ONE.shiftLeft(windowBits).subtract(BigInteger.ONE);
        List<BigInteger> multiples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BigInteger value = recoded.shiftRight(windowBits * i).and(mask);
            BigInteger digit = value.shiftLeft(1).subtract(mask);
            multiples.add((even ? digit.negate() : digit).shiftLeft(windowBits * i));
        }
        return multiples;
    }

    /** How many levels of additions there are. */
    int depth() {
        return levels.size();
    }

    /** How many pairs a level adds. */
    int pairs(int level) {
        return levels.get(level - 1).size() / 2;
    }

    private Slot left(int level, int pair) {
        return levels.get(level - 1).get(pair);
    }

    private Slot right(int level, int pair) {
        List<Slot> slots = levels.get(level - 1);
        return slots.get(pair + (slots.size() + 1) / 2);
    }

    /** The private scalar under which the two points of a pair are equal or opposite. */
    Optional<BigInteger> keyFor(int level, int pair, Meeting meeting) {
        Slot left = left(level, pair);
        Slot right = right(level, pair);
        boolean equal = meeting == Meeting.EQUAL;
        BigInteger ofG =
                equal ? right.ofG.subtract(left.ofG) : right.ofG.add(left.ofG).negate();
        BigInteger ofQ = equal ? left.ofQ.subtract(right.ofQ) : left.ofQ.add(right.ofQ);
        if (ofG.mod(Secp256r1.N).signum() == 0 || ofQ.mod(Secp256r1.N).signum() == 0) {
            return Optional.empty();
        }
        return Optional.of(ofG.multiply(ofQ.modInverse(Secp256r1.N)).mod(Secp256r1.N));
    }

    /** The bits of u1, in its odd form, that a pair does not depend on. */
    BigInteger freeOfU1(int level, int pair) {
        return free(level, pair, 0, generatorWindow);
    }

    /** The bits of u2, in its odd form, that a pair does not depend on. */
    BigInteger freeOfU2(int level, int pair) {
        return free(level, pair, windows(generatorWindow), keyWindow);
    }

    private BigInteger free(int level, int pair, int firstLeaf, int windowBits) {
        Slot both = left(level, pair).plus(right(level, pair));
        BigInteger bits = BigInteger.ZERO;
        for (int bit = 0; bit < SCALAR_BITS; bit++) {
            if (!both.leaves.get(firstLeaf + bit / windowBits)) {
                bits = bits.setBit(bit + 1);
            }
        }
        return bits;
    }

    /** The left one of the two points that the last level adds, as a scalar. */
    BigInteger lastLeft(BigInteger key) {
        return left(depth(), 0).under(key);
    }

    /** The additions that the slope's formula cannot do. */
    List<Exceptional> exceptional(BigInteger key) {
        List<Exceptional> found = new ArrayList<>();
        for (int level = 1; level <= depth(); level++) {
            for (int pair = 0; pair < pairs(level); pair++) {
                BigInteger left = left(level, pair).under(key);
                BigInteger right = right(level, pair).under(key);
                if (left.signum() == 0 || right.signum() == 0) {
                    found.add(new Exceptional(level, Meeting.WITH_INFINITY));
                } else if (left.equals(right)) {
                    found.add(new Exceptional(level, Meeting.EQUAL));
                } else if (left.add(right).equals(Secp256r1.N)) {
                    found.add(new Exceptional(level, Meeting.OPPOSITE));
                }
            }
        }
        return found;
    }
}
