package io.passgate.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class LocalReplayCacheTest {
    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final LocalReplayCache memory = new LocalReplayCache(3, time);

    private static ProofId id(int number) {
        return new ProofId(1, number);
    }

    @Test
    void aProof_isSeenForTheFirstTimeOnce() {
        assertThat(memory.firstTime(id(1))).isTrue();
        assertThat(memory.firstTime(id(1))).isFalse();
        assertThat(memory.firstTime(id(2))).isTrue();
        assertThat(memory.firstTime(new ProofId(2, 1))).isTrue();
        assertThat(memory.firstTime(id(1))).isFalse();
    }

    @Test
    void itIsForgottenAfter70Seconds_howeverOftenItCame() {
        assertThat(memory.firstTime(id(1))).isTrue();
        time.advance(Duration.ofSeconds(40));
        assertThat(memory.firstTime(id(1))).isFalse();
        time.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(memory.firstTime(id(1))).isFalse();
        time.advance(Duration.ofNanos(1));
        assertThat(memory.firstTime(id(1))).isTrue();
        assertThat(memory.firstTime(id(1))).isFalse();
    }

    @Test
    void itIsKeptForAsLongAsAProofCanBeInTime() {
        assertThat(LocalReplayCache.KEPT).isGreaterThan(DeviceProofs.MAX_AGE.plus(DeviceProofs.MAX_AHEAD));
    }

    @Test
    void aFullMemory_forgetsTheOldest_andNoOther() {
        for (int i = 1; i <= 3; i++) {
            assertThat(memory.firstTime(id(i))).isTrue();
        }
        assertThat(memory.firstTime(id(1))).isFalse();
        assertThat(memory.firstTime(id(4))).isTrue();
        assertThat(memory.firstTime(id(2))).isFalse();
        assertThat(memory.firstTime(id(3))).isFalse();
        assertThat(memory.firstTime(id(4))).isFalse();
        assertThat(memory.firstTime(id(1))).isTrue();
    }

    @Test
    void ofManyThreads_oneIsTheFirst() throws Exception {
        int ids = 50_000;
        LocalReplayCache large = new LocalReplayCache(ids, time);
        CyclicBarrier start = new CyclicBarrier(4);
        Callable<Long> all = () -> {
            var _ = start.await();
            return IntStream.range(0, ids).filter(i -> large.firstTime(id(i))).count();
        };
        long first = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Long> each : threads.invokeAll(Collections.nCopies(4, all))) {
                first += each.get();
            }
        }
        assertThat(first).isEqualTo(ids);
    }

    /** Ids that share places, times that pass: whatever happens, it is what a map in the order of arrival would say. */
    @Property(tries = 200)
    void itSaysWhatAMapWouldSay(@ForAll @IntRange(min = 1, max = 20) int room, @ForAll long seed) {
        Random random = new Random(seed);
        LocalReplayCache small = new LocalReplayCache(room, time);
        LinkedHashMap<ProofId, Instant> seen = new LinkedHashMap<>();
        for (int step = 0; step < 2_000; step++) {
            time.advance(Duration.ofSeconds(random.nextInt(10) == 0 ? random.nextInt(80) : 0));
            ProofId id = new ProofId(random.nextInt(3), random.nextInt(2 * room) * 64L);
            seen.values().removeIf(at -> !time.instant().isBefore(at.plus(LocalReplayCache.KEPT)));
            boolean isFirst = seen.putIfAbsent(id, time.instant()) == null;
            if (seen.size() > room) {
                var _ = seen.pollFirstEntry();
            }
            assertThat(small.firstTime(id)).as("step %d", step).isEqualTo(isFirst);
        }
    }

    @Test
    void aMemoryOfNothing_isAMistake() {
        assertThatThrownBy(() -> new LocalReplayCache(0, time)).isInstanceOf(IllegalArgumentException.class);
    }
}
