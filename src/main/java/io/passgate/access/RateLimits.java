package io.passgate.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** What each client that asks may take, by its role: of requests, a token bucket. Thread-safe. */
public final class RateLimits {
    /** Buckets kept at most: one that is let go is full when its client comes back. */
    private static final long MAX_BUCKETS = 1_000_000;

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    /** More than any machine answers or judges. */
    private static final Limit NONE = new Limit(1_000_000_000, 1_000_000_000);

    private final Map<Role, Limit> limits;
    private final Map<Role, Limit> payloads;
    private final Set<String> unlimited;
    private final LongSupplier nanoClock;
    private final TimeMeter meter;
    private final Cache<Key, ClientUse> uses;

    /**
     * How much a client of a role may ask.
     *
     * @param perSecond requests, or units of payloads' cost, in the long run
     * @param burst those at once
     */
    public record Limit(long perSecond, long burst) {
        /**
         * Holds both to their range.
         *
         * @throws IllegalArgumentException if one is less than 1
         */
        public Limit {
            if (perSecond < 1 || burst < 1) {
                throw new IllegalArgumentException("a limit is at least 1");
            }
        }
    }

    /** Several tokens of one client share its bucket. */
    private record Key(Role role, String name) {}

    /**
     * Limits of requests only.
     *
     * @param limits of every role, in requests
     * @param nanoClock as {@link System#nanoTime}
     * @throws IllegalArgumentException if a role has none
     */
    public RateLimits(Map<Role, Limit> limits, LongSupplier nanoClock) {
        this(limits, Map.of(), Set.of(), nanoClock);
    }

    /**
     * The same with limits of what payloads cost.
     *
     * @param limits of every role, in requests
     * @param payloads in units of a good payload; a role that is not among them has no limit
     * @param unlimited names of clients without any limit, of whatever role
     * @param nanoClock as {@link System#nanoTime}
     * @throws IllegalArgumentException if a role has no limit of requests
     */
    public RateLimits(
            Map<Role, Limit> limits, Map<Role, Limit> payloads, Set<String> unlimited, LongSupplier nanoClock) {
        this.limits = new EnumMap<>(limits);
        this.payloads = Map.copyOf(payloads);
        this.unlimited = Set.copyOf(unlimited);
        this.nanoClock = nanoClock;
        for (Role role : Role.values()) {
            if (!limits.containsKey(role)) {
                throw new IllegalArgumentException("there is no limit for " + role.code());
            }
        }
        this.meter = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanoClock.getAsLong();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
        this.uses = Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .ticker(nanoClock::getAsLong)
                // Its upkeep is less than a hand-over of it to another thread.
                .executor(Runnable::run)
                .build();
    }

    /**
     * Takes one request of a client.
     *
     * @param client who asks; its name and role count, not its token
     * @return 0, or the nanoseconds until it may ask; then nothing was taken
     */
    public long take(Client client) {
        return of(client).takeRequest();
    }

    /**
     * {@return what a client takes, the same object while it keeps asking}
     *
     * @param client who asks; its name and role count, not its token
     */
    public ClientUse of(Client client) {
        return uses.get(new Key(client.role(), client.name()), this::fresh);
    }

    private ClientUse fresh(Key key) {
        boolean isUnlimited = unlimited.contains(key.name);
        Limit limit = isUnlimited ? NONE : limits.getOrDefault(key.role, new Limit(1, 1));
        Limit cost = isUnlimited ? NONE : payloads.getOrDefault(key.role, NONE);
        Bucket requests = Bucket.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(limit.burst).refillGreedy(limit.perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(meter)
                .build();
        return new ClientUse(requests, new PayloadBudget(cost, nanoClock));
    }
}
