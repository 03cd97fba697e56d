package io.passgate.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.passgate.app.watch.DirectMemory;
import io.passgate.app.watch.WatchObserver;
import io.passgate.app.watch.Watchdog;

/** What is counted of the process's own state. */
public final class WatchMetrics implements WatchObserver {
    private final MeterRegistry registry;
    private final Counter stalls;
    private final Counter starvations;

    WatchMetrics(MeterRegistry registry) {
        this.registry = registry;
        stalls = Counter.builder("passgate.event.loop.stalls")
                .description("Times an event loop did not turn for watchdog.warnAfter")
                .register(registry);
        starvations = Counter.builder("passgate.direct.memory.refusals")
                .description("Times an event loop began to get no direct memory")
                .register(registry);
    }

    /**
     * Adds what is read of the process when somebody looks. Once a gateway.
     *
     * @param watchdog asked on the thread that makes the text of the metrics
     * @param memory asked on the same thread
     */
    public void watch(Watchdog watchdog, DirectMemory memory) {
        Gauge.builder("passgate.event.loop.stalled.seconds", watchdog, Watchdog::longestStuckSeconds)
                .description("For how long an event loop has not turned now, the longest of all")
                .register(registry);
        Gauge.builder("passgate.direct.memory.used.ratio", memory, DirectMemory::used)
                .description("The part of the direct memory that is taken")
                .register(registry);
    }

    @Override
    public void stalled(String loop) {
        stalls.increment();
    }

    @Override
    public void starved(String loop) {
        starvations.increment();
    }
}
