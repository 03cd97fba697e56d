package io.passgate.p256;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A kernel, with the tables of the keys it met. */
final class KernelSubject implements KernelUnderTest {
    private static final int DIGEST_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    private final Kernel kernel;
    private final Map<TestKey, KeyTable> tables = new ConcurrentHashMap<>();

    KernelSubject(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Those that this machine has. */
    static Stream<Kernel> kernels() {
        return Stream.of(Kernel.values()).filter(Kernel::isAvailable);
    }

    @Override
    public String name() {
        return kernel.name();
    }

    private KeyTable table(TestKey key) {
        return tables.computeIfAbsent(key, its -> kernel.table(its.publicPoint(), its.windowBits()));
    }

    @Override
    public Decider decider(int capacity) {
        return new OneBatch(kernel.batch(capacity));
    }

    private final class OneBatch implements Decider {
        private final EcdsaBatch batch;

        OneBatch(EcdsaBatch batch) {
            this.batch = batch;
        }

        @Override
        public boolean[] decide(List<Input> inputs) {
            batch.clear();
            for (int i = 0; i < inputs.size(); i++) {
                assertThat(add(inputs.get(i), i % 5)).isEqualTo(i);
            }
            assertThat(batch.size()).isEqualTo(inputs.size());
            batch.verify();
            boolean[] decisions = new boolean[inputs.size()];
            for (int i = 0; i < decisions.length; i++) {
                decisions[i] = batch.isValid(i);
            }
            return decisions;
        }

        /** From the middle of an array that changes afterwards: what a batch needs it has to read at once. */
        private int add(Input input, int offset) {
            byte[] around = new byte[offset + DIGEST_BYTES + SIGNATURE_BYTES + 1];
            Arrays.fill(around, (byte) 0x5a);
            System.arraycopy(input.digest(), 0, around, offset, DIGEST_BYTES);
            System.arraycopy(input.signature(), 0, around, offset + DIGEST_BYTES, SIGNATURE_BYTES);
            int index = batch.add(table(input.key()), around, offset, around, offset + DIGEST_BYTES);
            Arrays.fill(around, (byte) 0xa5);
            return index;
        }

        @Override
        public long exceptionalAdditions() {
            return batch.exceptionalAdditions();
        }
    }
}
