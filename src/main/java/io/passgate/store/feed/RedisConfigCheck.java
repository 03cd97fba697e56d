package io.passgate.store.feed;

import io.passgate.store.StoreException;
import java.util.Optional;

/** Whether Redis is set up to keep what it is given. */
final class RedisConfigCheck {
    private final RedisChangeStream stream;

    RedisConfigCheck(RedisChangeStream stream) {
        this.stream = stream;
    }

    /** A Redis that forgets what it holds, when it restarts or when it is full, carries no changes. */
    Optional<String> warning() {
        try {
            boolean forgets = !stream.info("persistence").contains("aof_enabled:1")
                    || !stream.info("memory").contains("maxmemory_policy:noeviction");
            return forgets
                    ? Optional.of("Redis does not run with appendonly yes and maxmemory-policy noeviction")
                    : Optional.empty();
        } catch (StoreException lost) {
            return Optional.empty();
        }
    }
}
