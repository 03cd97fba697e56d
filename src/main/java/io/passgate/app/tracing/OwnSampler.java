package io.passgate.app.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Draws for each request by itself. A client's {@code traceparent} (W3C Trace Context) says which trace a span is of
 * and nothing more: neither its flag nor its id, which the client chooses as well, decides whether the request is
 * traced, and its {@code tracestate} is dropped. Any thread.
 */
final class OwnSampler implements Sampler {
    private final double ratio;
    private final DoubleSupplier random;

    /** @param random 0 (inclusive) to 1 (exclusive), for any thread */
    OwnSampler(double ratio, DoubleSupplier random) {
        this.ratio = ratio;
        this.random = random;
    }

    @Override
    public SamplingResult shouldSample(
            Context parent,
            String traceId,
            String name,
            SpanKind kind,
            Attributes attributes,
            List<LinkData> parentLinks) {
        SpanContext above = Span.fromContext(parent).getSpanContext();
        boolean isTraced = above.isValid() && !above.isRemote() ? above.isSampled() : random.getAsDouble() < ratio;
        return new Stateless(isTraced ? SamplingDecision.RECORD_AND_SAMPLE : SamplingDecision.DROP);
    }

    private record Stateless(SamplingDecision decision) implements SamplingResult {
        @Override
        public SamplingDecision getDecision() {
            return decision;
        }

        @Override
        public Attributes getAttributes() {
            return Attributes.empty();
        }

        @Override
        public TraceState getUpdatedTraceState(TraceState parents) {
            return TraceState.getDefault();
        }
    }

    @Override
    public String getDescription() {
        return "Passgate{" + ratio + "}";
    }
}
