package io.passgate.p256;

import io.passgate.p256.SumTree.Meeting;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Decides slowly by the textbook (SEC 1 version 2 section 4.1.4), with one fault: a differential run has to find it.
 */
record FaultySubject(Fault fault, int generatorWindow, Sums sums) implements KernelUnderTest {
    private static final BigInteger N = Secp256r1.N;
    private static final BigInteger P = Secp256r1.P;
    private static final BigInteger END = BigInteger.ONE.shiftLeft(256);

    /** The x of u1 * G + u2 * Q, kept for the subject with the next fault; empty for the point at infinity. */
    static final class Sums {
        private final Map<Multipliers, Optional<BigInteger>> known = new ConcurrentHashMap<>();

        private record Multipliers(TestKey key, BigInteger u1, BigInteger u2) {
            Optional<BigInteger> x() {
                ECPoint sum = ECAlgorithms.sumOfTwoMultiplies(Secp256r1.G, u1, key.point(), u2);
                return sum.isInfinity() ? Optional.empty() : Optional.of(Secp256r1.x(sum));
            }
        }

        Optional<BigInteger> x(TestKey key, BigInteger u1, BigInteger u2) {
            return known.computeIfAbsent(new Multipliers(key, u1, u2), Multipliers::x);
        }
    }

    /** What may go wrong in a batch verifier. */
    enum Fault {
        NONE,
        R_IS_TAKEN_MODULO_N,
        R_MAY_BE_AN_X_OVER_THE_ORDER,
        S_IS_TAKEN_MODULO_N,
        HIGH_S_IS_REFUSED,
        R_PLUS_N_IS_NOT_TRIED,
        R_PLUS_N_IS_TRIED_MODULO_P,
        R_IS_COMPARED_IN_ITS_LOW_BITS,
        A_LARGE_HASH_IS_CUT,
        A_ZERO_HASH_IS_REFUSED,
        INFINITY_IS_TAKEN_AS_ITS_LAST_POINT,
        INFINITY_IS_ALL_ONES,
        EQUAL_POINTS_ARE_REFUSED,
        OPPOSITE_POINTS_ARE_REFUSED,
        THE_KEY_IS_THE_FIRST_ONE,
        A_ZERO_S_SPOILS_THE_BATCH,
        THE_LAST_OF_AN_ODD_BATCH_IS_FORGOTTEN
    }

    @Override
    public String name() {
        return fault.name();
    }

    @Override
    public Decider decider(int capacity) {
        return new Decider() {
            @Override
            public boolean[] decide(List<Input> batch) {
                return decideAll(batch);
            }

            @Override
            public long exceptionalAdditions() {
                return 0;
            }
        };
    }

    private boolean[] decideAll(List<Input> batch) {
        boolean[] decisions = new boolean[batch.size()];
        boolean spoilt = is(Fault.A_ZERO_S_SPOILS_THE_BATCH)
                && batch.stream()
                        .anyMatch(input -> Secp256r1.s(input.signature()).signum() == 0);
        for (int i = 0; i < decisions.length; i++) {
            Input input = batch.get(i);
            TestKey key = is(Fault.THE_KEY_IS_THE_FIRST_ONE) ? batch.getFirst().key() : input.key();
            decisions[i] = !spoilt && decide(key, input);
        }
        if (is(Fault.THE_LAST_OF_AN_ODD_BATCH_IS_FORGOTTEN) && decisions.length % 2 == 1) {
            decisions[decisions.length - 1] = false;
        }
        return decisions;
    }

    private boolean is(Fault one) {
        return fault == one;
    }

    private boolean decide(TestKey key, Input input) {
        BigInteger r = Secp256r1.r(input.signature());
        BigInteger s = Secp256r1.s(input.signature());
        r = is(Fault.R_IS_TAKEN_MODULO_N) ? r.mod(N) : r;
        s = is(Fault.S_IS_TAKEN_MODULO_N) ? s.mod(N) : s;
        if (!(isInRange(r) || is(Fault.R_MAY_BE_AN_X_OVER_THE_ORDER))
                || !isInRange(s)
                || (is(Fault.HIGH_S_IS_REFUSED) && s.compareTo(N.shiftRight(1)) > 0)) {
            return false;
        }
        BigInteger hash = new BigInteger(1, input.digest());
        if (is(Fault.A_LARGE_HASH_IS_CUT) && hash.compareTo(N) >= 0) {
            hash = N.subtract(BigInteger.ONE);
        }
        BigInteger inverse = s.modInverse(N);
        BigInteger u1 = hash.multiply(inverse).mod(N);
        BigInteger u2 = r.multiply(inverse).mod(N);
        if ((is(Fault.A_ZERO_HASH_IS_REFUSED) && u1.signum() == 0)
                || (is(Fault.EQUAL_POINTS_ARE_REFUSED) && meets(Meeting.EQUAL, u1, u2, input))
                || (is(Fault.OPPOSITE_POINTS_ARE_REFUSED) && meets(Meeting.OPPOSITE, u1, u2, input))) {
            return false;
        }
        return isOf(r, u1, u2, key);
    }

    private static boolean isInRange(BigInteger scalar) {
        return scalar.signum() > 0 && scalar.compareTo(N) < 0;
    }

    private boolean meets(Meeting meeting, BigInteger u1, BigInteger u2, Input input) {
        return switch (input.kind()) {
            case COLLISION, RELATED_KEY ->
                new SumTree(u1, generatorWindow, u2, input.key().windowBits())
                        .exceptional(input.key().scalar()).stream().anyMatch(one -> one.meeting() == meeting);
            default -> false;
        };
    }

    private boolean isOf(BigInteger r, BigInteger u1, BigInteger u2, TestKey key) {
        Optional<BigInteger> x = sums.x(key, u1, u2);
        if (x.isPresent()) {
            return isX(r, x.get());
        }
        return switch (fault) {
            case INFINITY_IS_TAKEN_AS_ITS_LAST_POINT -> isX(r, lastPoint(u1, u2, key));
            case INFINITY_IS_ALL_ONES -> r.add(N).equals(END.subtract(BigInteger.ONE));
            default -> false;
        };
    }

    private BigInteger lastPoint(BigInteger u1, BigInteger u2, TestKey key) {
        BigInteger last = new SumTree(u1, generatorWindow, u2, key.windowBits()).lastLeft(key.scalar());
        return last.signum() == 0 ? BigInteger.ZERO : Secp256r1.x(Secp256r1.timesG(last));
    }

    private boolean isX(BigInteger r, BigInteger x) {
        BigInteger compared = is(Fault.R_IS_COMPARED_IN_ITS_LOW_BITS) ? END.shiftRight(52) : END;
        if (r.mod(compared).equals(x.mod(compared))) {
            return true;
        }
        BigInteger other = r.add(N);
        return switch (fault) {
            case R_PLUS_N_IS_NOT_TRIED -> false;
            case R_PLUS_N_IS_TRIED_MODULO_P -> other.mod(P).equals(x);
            default -> other.compareTo(P) < 0 && other.equals(x);
        };
    }
}
