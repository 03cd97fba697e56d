package io.passgate.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.passgate.store.StoreObserver;
import io.passgate.store.feed.ChangeFeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is counted of PostgreSQL, Redis and what comes from them. */
public final class StoreMetrics implements StoreObserver {
    private static final double TO_MILLIS = 1_000;

    private final MeterRegistry registry;
    private final Map<Call, Timer> calls = new ConcurrentHashMap<>();
    private final Map<Store, Counter> errors = new ConcurrentHashMap<>();
    private final Map<Source, Counter> reloads = new ConcurrentHashMap<>();
    private final Counter catchUps;

    private record Call(Store store, String operation) {}

    StoreMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Store store : Store.values()) {
            errors.put(
                    store,
                    Counter.builder("passgate.store.errors")
                            .description("Calls that failed or were not answered in time")
                            .tag("store", name(store))
                            .register(registry));
        }
        for (Source source : Source.values()) {
            reloads.put(
                    source,
                    Counter.builder("passgate.feed.reloads")
                            .description("Times everything was taken anew")
                            .tag("from", name(source))
                            .register(registry));
        }
        catchUps = Counter.builder("passgate.feed.catch.ups")
                .description("Times missing changes were taken from PostgreSQL")
                .register(registry);
    }

    /**
     * Adds what is read of a feed when somebody looks. Once a gateway.
     *
     * @param changeFeed asked on the thread that makes the text of the metrics
     * @param clock by which ages are told
     */
    public void watch(ChangeFeed changeFeed, InstantSource clock) {
        gauge("passgate.feed.sequence", "The last change", "side", "applied", changeFeed::appliedSequence);
        gauge("passgate.feed.sequence", "The last change", "side", "head", changeFeed::headSequence);
        Gauge.builder("passgate.feed.lag", () -> Math.max(0, changeFeed.headSequence() - changeFeed.appliedSequence()))
                .description("Changes known to have been made and not applied here")
                .register(registry);
        Gauge.builder("passgate.feed.diverged", () -> changeFeed.hasDiverged() ? 1 : 0)
                .description("1 when PostgreSQL has lost changes that this gateway or Redis knows")
                .register(registry);
        Gauge.builder("passgate.snapshot.age.seconds", () -> age(changeFeed, clock))
                .description("Since it was last confirmed that nothing is missing; NaN before anything is known")
                .register(registry);
        Gauge.builder(
                        "passgate.revocations.overlay",
                        () -> changeFeed.revocations().list().overlaySize())
                .description("Revocations changed since the list was last put in order")
                .register(registry);
        gauge(
                "passgate.store.writable",
                "0 when the server takes no changes: it is read-only, or a standby; NaN before it has answered",
                "store",
                name(Store.POSTGRESQL),
                () -> changeFeed
                        .isWritable()
                        .map(isWritable -> isWritable ? 1.0 : 0.0)
                        .orElse(Double.NaN));
        for (Store store : Store.values()) {
            gauge(
                    "passgate.store.up",
                    "1 when the last call was answered, and no connection has just been refused",
                    "store",
                    name(store),
                    () -> changeFeed.isUp(store) ? 1 : 0);
            gauge(
                    "passgate.clock.offset.seconds",
                    "How far this gateway's clock is ahead; NaN where that cannot be asked",
                    "against",
                    name(store),
                    () -> {
                        Duration offset = changeFeed.clockCheck().offsets().get(store);
                        return offset == null ? Double.NaN : offset.toMillis() / TO_MILLIS;
                    });
        }
    }

    private void gauge(String name, String description, String tag, String value, Supplier<Number> number) {
        Gauge.builder(name, number).description(description).tag(tag, value).register(registry);
    }

    private static double age(ChangeFeed changeFeed, InstantSource clock) {
        Instant asOf = changeFeed.asOf().orElse(Instant.MAX);
        return asOf.equals(Instant.MAX)
                ? Double.NaN
                : Duration.between(asOf, clock.instant()).toMillis() / TO_MILLIS;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void took(Store store, String operation, long ns) {
        Call call = new Call(store, operation);
        Timer known = calls.get(call);
        (known == null ? calls.computeIfAbsent(call, this::timer) : known).record(ns, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Call call) {
        return Timer.builder("passgate.store")
                .description("Calls that were answered; of read, the time waited for something to read")
                .tag("store", name(call.store))
                .tag("operation", call.operation)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }

    @Override
    public void failed(Store store) {
        increment(errors.get(store));
    }

    @Override
    public void caughtUp() {
        catchUps.increment();
    }

    @Override
    public void reloaded(Source from) {
        increment(reloads.get(from));
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }
}
