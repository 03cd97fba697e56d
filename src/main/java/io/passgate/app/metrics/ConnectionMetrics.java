package io.passgate.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.passgate.http.connection.ConnectionEnd;
import io.passgate.http.connection.ConnectionObserver;
import io.passgate.http.connection.PublicPort;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** What is counted of the connections of the public ports. */
public final class ConnectionMetrics implements ConnectionObserver {
    private final MeterRegistry registry;
    private final IntConsumer refused;
    private final Map<ConnectionEnd, Counter> ended = new EnumMap<>(ConnectionEnd.class);

    /** @param refused counts a request that no route saw, by its status */
    ConnectionMetrics(MeterRegistry registry, IntConsumer refused) {
        this.registry = registry;
        this.refused = refused;
        for (ConnectionEnd why : ConnectionEnd.values()) {
            ended.put(
                    why,
                    Counter.builder("passgate.connections.ended")
                            .description("Connections that were not taken, or were ended by the gateway")
                            .tag("reason", why.code())
                            .register(registry));
        }
    }

    /**
     * Adds what is read of connections when somebody looks. Once a gateway.
     *
     * @param port asked on the thread that makes the text of the metrics
     */
    public void watch(PublicPort port) {
        Gauge.builder("passgate.connections", port::open)
                .description("Open connections of the public ports")
                .register(registry);
        Gauge.builder("passgate.held.bytes", port::heldBytes)
                .description("Bytes of answers that are not taken, and of requests before their turn")
                .register(registry);
    }

    @Override
    public void ended(ConnectionEnd why) {
        Counter counter = ended.get(why);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void refused(int status) {
        refused.accept(status);
    }
}
