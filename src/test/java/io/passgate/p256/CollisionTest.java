package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.p256.SumTree.Exceptional;
import io.passgate.p256.SumTree.Meeting;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal and opposite points are met at every level of the sum's tree, and no kernel minds. */
final class CollisionTest {
    private static final int[] WINDOWS = {6, 8, 10, 12};
    private static final int LARGEST = 96;
    private static final long SEED = 28;

    private static final List<Collision> ALL = all();

    private static List<Collision> all() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Collision> all = new ArrayList<>();
        for (int window : WINDOWS) {
            all.addAll(Collision.atEveryLevel(Kernel.GENERATOR_WINDOW_BITS, window, random));
        }
        return all;
    }

    static List<Kernel> kernels() {
        return KernelSubject.kernels().toList();
    }

    private static List<Exceptional> exceptional(Collision collision) {
        return collision
                .tree(Kernel.GENERATOR_WINDOW_BITS)
                .exceptional(collision.key().scalar());
    }

    @Test
    void theMultiplesOfTheWindows_addUpToTheScalar() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int window = Kernel.MIN_WINDOW_BITS; window <= Kernel.MAX_WINDOW_BITS; window++) {
            List<BigInteger> scalars = List.of(
                    BigInteger.ZERO,
                    BigInteger.ONE,
                    BigInteger.TWO,
                    Secp256r1.N.subtract(BigInteger.ONE),
                    Secp256r1.randomScalar(random),
                    Secp256r1.randomScalar(random));
            for (BigInteger scalar : scalars) {
                BigInteger sum = SumTree.multiples(scalar, window).stream().reduce(BigInteger.ZERO, BigInteger::add);
                assertThat(sum.mod(Secp256r1.N)).isEqualTo(scalar);
            }
        }
    }

    @Test
    void everyLevelOfEveryTree_hasEqualAndOppositePoints() {
        for (int window : WINDOWS) {
            List<Collision> all =
                    ALL.stream().filter(one -> one.key().windowBits() == window).toList();
            Set<Exceptional> met = new HashSet<>();
            all.forEach(one -> met.addAll(exceptional(one)));
            int depth = all.getFirst().tree(Kernel.GENERATOR_WINDOW_BITS).depth();
            assertThat(depth).isGreaterThan(5);
            for (int level = 1; level <= depth; level++) {
                assertThat(met).contains(new Exceptional(level, Meeting.EQUAL));
                assertThat(met).contains(new Exceptional(level, Meeting.OPPOSITE));
                if (level > 1) {
                    assertThat(met).contains(new Exceptional(level, Meeting.WITH_INFINITY));
                }
            }
        }
    }

    @Test
    void aVariant_isAnotherInputOfTheSameCollision() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (Collision one : ALL) {
            Collision variant = one.variant(Kernel.GENERATOR_WINDOW_BITS, random);
            assertThat(exceptional(variant)).contains(new Exceptional(one.level(), one.meeting()));
            if (one.level() == 1) {
                assertThat(variant.u1()).isNotEqualTo(one.u1());
                assertThat(variant.u2()).isNotEqualTo(one.u2());
            }
        }
    }

    /** The batch is large enough for the tree, and the kernel has as many exceptional additions as the model. */
    @ParameterizedTest
    @MethodSource("kernels")
    void everyCollision_isDecidedRightly_andMetWhereItWasAimedAt(Kernel kernel) {
        KernelUnderTest.Decider decider = new KernelSubject(kernel).decider(LARGEST);
        for (Collision one : ALL) {
            Input input = one.input();
            long before = decider.exceptionalAdditions();
            boolean[] decided = decider.decide(Collections.nCopies(LARGEST, input));
            assertThat(decided).as(one.toString()).containsOnly(input.isValid());
            assertThat(input.isValid()).as(one.toString()).isEqualTo(one.sum().signum() != 0);
            assertThat(decider.exceptionalAdditions() - before)
                    .as(one.toString())
                    .isEqualTo((long) LARGEST * exceptional(one).size());
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void collisions_leaveTheirNeighboursAlone_atEveryBatchSize(Kernel kernel) {
        KernelUnderTest.Decider decider = new KernelSubject(kernel).decider(LARGEST);
        SplittableRandom random = new SplittableRandom(SEED);
        InputSource plain = new InputSource(
                new KeyRing(
                        Kernel.GENERATOR_WINDOW_BITS,
                        IntStream.range(0, 8)
                                .mapToObj(i -> TestKey.of(Secp256r1.randomScalar(random), WINDOWS[i % 4]))
                                .toList(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()),
                random);
        for (int size = 1; size <= LARGEST; size += size < 18 ? 1 : 26) {
            for (int which = 0; which < ALL.size(); which++) {
                List<Input> batch = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    batch.add(plain.next(i % 4 == 1 ? InputKind.NEAR_MISS : InputKind.VALID));
                }
                int at = which % size;
                batch.set(at, ALL.get(which).input());
                boolean[] decided = decider.decide(batch);
                for (int i = 0; i < size; i++) {
                    boolean right = i == at ? ALL.get(which).sum().signum() != 0 : i % 4 != 1;
                    assertThat(decided[i])
                            .as("%s, %d of %d", ALL.get(which), i, size)
                            .isEqualTo(right);
                }
            }
        }
    }
}
