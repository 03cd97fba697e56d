package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a batch promises beside its decisions, on every kernel. */
final class EcdsaBatchTest {
    private static final int WINDOW = 6;
    private static final TestKey KEY = TestKey.of(BigInteger.valueOf(20_211_107), WINDOW);
    private static final Input GOOD = good();

    private static Input good() {
        BigInteger u1 = BigInteger.valueOf(1_107);
        BigInteger u2 = BigInteger.valueOf(2_021);
        BigInteger r = Secp256r1.x(Secp256r1.timesG(u1.add(u2.multiply(KEY.scalar()))));
        return Input.ofScalars(InputKind.VALID, KEY, u1, u2, r.mod(Secp256r1.N));
    }

    static Stream<Kernel> kernels() {
        return KernelSubject.kernels();
    }

    private static KeyTable table(Kernel kernel) {
        return kernel.table(KEY.publicPoint(), WINDOW);
    }

    private static int addGood(EcdsaBatch batch, KeyTable table) {
        return batch.add(table, GOOD.digest(), 0, GOOD.signature(), 0);
    }

    private static int addBad(EcdsaBatch batch, KeyTable table) {
        return batch.add(table, GOOD.digest(), 0, new byte[64], 0);
    }

    @Test
    void thePreferredKernel_isAvailable() {
        assertThat(Kernel.preferred().isAvailable()).isTrue();
        assertThat(Kernel.SCALAR.isAvailable()).isTrue();
        assertThat(Kernel.preferred().description())
                .startsWith(Kernel.preferred().name().toLowerCase(Locale.ROOT));
    }

