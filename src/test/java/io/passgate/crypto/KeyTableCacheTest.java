package io.passgate.crypto;

import static io.passgate.crypto.KeyTableCache.KEPT_NS;
import static io.passgate.crypto.KeyTableCache.RETRY_NS;
import static io.passgate.crypto.KeyTableCache.WIDE_AFTER;
import static io.passgate.crypto.KeyTableCache.WITHIN_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Algorithm;
import io.passgate.p256.KeyTable;
import io.passgate.testing.TestIssuer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Which keys have tables: what earns one, and what has to go for it. */
final class KeyTableCacheTest {
    private static final int NARROW = 4;
    private static final int WIDE = 6;
    private static final long NARROW_BYTES = 64L * 8 * 64;
    private static final long WIDE_BYTES = 43L * 32 * 64;

    /** Room for one wide table, and for one narrow one beside it. */
    private static final long ONE_WIDE = WIDE_BYTES + NARROW_BYTES;

    private static final long PLENTY = 1 << 30;
    private static final List<VerificationKey> KEYS = ManyKeys.of(40);
    private static final VerificationKey A = KEYS.get(0);
    private static final VerificationKey B = KEYS.get(1);
    private static final VerificationKey C = KEYS.get(2);

    private final FakeKernel kernel = new FakeKernel();
    private final List<Throwable> faults = new ArrayList<>();
    private long nowNs = -5;

    private KeyTableCache tables(long memoryBytes, Executor builder) {
        return new KeyTableCache(
                new KeyTableCache.Sizes(NARROW, WIDE, memoryBytes), kernel, builder, () -> nowNs, faults::add);
    }

    private KeyTableCache tables(long memoryBytes) {
        return tables(memoryBytes, Runnable::run);
    }

    private void valid(KeyTableCache tables, VerificationKey key, int times) {
        for (int i = 0; i < times; i++) {
            tables.valid(key, nowNs);
        }
    }

    private static int window(KeyTableCache tables, VerificationKey key) {
        return Optional.ofNullable(tables.find(key)).map(KeyTable::windowBits).orElse(0);
    }

    @Test
    void theFirstValidSignature_earnsANarrowTable() {
        KeyTableCache tables = tables(PLENTY);
        assertThat(window(tables, A)).isZero();
        valid(tables, A, 1);
        assertThat(window(tables, A)).isEqualTo(NARROW);
        assertThat(window(tables, B)).isZero();
        assertThat(tables.figures()).isEqualTo(new KeyTableCache.Figures(1, 0, NARROW_BYTES, 1, 0));
    }

    @Test
    void the64thWithinAMinute_earnsAWideOne_inTheNarrowOnesPlace() {
        KeyTableCache tables = tables(PLENTY);
        valid(tables, A, WIDE_AFTER - 1);
        assertThat(window(tables, A)).isEqualTo(NARROW);
        nowNs += WITHIN_NS;
        valid(tables, A, 1);
        assertThat(window(tables, A)).isEqualTo(WIDE);
        assertThat(tables.figures()).isEqualTo(new KeyTableCache.Figures(0, 1, WIDE_BYTES, 2, 0));
        valid(tables, A, 10 * WIDE_AFTER);
        assertThat(kernel.built).containsExactly(NARROW, WIDE);
    }

    @Test
    void aNanosecondMoreThanAMinute_andTheFirstDoesNotCount() {
        KeyTableCache tables = tables(PLENTY);
        valid(tables, A, 1);
        nowNs += 1;
        valid(tables, A, WIDE_AFTER - 2);
        nowNs += WITHIN_NS;
        valid(tables, A, 1);
        assertThat(window(tables, A)).isEqualTo(NARROW);
        valid(tables, A, 1);
        assertThat(window(tables, A)).isEqualTo(WIDE);
    }

