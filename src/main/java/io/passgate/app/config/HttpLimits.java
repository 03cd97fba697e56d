package io.passgate.app.config;

import io.passgate.access.RateLimits;
import io.passgate.access.Role;
import io.passgate.engine.EngineLimits;
import io.passgate.http.server.ApiLimits;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** What the configuration lets requests take, with what follows where a key is left out. */
public final class HttpLimits {
    /** Longer than any transaction takes that is going to succeed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** How many times a body is in memory at most. */
    private static final long COPIES = 3;

    private static final long PAYLOADS_PER_REQUEST = 10;
    private static final long FULL_REQUESTS = 4;

    private HttpLimits() {}

    public static ApiLimits of(Config config) {
        return new ApiLimits(
                config.http.maxBodyBytes,
                config.http.maxBytesUnderWay,
                maxBytesPerClient(config.http),
                config.http.maxPayloads,
                config.http.bodyPatience,
                patience(config),
                config.http.idle);
    }

    /** A quarter of all, so that four have to conspire to take it, and one body in any case. */
    private static long maxBytesPerClient(Config.Http http) {
        return http.maxBytesPerClient == Config.DERIVED
                ? Math.max(http.maxBytesUnderWay / 4, COPIES * http.maxBodyBytes)
                : http.maxBytesPerClient;
    }

    public static EngineLimits engine(Config config) {
        Config.Judging judging = config.engine;
        return new EngineLimits(
                Settings.perCore(judging.workers),
                judging.maxBatch,
                judging.slice,
                judging.maxQueued,
                maxQueuedPerClient(config),
                judging.deadline,
                new EngineLimits.Lane(judging.laneThreads, judging.maxInLane));
    }

    /** Half the queue, and one request in any case. */
    private static int maxQueuedPerClient(Config config) {
        return config.engine.maxQueuedPerClient == Config.DERIVED
                ? Math.max(config.engine.maxQueued / 2, config.http.maxPayloads)
                : config.engine.maxQueuedPerClient;
    }

    /** What the payloads of each role that sends some may cost. */
    public static Map<Role, RateLimits.Limit> payloads(Config config) {
        return Map.of(
                Role.VERIFIER, cost(config.payloads.verifier, config.limits.verifier, config.http),
                Role.FACILITY, cost(config.payloads.facility, config.limits.facility, config.http),
                Role.CARE_FACILITY, cost(config.payloads.careFacility, config.limits.careFacility, config.http));
    }

    /** Ten good payloads to a request, and a few full requests in any case. */
    private static RateLimits.Limit cost(Config.CostLimit cost, Config.RoleLimit requests, Config.Http http) {
        long full = http.maxPayloads;
        long perSecond = Math.max(PAYLOADS_PER_REQUEST * requests.perSecond, full);
        long burst = Math.max(PAYLOADS_PER_REQUEST * requests.burst, FULL_REQUESTS * full);
        return new RateLimits.Limit(
                cost.perSecond == Config.DERIVED ? perSecond : cost.perSecond,
                cost.burst == Config.DERIVED ? burst : cost.burst);
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