    /** The build runs its tests with the module, so the vector kernel is tested wherever there are lanes for it. */
    @Test
    void theVectorKernelsModule_isThere() {
        assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector")).isPresent();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void indices_countUpFromZero_andAFullBatchSaysSo(Kernel kernel) {
        KeyTable table = table(kernel);
        EcdsaBatch batch = kernel.batch(3);
        assertThat(batch.size()).isZero();
        assertThat(addGood(batch, table)).isZero();
        assertThat(addBad(batch, table)).isEqualTo(1);
        assertThat(addGood(batch, table)).isEqualTo(2);
        assertThat(batch.size()).isEqualTo(3);
        assertThatThrownBy(() -> addGood(batch, table)).isInstanceOf(IllegalStateException.class);
        batch.verify();
        assertThat(List.of(batch.isValid(0), batch.isValid(1), batch.isValid(2)))
                .containsExactly(true, false, true);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aBatchDecidedTwice_decidesTheSame_andTakesMoreBetween(Kernel kernel) {
        KeyTable table = table(kernel);
        EcdsaBatch batch = kernel.batch(3);
        int good = addGood(batch, table);
        int bad = addBad(batch, table);
        batch.verify();
        int later = addGood(batch, table);
        batch.verify();
        assertThat(List.of(batch.isValid(good), batch.isValid(bad), batch.isValid(later)))
                .containsExactly(true, false, true);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aClearedBatch_remembersNoDecision(Kernel kernel) {
        KeyTable table = table(kernel);
        EcdsaBatch batch = kernel.batch(2);
        int first = addGood(batch, table);
        int second = addGood(batch, table);
        batch.verify();
        assertThat(batch.isValid(first) && batch.isValid(second)).isTrue();
        batch.clear();
        assertThat(batch.size()).isZero();
        assertThat(addBad(batch, table)).isEqualTo(first);
        assertThat(addGood(batch, table)).isEqualTo(second);
        batch.verify();
        assertThat(batch.isValid(first)).isFalse();
        assertThat(batch.isValid(second)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void anEmptyBatch_andOneOfBadItemsOnly_areDecided(Kernel kernel) {
        EcdsaBatch batch = kernel.batch(20);
        batch.verify();
        KeyTable table = table(kernel);
        for (int i = 0; i < 20; i++) {
            assertThat(addBad(batch, table)).isEqualTo(i);
        }
        batch.verify();
        for (int i = 0; i < 20; i++) {
            assertThat(batch.isValid(i)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aRangeOutsideItsArray_isAFault_andAddsNothing(Kernel kernel) {
        KeyTable table = table(kernel);
        EcdsaBatch batch = kernel.batch(4);
        byte[] digest = GOOD.digest();
        byte[] signature = GOOD.signature();
        byte[] shortDigest = Arrays.copyOf(digest, 31);
        byte[] shortSignature = Arrays.copyOf(signature, 63);
        assertOutside(() -> batch.add(table, shortDigest, 0, signature, 0));
        assertOutside(() -> batch.add(table, digest, 0, shortSignature, 0));
        assertOutside(() -> batch.add(table, digest, 1, signature, 0));
        assertOutside(() -> batch.add(table, digest, 0, signature, 1));
        assertOutside(() -> batch.add(table, digest, -1, signature, 0));
        assertOutside(() -> batch.add(table, digest, 0, signature, -1));
        assertOutside(() -> batch.add(table, shortDigest, 0, new byte[64], 0));
        assertThat(batch.size()).isZero();
        assertThat(addGood(batch, table)).isZero();
        batch.verify();
        assertThat(batch.isValid(0)).isTrue();
    }

    private static void assertOutside(ThrowingCallable add) {
        assertThatThrownBy(add).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aTableOfAnotherKernel_isAFault() {
        List<Kernel> all = kernels().toList();
        for (Kernel one : all) {
            for (Kernel other : all) {
                if (one != other) {
                    EcdsaBatch batch = one.batch(1);
                    KeyTable table = table(other);
                    assertThatThrownBy(() -> addGood(batch, table)).isInstanceOf(IllegalArgumentException.class);
                    assertThat(batch.size()).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aTable_isOfItsKernelAndWindow_andAsLargeAsDocumented(Kernel kernel) {
        for (int window = Kernel.MIN_WINDOW_BITS; window <= Kernel.MAX_WINDOW_BITS; window++) {
            KeyTable table = kernel.table(KEY.publicPoint(), window);
            assertThat(table.kernel()).isEqualTo(kernel);
            assertThat(table.windowBits()).isEqualTo(window);
            assertThat(table.bytes()).isBetween(size(window), size(window) + 128);
            EcdsaBatch batch = kernel.batch(17);
            for (int i = 0; i < 17; i++) {
                assertThat(i % 3 == 0 ? addBad(batch, table) : addGood(batch, table))
                        .isEqualTo(i);
            }
            batch.verify();
            for (int i = 0; i < 17; i++) {
                assertThat(batch.isValid(i)).isEqualTo(i % 3 != 0);
            }
        }
    }

    private static long size(int window) {
        return (long) SumTree.windows(window) * (1L << (window - 1)) * 64;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aWindowOutOfRange_isAFault(Kernel kernel) {
        PublicPoint key = KEY.publicPoint();
        assertThatThrownBy(() -> kernel.table(key, Kernel.MIN_WINDOW_BITS - 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kernel.table(key, Kernel.MAX_WINDOW_BITS + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** One batch for a long time: what is left over from one round must not reach the next. */
    @ParameterizedTest
    @MethodSource("kernels")
    void aReusedBatch_decidesEachRoundByItself(Kernel kernel) {
        KeyTable table = table(kernel);
        EcdsaBatch batch = kernel.batch(40);
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            batch.clear();
            int size = random.nextInt(41);
            boolean[] good = new boolean[size];
            for (int i = 0; i < size; i++) {
                good[i] = random.nextBoolean();
                assertThat(good[i] ? addGood(batch, table) : addBad(batch, table))
                        .isEqualTo(i);
            }
            batch.verify();
            for (int i = 0; i < size; i++) {
                assertThat(batch.isValid(i)).isEqualTo(good[i]);
            }
        }
    }
}
