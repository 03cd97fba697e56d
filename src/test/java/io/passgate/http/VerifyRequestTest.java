package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a body may cost beyond its own size. */
final class VerifyRequestTest {
    private static final int BODIES = 200_000;
    private static final long ALLOWED_GROWTH = 6L << 20;

    private static VerifyRequest parse(String body) {
        return VerifyRequest.parse(body.getBytes(StandardCharsets.UTF_8), 1_024);
    }

    private static long liveBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void memberNames_areNotKept() {
        long before = liveBytes();
        for (int i = 0; i < BODIES; i++) {
            VerifyRequest request = parse("{\"%050d\":1}".formatted(i));
            assertThat(request).isInstanceOf(VerifyRequest.Invalid.class);
        }
        assertThat(liveBytes() - before).isLessThan(ALLOWED_GROWTH);
    }

    @Test
    void aLongMemberName_isMalformed() {
        String name = "n".repeat(50_000);
        assertThat(parse("{\"" + name + "\":1}")).isInstanceOf(VerifyRequest.Invalid.class);
    }
}
