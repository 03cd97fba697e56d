package io.passgate.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Instants are written as the JDK writes them. */
final class UtcTextTest {
    private static void assertSame(long epochSecond) {
        byte[] out = new byte[UtcText.MAX_LENGTH + 3];
        int end = UtcText.write(out, 3, epochSecond);
        assertThat(new String(out, 3, end - 3, StandardCharsets.US_ASCII))
                .isEqualTo(Instant.ofEpochSecond(epochSecond).toString());
    }

    @Test
    void everyDayUpToTheYear2400_andItsLastSecond() {
        for (long day = 0; day < 157_000; day++) {
            assertSame(day * 86_400);
            assertSame(day * 86_400 + 86_399);
        }
    }

    @Test
    void anySecond_ofAnyYear() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            assertSame(random.nextLong(253_402_300_800L));
        }
        for (String edge : new String[] {
            "1969-12-31T23:59:59Z",
            "1970-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "+10000-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "-0001-12-31T23:59:59Z"
        }) {
            assertSame(Instant.parse(edge).getEpochSecond());
        }
        assertSame(Instant.MAX.getEpochSecond());
        assertSame(Instant.MIN.getEpochSecond());
    }
}
