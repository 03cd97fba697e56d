package io.passgate.store.feed;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a gateway does beside following the changes, and what is not urgent: a round every few seconds, on one thread.
 */
final class Upkeep {
    private final ClockMonitor clocks;
    private final SnapshotPublisher snapshots;
    private final RedisConfigCheck redis;
    private volatile List<String> warnings = List.of();

    Upkeep(ClockMonitor clocks, SnapshotPublisher snapshots, RedisConfigCheck redis) {
        this.clocks = clocks;
        this.snapshots = snapshots;
        this.redis = redis;
    }

    /** What was not as it should be in the last round, for people. Any thread. */
    List<String> warnings() {
        return warnings;
    }

    /** One round of everything. */
    void round() {
        clocks.ask();
        List<String> unpublished = snapshots.publish();
        warnings = Stream.concat(unpublished.stream(), redis.warning().stream()).toList();
    }
}
