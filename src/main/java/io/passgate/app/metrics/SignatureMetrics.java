package io.passgate.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.passgate.crypto.KeyTableCache;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/** What is told of signatures when somebody looks: what they are verified by, and the tables of the keys in use. */
public final class SignatureMetrics {
    private final MeterRegistry registry;

    SignatureMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Adds what is read of signatures when somebody looks. Once a gateway.
     *
     * @param tables of the keys in use, and their kernel
     * @param provider the name of the provider that verifies what has no table
     * @param inSlowPath how many payloads wait for it
     */
    public void watch(KeyTableCache tables, String provider, IntSupplier inSlowPath) {
        Gauge.builder("passgate.signature.provider", () -> 1)
                .description("The provider that verifies signatures")
                .tag("provider", provider)
                .register(registry);
        Gauge.builder("passgate.signature.kernel", () -> 1)
                .description("The arithmetic that verifies by tables")
                .tag("kernel", tables.kernelName())
                .register(registry);
        decided("table", tables, KeyTableCache::decidedByTable);
        decided("provider", tables, KeyTableCache::decidedByProvider);
        held("narrow", tables, figures -> figures.narrow());
        held("wide", tables, figures -> figures.wide());
        Gauge.builder("passgate.key.tables.bytes", tables, all -> all.figures().bytes())
                .description("Memory of the tables there are and of those being built")
                .strongReference(true)
                .register(registry);
        total(
                "passgate.key.tables.built",
                "Tables built",
                tables,
                all -> all.figures().built());
        total(
                "passgate.key.tables.evicted",
                "Tables given up for others",
                tables,
                all -> all.figures().evicted());
        Gauge.builder("passgate.slow.path.depth", inSlowPath::getAsInt)
                .description("Payloads that wait in the slow path of those with dear signatures")
                .register(registry);
    }

    private void decided(String path, KeyTableCache tables, ToDoubleFunction<KeyTableCache> count) {
        FunctionCounter.builder("passgate.signatures", tables, count)
                .description("Signatures decided, by what decided them")
                .tag("path", path)
                .register(registry);
    }

    private void held(String window, KeyTableCache tables, ToDoubleFunction<KeyTableCache.Figures> count) {
        Gauge.builder("passgate.key.tables", tables, all -> count.applyAsDouble(all.figures()))
                .description("Keys that have a table")
                .tag("window", window)
                .strongReference(true)
                .register(registry);
    }

    private void total(String name, String description, KeyTableCache tables, ToDoubleFunction<KeyTableCache> count) {
        FunctionCounter.builder(name, tables, count).description(description).register(registry);
    }
}
