package io.passgate.http.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a body may cost beyond its own size. */
final class VerifyRequestTest {
    private static final int BODIES = 600;
    private static final int NAME_CHARS = 50_000;
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
    void longMemberNames_areNotKept() {
        String rest = "n".repeat(NAME_CHARS);
        long before = liveBytes();
        for (int i = 0; i < BODIES; i++) {
            VerifyRequest request = parse("{\"" + i + rest + "\":1}");
            assertThat(request).isInstanceOf(VerifyRequest.Invalid.class);
        }
        assertThat(liveBytes() - before).isLessThan(ALLOWED_GROWTH);
    }
}
