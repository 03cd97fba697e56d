package io.passgate.app;

import io.passgate.http.ApiLimits;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** What the configuration lets requests take. */
final class HttpLimits {
    /** Longer than any transaction takes that is going to succeed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration MARGIN = Duration.ofSeconds(1);

    private HttpLimits() {}

    static ApiLimits of(Config config) {
        return new ApiLimits(
                config.http.maxBodyBytes,
                config.http.maxBytesUnderWay,
                config.http.maxBytesPerClient,
                config.http.maxPayloads,
                config.http.bodyPatience,
                patience(config),
                config.http.idle);
    }

    /** Nothing that is going to come takes longer: a payload may wait twice, in the queue and in the lane. */
    private static Duration patience(Config config) {
        Duration judged = config.engine.deadline.multipliedBy(2).plus(MARGIN);
        Duration decided = config.issuing.deadline.plus(MARGIN);
        return Stream.of(PATIENCE, judged, decided)
                .max(Comparator.naturalOrder())
                .orElse(PATIENCE);
    }
}