    @Test
    void aKeyUsedRarely_staysNarrow_howeverLongItIsUsed() {
        KeyTableCache tables = tables(PLENTY);
        for (int i = 0; i < 1_000; i++) {
            valid(tables, A, 1);
            nowNs += WITHIN_NS / (WIDE_AFTER - 1) + 1;
        }
        assertThat(window(tables, A)).isEqualTo(NARROW);
    }

    @Test
    void whatIsNoKeyForTables_isNotCounted() {
        KeyTableCache tables = tables(PLENTY);
        for (Algorithm algorithm : List.of(Algorithm.ES384, Algorithm.PS256)) {
            valid(tables, OnProvider.PREFERRED.key(TestIssuer.shared(algorithm).spki()), WIDE_AFTER);
        }
        assertThat(tables.figures()).isEqualTo(new KeyTableCache.Figures(0, 0, 0, 0, 0));
    }

    @Test
    void aKeyReadAnew_hasTheTableOfItsEqual() {
        KeyTableCache tables = tables(PLENTY);
        valid(tables, A, 1);
        VerificationKey anew = ManyKeys.of(1).getFirst();
        assertThat(anew).isNotSameAs(A);
        assertThat(tables.find(anew)).isNotNull().isSameAs(tables.find(A));
        valid(tables, anew, WIDE_AFTER - 1);
        assertThat(window(tables, A)).isEqualTo(WIDE);
    }

    @Test
    void memoryIsTakenToTheLastByte_andNoFurther() {
        KeyTableCache tables = tables(2 * NARROW_BYTES);
        valid(tables, A, 1);
        valid(tables, B, 1);
        valid(tables, C, 1);
        assertThat(window(tables, B)).isEqualTo(NARROW);
        assertThat(window(tables, C)).isZero();
        assertThat(tables.figures().bytes()).isEqualTo(2 * NARROW_BYTES);
        KeyTableCache less = tables(2 * NARROW_BYTES - 1);
        valid(less, A, 1);
        valid(less, B, 1);
        assertThat(window(less, B)).isZero();
        KeyTableCache none = tables(0);
        valid(none, A, WIDE_AFTER);
        assertThat(none.figures()).isEqualTo(new KeyTableCache.Figures(0, 0, 0, 0, 0));
    }

    /** While a wide table is built the narrow one is still in use. */
    @Test
    void aWideTable_needsRoomBesideTheNarrowOne() {
        KeyTableCache enough = tables(ONE_WIDE);
        valid(enough, A, WIDE_AFTER);
        assertThat(window(enough, A)).isEqualTo(WIDE);
        KeyTableCache tooLittle = tables(ONE_WIDE - 1);
        valid(tooLittle, A, 2 * WIDE_AFTER);
        assertThat(window(tooLittle, A)).isEqualTo(NARROW);
        assertThat(tooLittle.figures().bytes()).isEqualTo(NARROW_BYTES);
    }

    @Test
    void wideTables_leaveAQuarterToNarrowOnes() {
        KeyTableCache tables = tables(4 * WIDE_BYTES);
        for (VerificationKey key : KEYS) {
            valid(tables, key, 2 * WIDE_AFTER);
        }
        assertThat(tables.figures().wide()).isEqualTo(3);
        assertThat(tables.figures().narrow()).isEqualTo((int) (WIDE_BYTES / NARROW_BYTES));
        assertThat(tables.figures().bytes()).isLessThanOrEqualTo(4 * WIDE_BYTES);
        assertThat(tables.figures().evicted()).isZero();
    }

    @Test
    void theOneOfNoUseTheLongest_goes() {
        KeyTableCache tables = tables(2 * NARROW_BYTES);
        valid(tables, A, 1);
        nowNs += 1;
        valid(tables, B, 1);
        nowNs += 1;
        valid(tables, A, 1);
        nowNs += KEPT_NS;
        valid(tables, C, 1);
        assertThat(List.of(window(tables, A), window(tables, B), window(tables, C)))
                .containsExactly(NARROW, 0, NARROW);
        assertThat(tables.figures()).isEqualTo(new KeyTableCache.Figures(2, 0, 2 * NARROW_BYTES, 3, 1));
    }

