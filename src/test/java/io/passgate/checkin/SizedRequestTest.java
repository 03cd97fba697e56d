package io.passgate.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.sizing.Sizing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What sizing takes for granted of requests is how they are. */
final class SizedRequestTest {
    @Test
    void anIdempotencyKeyIsRemembered_asLongAsSizingReckons() {
        assertThat(KeyedRequest.KEPT).isEqualTo(Duration.ofSeconds(Sizing.REQUEST_SECONDS));
    }
}
