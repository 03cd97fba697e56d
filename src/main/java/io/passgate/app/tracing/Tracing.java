package io.passgate.app.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.vertx.core.VertxBuilder;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingOptions;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Sends spans to a collector by OTLP over HTTP (OpenTelemetry Protocol 1.x, protobuf). What waits to be sent is bounded
 * and the newest is dropped beyond it, so that a collector that is slow or gone costs requests nothing.
 */
public final class Tracing implements AutoCloseable {
    private static final int MAX_WAITING = 2_048;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Optional<OpenTelemetrySdk> sdk;

    /**
     * Begins to send, where there is a collector.
     *
     * @param collector where it takes spans, such as {@code http://127.0.0.1:4318/v1/traces}
     * @param ratio of requests that are traced, 0 to 1
     * @param random 0 (inclusive) to 1 (exclusive), for any thread
     */
    public Tracing(Optional<URI> collector, double ratio, DoubleSupplier random) {
        sdk = collector.map(to -> sdk(to, ratio, random));
    }

    private static OpenTelemetrySdk sdk(URI collector, double ratio, DoubleSupplier random) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.toString())
                .setConnectTimeout(PATIENCE)
                .setTimeout(PATIENCE)
                .setRetryPolicy(null)
                .build();
        SdkTracerProvider spans = SdkTracerProvider.builder()
                .setResource(Resource.empty().toBuilder()
                        .put(AttributeKey.stringKey("service.name"), "passgate")
                        .build())
                .setSampler(new OwnSampler(ratio, random))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(MAX_WAITING)
                        .setScheduleDelay(EVERY)
                        .setExporterTimeout(PATIENCE)
                        .build())
                .build();
        return OpenTelemetrySdk.builder()
                .setTracerProvider(spans)
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }

    /**
     * Has all that is served and asked traced, where there is a collector.
     *
     * @param vertx which has no tracer yet
     * @return the same builder
     */
    public VertxBuilder trace(VertxBuilder vertx) {
        return sdk.map(sending -> trace(vertx, sending)).orElse(vertx);
    }

    private static VertxBuilder trace(VertxBuilder vertx, OpenTelemetrySdk sending) {
        RouteTemplates routes = RouteTemplates.ofTheInterface();
        VertxTracerFactory usual = new OpenTelemetryTracingFactory(sending);
        return vertx.withTracer(new VertxTracerFactory() {
            @Override
            public VertxTracer<?, ?> tracer(TracingOptions options) {
                return new RedactedTracer<>(usual.tracer(options), routes);
            }
        });
    }

    /** Sends what waits, for at most two seconds. */
    @Override
    public void close() {
        sdk.ifPresent(sending -> sending.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }
}
