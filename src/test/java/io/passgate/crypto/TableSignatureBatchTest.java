package io.passgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.passgate.crypto.SignatureBatch.Decision;
import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import io.passgate.testing.TestIssuer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which signatures go by tables, which by the provider, and what is counted of them. */
final class TableSignatureBatchTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final TestIssuer ISSUER = TestIssuer.shared(Algorithm.ES256);
    private static final VerificationKey KEY = OnProvider.PREFERRED.key(ISSUER.spki());

    private final FakeKernel kernel = new FakeKernel();
    private final List<Throwable> faults = new ArrayList<>();
    private final KeyTableCache tables =
            new KeyTableCache(new KeyTableCache.Sizes(4, 6, 1 << 20), kernel, Runnable::run, () -> 7, faults::add);
    private final TableSignatureBatch batch = new TableSignatureBatch(tables, OnProvider.PREFERRED.provider(), 8);

    /** What the fake kernel finds valid, and the provider does not. */
    private static byte[] fakeSignature(byte[] message) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(message);
            byte[] signature = new byte[64];
            signature[63] = digest[31];
            signature[0] = 1;
            return signature;
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    private Decision decide(VerificationKey key, byte[] message, byte[] signature) {
        batch.clear();
        int index = batch.add(key, Slice.of(message), Slice.of(signature));
        batch.verify();
        return batch.decision(index);
    }

    @Test
    void aKeyWithoutATable_goesToTheProvider_andIsQuickAfterItsFirstValidSignature() {
        assertThat(batch.hasKeyTable(KEY)).isFalse();
        assertThat(decide(KEY, MESSAGE, fakeSignature(MESSAGE))).isEqualTo(Decision.INVALID);
        batch.clear();
        assertThat(batch.hasKeyTable(KEY)).isFalse();
        assertThat(decide(KEY, MESSAGE, ISSUER.sign(MESSAGE))).isEqualTo(Decision.VALID);
        batch.clear();
        assertThat(batch.hasKeyTable(KEY)).isTrue();
        assertThat(decide(KEY, MESSAGE, fakeSignature(MESSAGE))).isEqualTo(Decision.VALID);
        assertThat(decide(KEY, "another".getBytes(StandardCharsets.UTF_8), fakeSignature(MESSAGE)))
                .isEqualTo(Decision.INVALID);
        assertThat(tables.decidedByProvider()).isEqualTo(2);
        assertThat(tables.decidedByTable()).isEqualTo(2);
    }

    @Test
    void otherAlgorithms_goToTheProvider_howeverOftenTheyVerify() {
        for (Algorithm algorithm : List.of(Algorithm.ES384, Algorithm.PS256)) {
            TestIssuer issuer = TestIssuer.shared(algorithm);
            VerificationKey key = OnProvider.PREFERRED.key(issuer.spki());
            for (int i = 0; i < 3; i++) {
                assertThat(decide(key, MESSAGE, issuer.sign(MESSAGE))).isEqualTo(Decision.VALID);
            }
            batch.clear();
            assertThat(batch.hasKeyTable(key)).isFalse();
        }
        assertThat(kernel.built).isEmpty();
    }

    @Test
    void anotherLength_isInvalid_withOrWithoutATable() {
        for (int round = 0; round < 2; round++) {
            for (int length : new int[] {0, 1, 63, 65, 128}) {
                assertThat(decide(KEY, MESSAGE, Arrays.copyOf(fakeSignature(MESSAGE), length)))
                        .isEqualTo(Decision.INVALID);
            }
            assertThat(decide(KEY, MESSAGE, ISSUER.sign(MESSAGE))).isNotEqualTo(Decision.FAILED);
        }
        assertThat(tables.find(KEY)).isNotNull();
    }

    @Test
    void allKindsInOneBatch_areDecidedEachByItself() {
        TestIssuer other = TestIssuer.shared(Algorithm.ES384);
        VerificationKey slow = OnProvider.PREFERRED.key(other.spki());
        assertThat(decide(KEY, MESSAGE, ISSUER.sign(MESSAGE))).isEqualTo(Decision.VALID);
        batch.clear();
        Slice message = Slice.of(MESSAGE);
        Slice good = Slice.of(fakeSignature(MESSAGE));
        Slice bad = Slice.of(new byte[64]);
        Slice slowGood = Slice.of(other.sign(MESSAGE));
        assertThat(batch.add(KEY, message, good)).isZero();
        assertThat(batch.add(slow, message, slowGood)).isEqualTo(1);
        assertThat(batch.add(KEY, message, Slice.empty())).isEqualTo(2);
        assertThat(batch.add(slow, message, bad)).isEqualTo(3);
        assertThat(batch.add(KEY, message, bad)).isEqualTo(4);
        assertThat(batch.add(slow, message, slowGood)).isEqualTo(5);
        assertThat(batch.add(KEY, message, good)).isEqualTo(6);
        batch.verify();
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            decisions.add(batch.decision(i));
        }
        assertThat(decisions)
                .containsExactly(
                        Decision.VALID,
                        Decision.VALID,
                        Decision.INVALID,
                        Decision.INVALID,
                        Decision.INVALID,
                        Decision.VALID,
                        Decision.VALID);
    }

    @Test
    void onlyValidSignatures_count() {
        assertThat(decide(KEY, MESSAGE, ISSUER.sign(MESSAGE))).isEqualTo(Decision.VALID);
        for (int i = 0; i < KeyTableCache.WIDE_AFTER; i++) {
            assertThat(decide(KEY, MESSAGE, new byte[64])).isEqualTo(Decision.INVALID);
        }
        assertThat(tables.figures().wide()).isZero();
        for (int i = 0; i < KeyTableCache.WIDE_AFTER - 1; i++) {
            assertThat(decide(KEY, MESSAGE, fakeSignature(MESSAGE))).isEqualTo(Decision.VALID);
        }
        assertThat(tables.figures().wide()).isEqualTo(1);
    }

    @Test
    void aFullBatch_saysSo_andAClearedOneStartsAnew() {
        Slice message = Slice.of(MESSAGE);
        for (int i = 0; i < 8; i++) {
            assertThat(batch.add(KEY, message, message)).isEqualTo(i);
        }
        assertThatThrownBy(() -> batch.add(KEY, message, message)).isInstanceOf(IllegalStateException.class);
        batch.clear();
        assertThat(batch.add(KEY, message, message)).isZero();
    }

    @Test
    void bytesAroundASlice_doNotCount() {
        assertThat(decide(KEY, MESSAGE, ISSUER.sign(MESSAGE))).isEqualTo(Decision.VALID);
        byte[] both = new byte[3 + MESSAGE.length + 64 + 3];
        Arrays.fill(both, (byte) 0x5a);
        System.arraycopy(MESSAGE, 0, both, 3, MESSAGE.length);
        System.arraycopy(fakeSignature(MESSAGE), 0, both, 3 + MESSAGE.length, 64);
        batch.clear();
        int index = batch.add(KEY, Slice.of(both, 3, MESSAGE.length), Slice.of(both, 3 + MESSAGE.length, 64));
        batch.verify();
        assertThat(batch.decision(index)).isEqualTo(Decision.VALID);
    }

    @Test
    void whatGoesByTables_allocatesNothing() {
        assertThat(decide(KEY, MESSAGE, ISSUER.sign(MESSAGE))).isEqualTo(Decision.VALID);
        Slice message = Slice.of(MESSAGE);
        Slice signature = Slice.of(fakeSignature(MESSAGE));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                batch.clear();
                var _ = batch.add(KEY, message, signature);
                batch.verify();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isLessThan(1_000);
    }
}