    @Test
    void aTableIsKept_soLongAfterItsLastUse_toTheNanosecond() {
        KeyTableCache tables = tables(NARROW_BYTES);
        valid(tables, A, 1);
        nowNs += KEPT_NS;
        valid(tables, B, 1);
        assertThat(window(tables, A)).isEqualTo(NARROW);
        nowNs += 1;
        valid(tables, B, 1);
        assertThat(window(tables, A)).isZero();
        assertThat(window(tables, B)).isEqualTo(NARROW);
    }

    @Test
    void twoKeysInTurn_doNotPushEachOtherOut() {
        KeyTableCache tables = tables(NARROW_BYTES);
        for (int i = 0; i < 1_000; i++) {
            valid(tables, A, 1);
            nowNs += KEPT_NS / 2;
            valid(tables, B, 1);
            nowNs += KEPT_NS / 2;
        }
        assertThat(window(tables, A)).isEqualTo(NARROW);
        assertThat(tables.figures()).isEqualTo(new KeyTableCache.Figures(1, 0, NARROW_BYTES, 1, 0));
    }

    @Test
    void aKeyPushedOut_earnsItsTablesAnew() {
        KeyTableCache tables = tables(ONE_WIDE);
        valid(tables, A, WIDE_AFTER);
        nowNs += KEPT_NS + 1;
        valid(tables, B, WIDE_AFTER);
        assertThat(window(tables, A)).isZero();
        assertThat(window(tables, B)).isEqualTo(WIDE);
        nowNs += KEPT_NS + 1;
        valid(tables, A, 1);
        assertThat(window(tables, A)).isEqualTo(NARROW);
        valid(tables, A, WIDE_AFTER - 1);
        assertThat(window(tables, A)).isEqualTo(WIDE);
    }

    /** A wide one that would not fit even then. */
    @Test
    void nobodyGoes_whereThatWouldNotMakeRoomEnough() {
        KeyTableCache tables = tables(ONE_WIDE + NARROW_BYTES);
        valid(tables, A, WIDE_AFTER);
        valid(tables, B, 1);
        nowNs += KEPT_NS;
        valid(tables, A, 1);
        nowNs += 1;
        valid(tables, C, WIDE_AFTER);
        assertThat(List.of(window(tables, A), window(tables, B), window(tables, C)))
                .containsExactly(WIDE, NARROW, NARROW);
        assertThat(tables.figures().evicted()).isZero();
    }

    @Test
    void aKeyRefusedAWideTable_asksAgainAfterAWhile() {
        KeyTableCache tables = tables(ONE_WIDE);
        valid(tables, A, WIDE_AFTER);
        nowNs += KEPT_NS;
        valid(tables, B, WIDE_AFTER);
        assertThat(window(tables, B)).isEqualTo(NARROW);
        nowNs += RETRY_NS - 1;
        valid(tables, B, WIDE_AFTER);
        assertThat(window(tables, B)).isEqualTo(NARROW);
        nowNs += 1;
        valid(tables, B, WIDE_AFTER);
        assertThat(window(tables, A)).isZero();
        assertThat(window(tables, B)).isEqualTo(WIDE);
    }

    @Test
    void aTableThatCannotBeBuilt_isTold_andTriedAgainAfterAWhile() {
        KeyTableCache tables = tables(PLENTY);
        kernel.broken = true;
        valid(tables, A, 10);
        assertThat(tables.find(A)).isNull();
        assertThat(faults).singleElement().isInstanceOf(OutOfMemoryError.class);
        kernel.broken = false;
        nowNs += RETRY_NS - 1;
        valid(tables, A, 1);
        assertThat(tables.find(A)).isNull();
        nowNs += 1;
        valid(tables, A, 1);
        assertThat(window(tables, A)).isEqualTo(NARROW);
    }

