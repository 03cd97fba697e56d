package io.passgate.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ShareOfCoreTest {
    private final List<Long> pauses = new ArrayList<>();
    private long processorNs;
    private final ShareOfCore tenth = new ShareOfCore(10, () -> processorNs, pauses::add);

    private void worksFor(long ns) throws InterruptedException {
        processorNs += ns;
        tenth.rest();
    }

    @Test
    void aTenthOfACore_isNineRestsForEachWork() throws InterruptedException {
        worksFor(3_000_000);
        worksFor(0);
        worksFor(500_000);
        assertThat(pauses).containsExactly(27_000_000L, 0L, 4_500_000L);
    }

    @Test
    void aBatchThatTookVeryLong_isFollowedByASecond() throws InterruptedException {
        worksFor(TimeUnit.SECONDS.toNanos(30));
        worksFor(100);
        assertThat(pauses).containsExactly(TimeUnit.SECONDS.toNanos(1), 900L);
    }

    @Test
    void whereTheTimeIsNotKnown_itRestsLongest() throws InterruptedException {
        worksFor(-1);
        worksFor(0);
        assertThat(pauses).containsExactly(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(1));
    }
}