    @Test
    void aListenerThatThrows_doesNotEndTheBuilding() {
        KeyTableCache tables = new KeyTableCache(
                new KeyTableCache.Sizes(NARROW, WIDE, PLENTY), kernel, Runnable::run, () -> nowNs, fault -> {
                    throw new OutOfMemoryError("for the listener too");
                });
        kernel.broken = true;
        valid(tables, A, 1);
        kernel.broken = false;
        valid(tables, B, 1);
        assertThat(window(tables, B)).isEqualTo(NARROW);
    }

    @Test
    void aThreadThatCannotBeMade_isTriedAgain() {
        List<Runnable> tasks = new ArrayList<>();
        boolean[] threads = {false};
        KeyTableCache tables = tables(PLENTY, task -> {
            if (!threads[0]) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            tasks.add(task);
        });
        valid(tables, A, 1);
        assertThat(tables.find(A)).isNull();
        threads[0] = true;
        valid(tables, B, 1);
        tasks.forEach(Runnable::run);
        assertThat(window(tables, A)).isEqualTo(NARROW);
        assertThat(window(tables, B)).isEqualTo(NARROW);
    }

    @Test
    void aWideTableThatCannotBeBuilt_leavesTheNarrowOne_andItsRoom() {
        KeyTableCache tables = tables(PLENTY);
        valid(tables, A, 1);
        kernel.broken = true;
        valid(tables, A, WIDE_AFTER);
        assertThat(faults).hasSize(1);
        assertThat(window(tables, A)).isEqualTo(NARROW);
        assertThat(tables.figures()).isEqualTo(new KeyTableCache.Figures(1, 0, NARROW_BYTES, 1, 0));
        kernel.broken = false;
        nowNs += RETRY_NS;
        valid(tables, A, WIDE_AFTER);
        assertThat(window(tables, A)).isEqualTo(WIDE);
    }

    @Test
    void untilATableIsBuilt_itIsAskedForOnce_andNarrowOnesComeFirst() {
        ArrayDeque<Runnable> asked = new ArrayDeque<>();
        KeyTableCache tables = tables(PLENTY, asked::add);
        valid(tables, A, 1);
        asked.remove().run();
        valid(tables, A, 2 * WIDE_AFTER);
        valid(tables, B, 2 * WIDE_AFTER);
        valid(tables, C, 2 * WIDE_AFTER);
        assertThat(asked).hasSize(1);
        assertThat(window(tables, B)).isZero();
        assertThat(tables.figures().bytes()).isEqualTo(3 * NARROW_BYTES + WIDE_BYTES);
        asked.remove().run();
        assertThat(kernel.built).containsExactly(NARROW, NARROW, NARROW, WIDE);
        valid(tables, B, 1);
        assertThat(asked).hasSize(1);
        asked.remove().run();
        assertThat(window(tables, B)).isEqualTo(WIDE);
    }

    @Test
    void warmingUp_comesBeforeAnyTable_andLeavesNothing() {
        ArrayDeque<Runnable> asked = new ArrayDeque<>();
        KeyTableCache tables = tables(PLENTY, asked::add);
        tables.warmUp();
        valid(tables, A, 1);
        assertThat(asked).hasSize(2);
        asked.remove().run();
        assertThat(kernel.built).containsExactly(NARROW, WIDE);
        assertThat(tables.find(A)).isNull();
        assertThat(tables.figures().built()).isZero();
        asked.remove().run();
        assertThat(window(tables, A)).isEqualTo(NARROW);
    }

    @Test
    void aKernelThatFailsToWarmUp_isTold() {
        KeyTableCache tables = tables(PLENTY);
        kernel.broken = true;
        tables.warmUp();
        assertThat(faults).hasSize(1);
    }

    @Test
    void aBuilderThatIsClosed_leavesTheKeyToTheProvider() {
        KeyTableCache tables = tables(PLENTY, task -> {
            throw new RejectedExecutionException("closed");
        });
        valid(tables, A, WIDE_AFTER);
        assertThat(tables.find(A)).isNull();
    }
}
